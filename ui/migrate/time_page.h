// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/page_parts.h"
#include "migrate/time_work.h"
#include "runtime/own_session.h"

#include <QFutureWatcher>
#include <QJsonObject>
#include <QSet>
#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QModelIndex;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QToolButton;
class QTreeView;

namespace dewpoint::diagram {
class DiffCanvas;
}

namespace dewpoint::migrate {

class SchemaPicture;
class ScriptView;
class TimeModel;
class TimeSlider;

/// The time machine: what the schema was after each migration, drawn so that nothing moves from one step to
/// the next, with what a step or a range of them changes, and who added what.
class TimePage final : public QWidget
{
    Q_OBJECT
public:
    explicit TimePage(runtime::Session& session, QWidget* parent = nullptr);
    ~TimePage() override;

    /// Replays anew where it is another one, or its scripts say something else.
    void setProject(const std::optional<project::Project>& project);
    void goTo(const QString& version);  ///< the step of this migration, as soon as it is there
    /// A table or view of the step that is shown, as soon as it is there.
    void showRelation(const QString& schemaName, const QString& name);
    /// "Added by 0003_orders, last changed by 0007_total", as the applied migrations have it; empty where it
    /// is not known yet.
    QString originText(const diff::Part& part) const;
    QList<kit::Command> commands();
    bool isBusy() const;
    const TimeModel& model() const { return *m_model; }
    const TimeReport* report() const { return m_report.get(); }
    int step() const;
    int base() const { return m_base; }

    enum class Reading { IfChanged, Anew };
    void reload(Reading reading = Reading::IfChanged);
    void cancel();
    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void migrationsRequested();
    void edited();        ///< what saveState() says
    void historyKnown();  ///< originText() may say more

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum StackPage { MessagePage, ReadyPage };

    QWidget* buildBar();
    QWidget* buildHead();
    QWidget* buildTree();
    QWidget* buildTabs();
    QWidget* buildMessage();
    void take(const SharedTime& report, bool isLast);
    void finished(const Result<SharedTime>& read);
    void layGround();
    void fillSlider();
    void fillBases();
    void stepMoved();
    void setBase(std::optional<int> base);
    void showSpan();
    void takeWanted();
    void draw();
    void drawn();
    void showStructure();
    void showTitle();
    void follow(const QModelIndex& index);
    void goToStep(int step);
    void render();
    void renderMessage();
    void showProgress(const timeline::History& history);
    QString problemText() const;
    void refreshButtons();
    QString titleOf(int step) const;
    QString stateText(int step) const;
    int stepOf(const QString& version) const;
    QString versionOf(int step) const;

    runtime::Session& m_session;
    runtime::OwnSession m_slow{m_session};  ///< replays take their time, and browsing goes on
    runtime::Job m_job;
    std::optional<project::Project> m_project;
    SharedTime m_report;
    SharedTime m_laid;  ///< what the ground is of that is being laid
    std::optional<Error> m_error;
    std::shared_ptr<const diagram::Ground> m_ground;
    QFutureWatcher<std::shared_ptr<const diagram::Ground>> m_laying;
    QFutureWatcher<TimePicture> m_drawing;
    bool m_isLaying = false;
    bool m_isDrawing = false;
    bool m_drawsAgain = false;  ///< another span was chosen meanwhile
    bool m_reading = false;
    int m_turn = 0;               ///< which reading it is
    bool m_isFollowed = true;     ///< the handle goes along with what arrives
    std::optional<int> m_chosen;  ///< the base that a person chose; else the step before
    int m_base = 0;
    QString m_wanted;  ///< version of a step that has not come yet
    change::Name m_wantedRelation;
    QString m_wantedBase;      ///< the same of the base
    QSet<QString> m_expanded;  ///< by a person
    bool m_isFilling = false;
    bool m_isStale = false;  ///< to be read again when it comes into sight
    TimeModel* m_model;
    QStackedWidget* m_stack;
    CommandButtons m_buttons;
    TimeSlider* m_slider = nullptr;
    QComboBox* m_bases = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_notes = nullptr;
    QLabel* m_problem = nullptr;
    QTreeView* m_tree = nullptr;
    QTabWidget* m_tabs = nullptr;
    diagram::DiffCanvas* m_canvas = nullptr;
    diagram::DiffCanvas* m_range = nullptr;
    SchemaPicture* m_cards = nullptr;
    ScriptView* m_sql = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_migrations = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_progressText = nullptr;
};

}  // namespace dewpoint::migrate
