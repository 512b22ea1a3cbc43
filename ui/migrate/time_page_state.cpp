// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What the time machine offers and says, and where it is at the next start.
#include "diagram/diff_canvas.h"
#include "migrate/time_model.h"
#include "migrate/time_page.h"
#include "migrate/time_slider.h"

#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

QJsonObject TimePage::saveState() const
{
    QJsonObject state;
    if (!m_report)
        return {{u"step"_s, m_wanted}, {u"base"_s, m_wantedBase}};
    if (step() != m_report->history.lastStep())
        state[u"step"_s] = versionOf(step());
    if (m_chosen)
        state[u"base"_s] = versionOf(*m_chosen);
    return state;
}

void TimePage::restoreState(const QJsonObject& state)
{
    m_wantedBase = state[u"base"_s].toString();
    if (const QString version = state[u"step"_s].toString(); !version.isEmpty())
        goTo(version);
    if (m_report)
        take(m_report, !m_reading);
}

void TimePage::showRelation(const QString& schemaName, const QString& name)
{
    const QModelIndex line = m_model->findRelation(schemaName, name);
    m_wantedRelation =
        line.isValid() || (m_report && !m_reading) ? change::Name() : change::Name{schemaName, name};
    if (!line.isValid())
        return;
    m_tree->setCurrentIndex(line);
    m_tree->expand(line);
    m_tree->scrollTo(line, QAbstractItemView::PositionAtTop);
    m_canvas->select(schemaName, name);
    m_tree->setFocus();
}

QString TimePage::originText(const diff::Part& part) const
{
    if (!m_report)
        return {};
    int applied = 0;
    for (int step = 1; step <= m_report->history.lastStep(); ++step) {
        const apply::MigrationState* state = m_report->stateOf(step);
        applied = state && state->isApplied() ? step : applied;
    }
    const timeline::Origin origin = m_report->history.provenance.originOf(part, applied);
    const QString added = m_report->history.titleOf(origin.added);
    if (added.isEmpty())
        return {};
    return origin.changed == origin.added
               ? tr("Added by %1").arg(added)
               : tr("Added by %1, last changed by %2").arg(added, titleOf(origin.changed));
}

QList<kit::Command> TimePage::commands()
{
    const auto ready = [this] { return m_report && m_stack->currentIndex() == ReadyPage; };
    const auto leads = [this, ready](TimeModel::Column column) {
        return ready() && m_model->stepOf(m_tree->currentIndex().siblingAtColumn(column)) >= 0;
    };
    const auto lead = [this](TimeModel::Column column) {
        follow(m_tree->currentIndex().siblingAtColumn(column));
    };
    return {{u"time.previous"_s, tr("One migration back"), QKeySequence(u"Ctrl+["_s),
             [this, ready] { return ready() && step() > 0; }, [this] { goToStep(step() - 1); }},
            {u"time.next"_s, tr("One migration on"), QKeySequence(u"Ctrl+]"_s),
             [this, ready] { return ready() && step() < m_slider->maximum(); },
             [this] { goToStep(step() + 1); }},
            {u"time.added"_s, tr("Go to the migration that added the selected thing"),
             QKeySequence(Qt::CTRL | Qt::Key_Return), [leads] { return leads(TimeModel::Added); },
             [lead] { lead(TimeModel::Added); }},
            {u"time.changed"_s, tr("Go to the migration that changed the selected thing last"),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return),
             [leads] { return leads(TimeModel::Changed); }, [lead] { lead(TimeModel::Changed); }},
            {u"time.keepBase"_s, tr("Compare with the step that is shown"),
             QKeySequence(Qt::CTRL | Qt::Key_B), ready, [this] { setBase(step()); }},
            {u"time.stepBefore"_s,
             tr("Compare with the step before"),
             {},
             [this, ready] { return ready() && m_chosen; },
             [this] { setBase({}); }},
            {u"time.reload"_s, tr("Replay the migrations again"), QKeySequence(Qt::Key_F5),
             [this] { return !m_reading && m_project; }, [this] { reload(Reading::Anew); }},
            {u"time.cancel"_s, tr("Stop replaying"), QKeySequence(Qt::CTRL | Qt::Key_Period),
             [this] { return m_reading; }, [this] { cancel(); }}};
}

