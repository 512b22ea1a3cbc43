// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/compare_work.h"
#include "migrate/page_parts.h"
#include "migrate/schema_source.h"
#include "runtime/own_session.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace dewpoint::diagram {
class DiffCanvas;
}
namespace dewpoint::kit {
class AskBar;
}
namespace dewpoint::rehearsal {
class RehearsalView;
}

namespace dewpoint::migrate {

class CompareModel;
class FindingsPanel;
class ScriptView;
class SourcePicker;

/// The tab that compares any two schemas: databases, SQL files, the state after any migration. The answer is
/// the proven SQL from one to the other and back, which can be copied, rehearsed or become a migration.
class ComparePage final : public QWidget
{
    Q_OBJECT
public:
    explicit ComparePage(runtime::Session& session, QWidget* parent = nullptr);
    ~ComparePage() override;

    void setProject(const std::optional<project::Project>& project);
    QList<kit::Command> commands();
    bool isBusy() const { return m_busy; }
    const CompareModel& model() const { return *m_model; }
    const Comparison* comparison() const { return m_made.get(); }

    void setSources(const SchemaSource& from, const SchemaSource& to);
    void compare();
    void swap();
    void togglePrivileges();
    void copy();
    void save();      ///< as a migration of the project
    void rehearse();  ///< or stops it
    void saveReview(const QString& path);
    void cancel();
    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    /// A new migration with this plan; `overTables`: it changes a database that has some already.
    void draftRequested(const QString& name, const dewpoint::plan::Plan& up, const dewpoint::plan::Plan& down,
                        bool overTables);
    /// One with these scripts, which what the database holds is the outcome of already.
    void migrationRequested(const QByteArray& up, const QByteArray& down);
    void rowsRequested(const QString& schemaName, const QString& table, const QString& condition);
    void edited();  ///< what saveState() says
    void statusText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QWidget* buildActions();
    QWidget* buildSources();
    QWidget* buildList();
    QTabWidget* buildTabs();
    QWidget* buildMessage();
    void connectParts();
    void begin(const shadow::Answers& answers, const SharedComparison& read);
    void take(const Result<Compared>& compared, const shadow::Answers& answers);
    void markSide(int side);
    bool mayReadMigrations(const std::function<void()>& next);
    void askOpen(const shadow::Answers& answers);
    void clear();
    void setBusy(bool busy, const QString& text = {});
    void refreshButtons();
    void render();
    void renderMessage();
    void renderReady();
    void renderScripts();
    void showChosen();
    void listMigrations();
    QString saveObstacle() const;
    bool mayBeMigration() const;
    bool canRehearse() const;
    bool hasPrivileges() const;
    QString migrationName() const;
    QString nameOfBoth() const;
    void rehearsed(const Result<rehearsal::SharedRehearsal>& done);
    void askForReview();
    void tellFailure(const QString& what, const Error& error);

    runtime::Session& m_session;
    runtime::OwnSession m_slow{m_session};      ///< scratch databases take their time, and browsing goes on
    std::unique_ptr<runtime::Session> m_other;  ///< whose database is rehearsed on
    runtime::Job m_job, m_listJob;
    std::unique_ptr<rehearsal::RehearsalRun> m_rehearsals;
    std::optional<project::Project> m_project;
    bool m_withPrivileges = false;
    bool m_busy = false;
    SharedComparison m_made;
    shadow::Answers m_answers;  ///< of that
    std::optional<Error> m_error;
    CompareModel* m_model;
    kit::AskBar* m_ask;
    QStackedWidget* m_stack;
    CommandButtons m_buttons;
    SourcePicker* m_from = nullptr;
    SourcePicker* m_to = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_notes = nullptr;
    QLabel* m_risks = nullptr;
    QTableView* m_table = nullptr;
    QTabWidget* m_tabs = nullptr;
    ScriptView* m_up = nullptr;
    ScriptView* m_down = nullptr;
    diagram::DiffCanvas* m_picture = nullptr;
    FindingsPanel* m_findings = nullptr;
    rehearsal::RehearsalView* m_rehearsal = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_again = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_progressText = nullptr;
};

}  // namespace dewpoint::migrate
