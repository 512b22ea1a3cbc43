// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/convert.h"
#include "apply/down.h"
#include "apply/file_change.h"
#include "kit/command.h"
#include "migrate/rehearse_work.h"
#include "migrate/work.h"
#include "plan/plan.h"
#include "rehearsal/rehearsal_run.h"
#include "runtime/session.h"
#include "squash/squash.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

class QFileSystemWatcher;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace dewpoint::project {
struct NewMigration;
}

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::migrate {

class MigrationList;
class MigrationPreview;
class NewMigration;
class OutputPanel;
class ProjectQuestions;
class RepairPanel;
class SquashPanel;

/// The migrations tab: what is applied and what is pending, what each one does, and running them and
/// taking them back, with every consequence said beforehand.
class MigratePage final : public QWidget
{
    Q_OBJECT
public:
    MigratePage(runtime::Session& session, std::optional<project::Project> project,
                QWidget* parent = nullptr);
    ~MigratePage() override;

    void setProject(std::optional<project::Project> project);
    /// All that the folder holds, for the chooser; the first is not the current one by itself.
    void setProjects(const QList<project::Project>& projects);
    void setSearchedFolder(const QString& folder);  ///< for the empty state: where nothing was found
    QList<kit::Command> commands();

    const apply::Status* status() const { return m_status ? &*m_status : nullptr; }
    bool isBusy() const { return m_busy; }
    bool isChanging() const { return m_busy && m_changing; }  ///< the database, and not only reading it

    void reload();
    void propose(apply::Action action, const apply::Scope& scope);
    void cancel();
    /// A new migration with these scripts, which what the database holds is the outcome of already.
    void beginMigration(const QByteArray& up, const QByteArray& down);

    /// A new migration that does what this plan does; it waits here until there is a project for it.
    struct Draft {
        QString name;
        plan::Plan up;
        plan::Plan down;
        bool overTables = false;  ///< the database has tables, which migrations before it should make
        bool run = false;         ///< as soon as it is there
    };
    void draftMigration(const Draft& draft);
    void setDrift(std::optional<int> count);  ///< how far the database is from its migrations, where known

    void saveReview(const QString& path);  ///< of what the picture shows, as one HTML file

    bool hasDraft() const;  ///< of a new migration
    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void pendingCountChanged(int count);
    void schemaMayHaveChanged();
    void statusText(const QString& text);
    void projectChosen(const QString& folder);
    void projectPicked(const dewpoint::project::Project& project);  ///< another one of the same folder
    void tableRequested(const QString& name);                       ///< "users" or "public.users"
    void projectAnswered();                                         ///< store::projectAnswers is another
    void edited();                                                  ///< what saveState() says
    void draftMade();                                               ///< what draftMigration() was given
    void driftRequested();
    void historyRequested(const QString& version);  ///< the schema after this migration, and the others
    /// The rows for which the condition holds, to be put right; all of them where it is empty.
    void rowsRequested(const QString& schemaName, const QString& table, const QString& condition);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildReady();
    QWidget* buildEmpty();
    QWidget* buildQuestions();
    QWidget* buildActions();
    void addButton(QLayout* row, const QString& id, const QString& icon, const QString& label);
    void takeStatus(const Result<apply::Status>& status);
    void watchFolders();
    void filesChanged();
    void showSelected();
    void consider(const Result<Proposal>& proposal);
    void execute(const Proposal& proposal);
    void finished(const Proposal& proposal, const Result<RunResult>& result);
    void showFailure(const apply::Failure& failure, const RunResult& result);
    void tellWithCopy(const QString& title, const QString& detail, bool failed, const QString& copy);
    void askRestore(const QString& copy);
    void restore(const QString& copy);
    kit::Command newCommand();
    NewMigration* buildNew(QWidget* parent);
    void create();
    void createByCode(const QString& name);
    void createBySql(const project::Project& project, const project::NewMigration& wanted);
    void created(const Result<project::Migration>& made);
    void fillDraft();
    void tellDraft();
    bool isBeforeBaseline() const;
    void beginBaseline();
    void resumeDraft();
    void runDraft();
    void fillFromDatabase(const shadow::Answers& answers);
    void fillWayBack(const shadow::Answers& answers);
    bool runsCode() const;
    void takeAgreement();
    void setAgreedCode(const QString& hash);
    /// True when the project's own code may run; else asks, and goes on with `next` after a yes.
    bool wantCode(std::function<void()> next);
    void toggleCode();
    void showSource(const project::Migration& migration);
    void showOutput(const QString& command, const std::shared_ptr<RunProgress>& progress);
    kit::Command codeCommand();
    kit::Command downCommand();
    void workOutDown(const project::Migration& migration, const shadow::Answers& answers);
    void askDown(const project::Migration& migration, const apply::WayBack& way);
    void lintAll();
    const apply::Linted* lintedSelected() const;
    void showFindings();
    void connectFindings();
    void connectPicture();
    kit::Command reviewCommand();
    kit::Command historyCommand();
    std::pair<QString, QString> shownSpan() const;  ///< first and last version; empty where there is none
    void showSpan();
    void askForReview();
    void askRewrite(const lint::Finding& finding);
    void askBackfill(const lint::Question& question);
    void writeChange(const apply::FileChange& change, const QString& nextName, const QString& nextSql);
    void chooseFolder();
    kit::Command toolCommand();
    kit::Command forgetAnswersCommand();
    void chooseTool(const QPoint& place);
    void takeAs(const QString& tool);
    QList<kit::Command> repairCommands();
    QToolButton* buildRepairButton();
    QToolButton* buildDriftButton();
    void popUp(const QString& name, const QStringList& ids, const QPoint& place);
    void openMenu(const QPoint& place);
    bool canRepair() const;
    void repair(const apply::RepairRequest& request);
    void workOut(std::function<Result<apply::Repair>(drivers::Connection&)> plan);
    void askRepair(const Result<apply::Repair>& worked);
    void carryOut(const apply::Repair& agreed);
    void sumUp();
    QList<kit::Command> squashCommands();
    void reviewSquash(const squash::Request& request);
    void squash(const squash::Squash& agreed);
    void askUnsquash();
    void unsquash(const squash::Kept& kept);
    QList<kit::Command> rehearseCommands();
    void connectRehearsals();
    void rehearse(apply::Action action, const apply::Scope& scope);
    void rehearsed(const Result<rehearsal::SharedRehearsal>& done);
    void tryDowns();
    void toggleDemand();
    bool isRehearsedEnough(const Proposal& proposal);
    void findOtherLedgers();
    void chooseLedger(const QList<apply::OtherLedger>& found);
    void convertFrom(const QString& tool, bool ignoreUnmatched);
    void setBusy(bool busy, const QString& text = {});
    void refreshButtons();
    void renderEmpty();
    QString selectedVersion() const;

    runtime::Session& m_session;
    std::optional<project::Project> m_project;
    std::optional<apply::Status> m_status;
    std::optional<apply::Failure> m_failure;
    QList<apply::Linted> m_linted;
    QByteArray m_lintKey;  ///< of what m_linted was made from
    std::unique_ptr<runtime::Session> m_downs;
    runtime::Job m_statusJob, m_previewJob, m_actionJob, m_lintJob, m_notesJob, m_downsJob, m_spanJob;
    rehearsal::RehearsalRun* m_rehearsals;
    QFileSystemWatcher* m_watcher;
    QTimer m_settle;
    QString m_searched;
    QString m_unmatchedFrom;  ///< the tool whose ledger is being taken over
    QString m_toReveal;       ///< version of a migration that is new in the list
    QString m_toRun;          ///< the same, where it is to run at once
    std::optional<Draft> m_draft;
    std::optional<squash::Kept> m_kept;  ///< the last squash, which can be taken back
    bool m_baselining = false;           ///< m_draft waits for the baseline that is being made
    bool m_resumes = false;              ///< that is there, so m_draft goes on
    bool m_draftTold = false;            ///< with what the ledger says
    bool m_busy = false;
    bool m_lacksDown = false;  ///< the selected migration, and there is a place for it
    bool m_changing = false;
    bool m_demanded = false;  ///< only what was rehearsed may run
    bool m_asked = false;     ///< the bar asks whether a proposal is to be carried out
    QStackedWidget* m_stack;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_begin = nullptr;
    ProjectQuestions* m_questions = nullptr;
    kit::AskBar* m_ask = nullptr;
    NewMigration* m_new = nullptr;
    RepairPanel* m_repair = nullptr;
    SquashPanel* m_squash = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_progressText = nullptr;
    MigrationList* m_list = nullptr;
    MigrationPreview* m_preview = nullptr;
    OutputPanel* m_output = nullptr;
    QToolButton* m_drift = nullptr;
    QList<std::pair<QString, QToolButton*>> m_buttons;
};

}  // namespace dewpoint::migrate