// A window with a command registry takes the shortcuts before they come here.
void TimePage::keyPressEvent(QKeyEvent* event)
{
    if (!runByKey(commands(), *event))
        QWidget::keyPressEvent(event);
}

void TimePage::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_stack->currentIndex() == ReadyPage)
        m_slider->setFocus();
}

/// At once, with what has come so far: the replay's own session clears up behind it, for as long as the
/// server takes.
void TimePage::cancel()
{
    if (!m_reading)
        return;
    m_job.cancel();
    const Error stopped{.kind = ErrorKind::Cancelled};
    if (!m_report || m_report->history.isWhole())
        return finished(std::unexpected(stopped));
    TimeReport soFar = *m_report;
    soFar.history.stopped = stopped;
    finished(std::make_shared<const TimeReport>(std::move(soFar)));
}

void TimePage::render()
{
    const bool isReady = m_report && !m_report->history.migrations.isEmpty();
    m_stack->setCurrentIndex(isReady ? ReadyPage : MessagePage);
    if (isReady && hasFocus())
        m_slider->setFocus();
    m_problem->setText(problemText());
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_notes->setText(m_report ? m_report->notes().join(u'\n') : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    m_progress->setVisible(m_reading);
    m_progressText->setText(m_reading ? tr("Replaying…") : QString());
    m_progress->setRange(0, 0);
    if (m_reading && m_report && !m_report->history.isWhole())
        showProgress(m_report->history);
    renderMessage();
    refreshButtons();
}

QString TimePage::problemText() const
{
    if (m_error)
        return m_error->kind == ErrorKind::Cancelled
                   ? tr("It was stopped.")
                   : u"✕ "_s + m_error->message
                         + (m_error->hint.isEmpty() ? QString() : u'\n' + m_error->hint);
    if (!m_report)
        return {};
    const timeline::History& history = m_report->history;
    const std::optional<Error>& stopped = history.stopped;
    if (!stopped)
        return {};
    const Error& error = *stopped;
    if (error.kind == ErrorKind::Cancelled)
        return tr("The replay was stopped at step %1 of %2. F5 begins it again.")
            .arg(history.lastStep())
            .arg(history.migrations.size());
    return tr("✕ The history ends before %1. %2").arg(history.titleOf(history.lastStep() + 1), error.message)
           + (error.hint.isEmpty() ? QString() : u'\n' + error.hint);
}

void TimePage::showProgress(const timeline::History& history)
{
    const auto all = static_cast<int>(history.migrations.size());
    m_progressText->setText(tr("Replaying: %1 of %2").arg(history.lastStep()).arg(all));
    m_progress->setRange(0, all);
    m_progress->setValue(history.lastStep());
}

void TimePage::renderMessage()
{
    QStringList lines;
    if (!m_project)
        lines = {tr("No migrations were found."),
                 tr("The time machine shows what each of them made of the schema. Choose the project on the "
                    "Migrations page.")};
    else if (m_error && m_error->kind == ErrorKind::Cancelled)
        lines = {tr("The replay was stopped.")};
    else if (m_error)
        lines = {tr("The migrations could not be replayed: %1").arg(m_error->message), m_error->hint};
    else if (m_report && !m_reading)
        lines = {tr("The project has no migrations yet.")};
    else
        lines = {tr("Replaying the migrations on a scratch database…")};
    lines.removeAll(QString());
    m_message->setText(lines.join(u"\n\n"_s));
    m_again->setVisible(m_project && !m_reading);
    m_migrations->setVisible(!m_project || m_error || m_report);
}

void TimePage::refreshButtons()
{
    m_buttons.refresh();
    m_buttons.setVisible(u"time.cancel"_s, m_reading);
}

}  // namespace dewpoint::migrate
