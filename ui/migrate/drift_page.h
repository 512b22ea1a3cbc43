// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/drift_model.h"
#include "migrate/drift_work.h"
#include "migrate/page_parts.h"
#include "rehearsal/rehearsal_run.h"
#include "runtime/own_session.h"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QToolButton;

namespace dewpoint::kit {
class AskBar;
}
namespace dewpoint::rehearsal {
class RehearsalView;
}

namespace dewpoint::migrate {

class RepairPanel;
class ScriptView;

/// The drift tab: where the database is not what its applied migrations make, thing by thing, with what can
/// be done about each: a migration takes it over, the database gives it up, or nobody is to hear of it.
class DriftPage final : public QWidget
{
    Q_OBJECT
public:
    explicit DriftPage(runtime::Session& session, QWidget* parent = nullptr);
    ~DriftPage() override;

    /// Compares anew where it is another one.
    void setProject(const std::optional<project::Project>& project, const store::DriftMemory& memory);
    QList<kit::Command> commands();
    bool isBusy() const { return m_busy; }
    bool isChanging() const { return m_busy && m_changing; }  ///< the database, and not only reading it
    const DriftModel& model() const { return *m_model; }

    void check();
    void adopt(const shadow::Answers& answers = {});
    void undo(const shadow::Answers& answers = {});
    void rehearse(const shadow::Answers& answers = {});  ///< the same on a copy of the database; or stops it
    void ignore();
    void heed();              ///< what was ignored is a difference again
    void togglePrivileges();  ///< and compares anew
    void cancel();

Q_SIGNALS:
    void openCountChanged(int count);  ///< of the differences that are not ignored
    void migrationRequested(const QByteArray& up, const QByteArray& down);
    void migrationsRequested();
    void schemaMayHaveChanged();
    void statusText(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QWidget* buildActions();
    QWidget* buildList();
    QWidget* buildDetails();
    QWidget* buildWays();
    QWidget* buildMessage();
    void setBusy(bool busy, const QString& text = {});
    void refreshButtons();
    void render();
    void renderMessage();
    void take(const Result<SharedReport>& found);
    void refill();
    void showChosen();
    void askUndo(const drift::Undoing& undoing);
    void workOutUndo(const shadow::Answers& answers, void (DriftPage::*next)(const drift::Undoing& undoing));
    void rehearseUndoing(const drift::Undoing& undoing);
    void rehearsed(const Result<rehearsal::SharedRehearsal>& done);
    bool isRehearsedEnough(const drift::Undoing& undoing);
    void carryOut(const drift::Undoing& undoing);
    void tellError(const Error& error);
    void restoreCopy(const QString& copy);
    bool hasPrivileges() const;
    QList<drift::Item> chosen() const;
    QStringList chosenKeys() const;

    runtime::Session& m_session;
    runtime::OwnSession m_slow{m_session};       ///< replays take their time, and browsing goes on
    std::unique_ptr<runtime::Session> m_reader;  ///< of plans, which need no database
    runtime::Job m_job, m_detailJob;
    rehearsal::RehearsalRun* m_rehearsals;
    QByteArray m_rehearsing;  ///< the script that is
    QByteArray m_rehearsed;   ///< the one that came out well last
    std::optional<project::Project> m_project;
    std::optional<store::DriftMemory> m_memory;
    SharedReport m_report;
    std::optional<Error> m_error;
    bool m_busy = false;
    bool m_changing = false;
    DriftModel* m_model;
    kit::AskBar* m_ask;
    RepairPanel* m_confirm;
    QStackedWidget* m_stack;
    CommandButtons m_buttons;
    QComboBox* m_shown = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_notes = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_detail = nullptr;
    ScriptView* m_adopt = nullptr;
    ScriptView* m_undo = nullptr;
    QTabWidget* m_tabs = nullptr;
    rehearsal::RehearsalView* m_rehearsal = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_migrations = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_progressText = nullptr;
};

}  // namespace dewpoint::migrate
