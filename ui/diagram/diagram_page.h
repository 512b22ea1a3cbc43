// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/hit.h"
#include "diagram/layout.h"
#include "kit/command.h"

#include <QFutureWatcher>
#include <QWidget>

class QStackedWidget;
class QLabel;
class QProgressBar;

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::diagram {

class DiagramBar;
class DiagramScene;
class DiagramView;

/// The diagram tab: the whole schema as cards and crow's-foot edges. It lays out in the background
/// and keeps the old drawing until the new one is there.
class DiagramPage final : public QWidget
{
    Q_OBJECT
public:
    explicit DiagramPage(QWidget* parent = nullptr);

    /// Draws this schema; what was selected and where one looked stays when it is a refresh.
    void setDatabase(const schema::Database& database);
    bool isBusy() const { return m_busy; }
    QString selectedTable() const;
    /// Selects a table and brings it to the middle; false when it is not in the drawing.
    bool showTable(const QString& schemaName, const QString& name);
    void exportTo(const QString& path);
    QList<kit::Command> commands();

Q_SIGNALS:
    void tableActivated(const QString& schema, const QString& name);
    void layoutFinished();

private:
    void build();
    void connectParts();
    QWidget* messagePage();
    void relayout(bool refit);
    void startLayout();
    bool hasFocusTable() const;
    void finishLayout(const Layout& layout);
    void render();
    void search(const QString& text);
    void step(int by);
    void showHit();
    void setDepth(int depth);
    void askWhereToExport();

    DiagramScene* m_scene;
    DiagramView* m_view;
    DiagramBar* m_bar;
    kit::AskBar* m_notice;
    QStackedWidget* m_stack;
    QLabel* m_message;
    QLabel* m_hint;
    QProgressBar* m_progress;
    schema::Database m_database;
    LayoutOptions m_options;
    QFutureWatcher<Layout> m_running;
    QList<Hit> m_hits;
    qsizetype m_hit = 0;
    bool m_known = false;  ///< a schema has been set
    bool m_busy = false;
    bool m_stale = false;  ///< something changed while a layout was under way
    bool m_refit = true;
};

}  // namespace dewpoint::diagram
