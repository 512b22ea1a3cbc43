// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/desk.h"
#include "migrate/page_parts.h"
#include "migrate/work.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QFileSystemWatcher;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace dewpoint::apply {
struct OtherLedger;
}

namespace dewpoint::migrate {

class Creations;
class NewMigration;
class OutputPanel;
class ProjectQuestions;
class Rehearsals;
class Repairs;
class Reviews;
class Risks;
class SquashPanel;
class Squashes;
class WaysBack;

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
    /// Scratch databases may be made on its server unasked; true at first.
    void setMayMakeScratch(bool may);
    void setSearchedFolder(const QString& folder);  ///< for the empty state: where nothing was found
    QList<kit::Command> commands();

    const apply::Status* status() const { return m_desk.status ? &*m_desk.status : nullptr; }
    bool isBusy() const { return m_desk.busy; }
    bool isChanging() const
    {
        return m_desk.busy && m_desk.changing;
    }  ///< the database, and not only reading it

    void reload();
    void propose(apply::Action action, const apply::Scope& scope);
    void cancel();
    Creations& creations() { return *m_creations; }
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
    void driftRequested();
    void historyRequested(const QString& version);  ///< the schema after this migration, and the others
    /// The rows for which the condition holds, to be put right; all of them where it is empty.
    void rowsRequested(const QString& schemaName, const QString& table, const QString& condition);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QWidget* buildReady();
    QWidget* buildEmpty();
    QWidget* buildQuestions();
    QWidget* buildActions();
    void connectParts(SquashPanel* squash);
    void takeStatus(const Result<apply::Status>& status);
    void watchFolders();
    void filesChanged();
    QStringList filesNow() const;
    void showSelected();
    void consider(const Result<Proposal>& proposal);
    void execute(const Proposal& proposal);
    void finished(const Proposal& proposal, const Result<RunResult>& result);
    void showFailure(const apply::Failure& failure, const RunResult& result);
    void tellWithCopy(const QString& title, const QString& detail, bool failed, const QString& copy);
    void askRestore(const QString& copy);
    void restore(const QString& copy);
    void createByCode(const QString& name);
    bool runsCode() const;
    void takeAgreement();
    void setAgreedCode(const QString& hash);
    /// True when the project's own code may run; else asks, and goes on with `next` after a yes.
    bool wantCode(std::function<void()> next);
    void toggleCode();
    void showSource(const project::Migration& migration);
    void showOutput(const QString& command, const std::shared_ptr<RunProgress>& progress);
    kit::Command codeCommand();
    kit::Command historyCommand();
    kit::Command openFileCommand();
    void chooseFolder();
    kit::Command toolCommand();
    kit::Command forgetAnswersCommand();
    void chooseTool(const QPoint& place);
    void takeAs(const QString& tool);
    QToolButton* buildRepairButton();
    QToolButton* buildDriftButton();
    void popUp(const QString& name, const QStringList& ids, const QPoint& place);
    void openMenu(const QPoint& place);
    void chooseLedger(const QList<apply::OtherLedger>& found);
    void databaseChanged();
    void begin(const QString& text);
    void end();
    void showProgress(const QString& text);
    void refreshButtons();
    void renderEmpty();

    Desk m_desk;
    std::optional<apply::Failure> m_failure;
    QString m_copy;  ///< of the database, from before the run that failed; empty for none
    runtime::Job m_statusJob, m_previewJob;
    QFileSystemWatcher* m_watcher;
    QTimer m_settle;
    QString m_searched;
    QString m_toReveal;           ///< version of a migration that is new in the list
    bool m_filesChanged = false;  ///< while the page was busy
    std::optional<std::optional<project::Project>> m_nextProject;  ///< once the database stands
    bool m_asked = false;    ///< the bar asks whether a proposal is to be carried out
    QStringList m_proposed;  ///< the files, as that proposal was made of them
    QStackedWidget* m_stack;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_begin = nullptr;
    ProjectQuestions* m_questions = nullptr;
    NewMigration* m_new = nullptr;
    Creations* m_creations = nullptr;
    Repairs* m_repairs = nullptr;
    Squashes* m_squashes = nullptr;
    Rehearsals* m_rehearsals = nullptr;
    Reviews* m_reviews = nullptr;
    Risks* m_risks = nullptr;
    WaysBack* m_waysBack = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_progressText = nullptr;
    OutputPanel* m_output = nullptr;
    QToolButton* m_drift = nullptr;
    CommandButtons m_buttons{this, [this] { return commands(); }};
};

}  // namespace dewpoint::migrate
