// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/record.h"
#include "kit/command.h"
#include "query/run.h"
#include "runtime/session.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QJsonObject>
#include <QWidget>

class QLabel;
class QToolButton;

namespace dewpoint::cells {
class GridView;
}
namespace dewpoint::kit {
class AskBar;
}
namespace dewpoint::schema {
struct Database;
}

namespace dewpoint::query {

class ResultPanel;
class SqlEditor;

/// A query tab: SQL above, its results below. Runs on the session's main lane, so that BEGIN in one
/// run and COMMIT in the next belong together.
class QueryPage final : public QWidget
{
    Q_OBJECT
public:
    explicit QueryPage(runtime::Session& session, QWidget* parent = nullptr);
    ~QueryPage() override;

    void setSchema(const schema::Database& database);
    QList<kit::Command> commands();
    QString title() const { return m_title; }
    void setTitle(const QString& title);
    void setText(const QString& sqlText);
    /// The row of the focused cell of the result in front.
    std::optional<items::Record> record() const;
    cells::GridView* resultGrid() const;  ///< of the result in front; may be none

    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

    bool isRunning() const { return m_running; }
    bool inTransaction() const { return m_session.inTransaction(); }
    bool isBlank() const;  ///< nothing is typed

    void runStatement();
    void runSelection();
    void runEverything();
    void cancel();

Q_SIGNALS:
    void titleChanged(const QString& title);
    void statusText(const QString& text);
    void schemaMayHaveChanged();
    void edited();
    void statementRan(const QString& sql);  ///< without an error
    void currentCellChanged();
    /// A plain query is read anew; the rows are all there is of a statement that may not run twice.
    void exportRequested(const QString& sql, const std::shared_ptr<const dewpoint::RowBatch>& rows);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    QWidget* buildToolBar();
    QToolButton* button(const QString& id, const QString& icon, const QString& label);
    void start(QList<Request> requests);
    void confirmWrites(QList<Request> requests);  ///< asks where the connection's guard level says so
    void confirmHiddenWrite();                    ///< of a query that turned out to write
    void run(const QList<Request>& requests, qint64 maxRows);
    void take(const std::shared_ptr<Outcome>& outcome);
    void finished(const Result<>& result);
    void showTransaction(bool open);
    void refreshButtons();
    void goTo(qsizetype position);
    void exportResult();

    runtime::Session& m_session;
    runtime::Job m_job;
    std::shared_ptr<Progress> m_progress;
    SqlEditor* m_editor;
    ResultPanel* m_results;
    kit::AskBar* m_ask;
    QLabel* m_transaction = nullptr;
    QLabel* m_elapsed = nullptr;
    QElapsedTimer m_clock;  ///< since the run began
    QBasicTimer m_tick;
    QList<std::pair<QString, QToolButton*>> m_buttons;
    QString m_title;
    QList<Request> m_requests;  ///< of the run
    int m_answered = 0;
    bool m_wouldWrite = false;  ///< the last answer: a query that writes, which nobody agreed to yet
    bool m_running = false;
    bool m_schemaTouched = false;
};

}  // namespace dewpoint::query
