// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "rows/value_search.h"
#include "runtime/session.h"
#include "schema/database.h"

#include <QJsonObject>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace dewpoint::search {

/// Looks for one value in every table of the database: hits appear table by table while it goes on, and a
/// hit leads to its row. It reads over a connection of its own, so that browsing never waits for it.
class SearchPage final : public QWidget
{
    Q_OBJECT
public:
    explicit SearchPage(runtime::Session& session, QWidget* parent = nullptr);
    ~SearchPage() override;

    void setDatabase(const schema::Database& database);
    void start();
    void searchFor(const QString& text);
    void stop();
    bool isRunning() const { return m_running; }
    QList<kit::Command> commands();
    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);  ///< what was looked for; it is not looked for again

Q_SIGNALS:
    void rowRequested(const dewpoint::rows::Relation& table, const dewpoint::rows::SearchHit& cell);
    void tableRequested(const dewpoint::rows::Relation& table, const QString& text);
    void statusText(const QString& text);
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildTop();
    void buildTree();
    void next();
    void arrived(const Result<rows::SearchSlice>& slice);
    void add(const rows::SearchHit& cell);
    void begin(const QList<qint64>& sizes);
    void finishTable();
    void finish(const QString& how);
    void render();
    void openItem(const QTreeWidgetItem* item);
    rows::Needle needle() const;

    std::unique_ptr<runtime::Session> m_own;
    runtime::Session& m_session;
    QList<rows::Relation> m_tables;
    QList<rows::Relation> m_searched;  ///< the tables of this run, which items name by their place
    QList<qint64> m_sizes;             ///< their rows, roughly
    QList<QList<rows::SearchHit>> m_found;
    QStringList m_unread;  ///< tables that could not be read, and why
    rows::Needle m_needle;
    std::shared_ptr<rows::TableSearch> m_search;  ///< used on the lane only
    runtime::Job m_job;
    bool m_running = false;
    int m_table = 0;
    int m_percent = 0;
    int m_hits = 0;
    QTreeWidgetItem* m_branch = nullptr;  ///< of the table that is read now, once it has a hit
    QLineEdit* m_input;
    QComboBox* m_mode;
    QPushButton* m_start;
    QPushButton* m_stop;
    QProgressBar* m_progress;
    QLabel* m_state;
    QTreeWidget* m_tree;
};

}  // namespace dewpoint::search
