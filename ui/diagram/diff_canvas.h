// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/difference.h"

#include <QFutureWatcher>
#include <QWidget>

#include <memory>

class QLabel;
class QStackedWidget;

namespace dewpoint::diagram {

class DiagramScene;
class DiagramView;

/// What differs between two states of a schema, as a drawing: laid out when it comes into sight.
class DiffCanvas final : public QWidget
{
    Q_OBJECT
public:
    explicit DiffCanvas(QWidget* parent = nullptr);
    ~DiffCanvas() override;

    void showStates(std::shared_ptr<const States> states);
    /// A drawing that is placed already; where one looked, and what was selected, stays.
    void showLayout(const Layout& layout);
    bool select(const QString& schemaName, const QString& name);  ///< false where it is not drawn
    void showNote(const QString& text);
    QString text() const { return m_text; }  ///< the drawing in words
    const DiagramScene& scene() const { return *m_scene; }
    bool isBusy() const;

Q_SIGNALS:
    void activated(const QString& schemaName, const QString& name);  ///< a table, by double click or Return

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildBar();
    void begin();
    void finish();
    void draw(const Layout& layout);

    std::shared_ptr<const States> m_states;  ///< not laid out yet
    QFutureWatcher<Layout> m_running;
    bool m_awaited = false;   ///< what is being laid out is still what is wanted
    bool m_isPlaced = false;  ///< one has begun to look around in a placed drawing
    QString m_text;
    QStackedWidget* m_stack;
    QLabel* m_note;
    DiagramScene* m_scene;
    DiagramView* m_view;
    QWidget* m_bar;
};

/// The drawing for a file: an <svg> element with the theme's colours, its texts escaped. Empty where nothing
/// differs. On the GUI thread: fonts belong to it.
QByteArray differenceSvg(const Layout& layout);

}  // namespace dewpoint::diagram
