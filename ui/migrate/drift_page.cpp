// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/drift_page.h"

#include "kit/ask_bar.h"
#include "migrate/repair_panel.h"
#include "migrate/script_view.h"
#include "project/code.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QTime>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

enum StackPage { MessagePage, ReadyPage };

}  // namespace

// Children go after this class's part of the object: their last signals must not come here.
DriftPage::~DriftPage()
{
    m_table->selectionModel()->disconnect(this);
}

void DriftPage::setProject(const std::optional<project::Project>& project, const store::DriftMemory& memory)
{
    m_memory = memory;
    if (m_project == project && (m_report || m_busy))
        return;
    // What compares is about the other project; what changes the database comes to its end and looks again.
    if (m_busy && !m_changing) {
        m_job.cancel();
        m_rehearsals->forget();
        setBusy(false);
        m_slow.letGo();
    }
    m_project = project;
    m_rehearsed.clear();
    m_report.reset();
    m_error.reset();
    m_ask->dismiss();
    m_confirm->dismiss();
    refill();
    render();
    check();
}

QList<kit::Command> DriftPage::commands()
{
    const auto some = [this](DriftModel::Shown shown) {
        return !m_busy && m_report && m_model->shown() == shown && m_table->selectionModel()->hasSelection();
    };
    const bool writable = m_session.target().guard != drivers::Guard::ReadOnly;
    const auto open = [some] { return some(DriftModel::Shown::Open); };
    return {{u"drift.check"_s, tr("Compare again"), QKeySequence(Qt::Key_F5),
             [this] { return !m_busy && m_project; }, [this] { check(); }},
            {u"drift.adopt"_s, tr("Make a migration of the chosen differences…"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N),
             [this, open] { return open() && m_project && !project::runsCode(*m_project); },
             [this] { adopt(); }},
            {u"drift.undo"_s, tr("Undo the chosen differences in the database…"),
             QKeySequence(Qt::CTRL | Qt::Key_Backspace), [open, writable] { return writable && open(); },
             [this] { undo(); }},
            {u"drift.rehearse"_s, tr("Rehearse undoing the chosen differences on a copy of the database"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R), open, [this] { rehearse(); }},
            {u"drift.ignore"_s, tr("Ignore the chosen differences"), QKeySequence(Qt::Key_Delete), open,
             [this] { ignore(); }},
            {u"drift.heed"_s,
             tr("Do not ignore the chosen differences any more"),
             {},
             [some] { return some(DriftModel::Shown::Ignored); },
             [this] { heed(); }},
            {u"drift.privileges"_s,
             tr("Compare privileges as well: who may do what"),
             {},
             [this] { return !m_busy && m_project && hasPrivileges(); },
             [this] { togglePrivileges(); },
             [this] { return m_memory && m_memory->comparesPrivileges(); }},
            {u"drift.cancel"_s, tr("Stop comparing"), QKeySequence(Qt::CTRL | Qt::Key_Period),
             [this] { return m_busy; }, [this] { cancel(); }}};
}

// A window with a command registry takes the shortcuts before they come here.
void DriftPage::keyPressEvent(QKeyEvent* event)
{
    if (!runByKey(commands(), *event))
        QWidget::keyPressEvent(event);
}

void DriftPage::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_stack->currentIndex() == ReadyPage)
        m_table->setFocus();
}

void DriftPage::check()
{
    if (m_busy || !m_project || !m_memory)
        return;
    setBusy(true, tr("Comparing the database with its migrations…"));
    m_error.reset();
    render();
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, memory = *m_memory,
         known = m_report ? m_report->made : std::shared_ptr<const drift::Made>()](
            drivers::Connection& connection, const runtime::StopToken& stop) {
            return findDrift(connection, project, memory, stop, known);
        },
        [this](const Result<SharedReport>& found) { take(found); });
}

bool DriftPage::hasPrivileges() const
{
    return m_session.target().engine == Engine::Postgres;
}

void DriftPage::togglePrivileges()
{
    if (m_busy || !m_memory)
        return;
    if (const auto kept = m_memory->comparePrivileges(!m_memory->comparesPrivileges()); !kept)
        tellError(kept.error());
    check();
}

void DriftPage::take(const Result<SharedReport>& found)
{
    setBusy(false);
    m_slow.letGo();
    if (found)
        m_report = *found;
    else
        m_error = found.error();
    if (!found && m_report) {  // what was found before still stands there
        tellError(found.error());
        m_error.reset();
    }
    refill();
    render();
    if (m_report && !m_error)
        Q_EMIT openCountChanged(m_model->openCount());
}

/// What was chosen stays chosen.
void DriftPage::refill()
{
    const QStringList keys = chosenKeys();
    const QSignalBlocker quiet(m_table->selectionModel());
    m_model->setFound(m_report ? m_report->items : QList<drift::Item>(),
                      m_memory ? m_memory->ignored() : QList<store::IgnoredDifference>());
    m_shown->setItemText(0, tr("Differences (%1)").arg(m_model->openCount()));
    m_shown->setItemText(1, tr("Ignored (%1)").arg(m_model->ignoredCount()));
    QItemSelection selection;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (keys.contains(m_model->at(row).item.key))
            selection.select(m_model->index(row, 0), m_model->index(row, DriftModel::ColumnCount - 1));
    }
    if (selection.isEmpty() && m_model->rowCount() > 0) {
        selection.select(m_model->index(0, 0), m_model->index(0, DriftModel::ColumnCount - 1));
        // Told outright: the view would ask for the keys that are still held, and Ctrl means to toggle.
        m_table->selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::NoUpdate);
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void DriftPage::render()
{
    const bool isSame = m_model->openCount() == 0 && m_model->ignoredCount() == 0;
    const bool isReady = m_report && !m_error && !isSame;
    m_stack->setCurrentIndex(isReady ? ReadyPage : MessagePage);
    if (isReady && hasFocus())
        m_table->setFocus();
    m_title->setText(tr("%1 and what its applied migrations make").arg(m_session.target().displayName()));
    m_notes->setText(m_report ? m_report->notes.join(u'\n') : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    renderMessage();
    showChosen();
    refreshButtons();
}

void DriftPage::renderMessage()
{
    QStringList lines;
    if (!m_project)
        lines = {tr("No migrations were found."),
                 tr("Drift is what a database has and its migrations do not make, or the other way round. "
                    "Choose the project on the Migrations page.")};
    else if (m_error && m_error->kind == ErrorKind::Cancelled)
        lines = {tr("The comparison was stopped.")};
    else if (m_error)
        lines = {tr("It could not be compared: %1").arg(m_error->message), m_error->hint};
    else if (m_report && !m_busy && m_model->openCount() == 0 && m_model->ignoredCount() == 0)
        lines = QStringList{tr("✓ There is no drift."),
                            tr("%1 is exactly what its applied migrations make. Compared at %2.")
                                .arg(m_session.target().displayName(),
                                     QLocale().toString(QTime::currentTime(), u"HH:mm:ss"_s))}
                + m_report->notes;
    else
        lines = {
            tr("Comparing %1 with what its applied migrations make…").arg(m_session.target().displayName())};
    lines.removeAll(QString());
    m_message->setText(lines.join(u"\n\n"_s));
    m_again->setVisible(m_project && !m_busy);
    m_migrations->setVisible(!m_project || m_error);
}

QList<drift::Item> DriftPage::chosen() const
{
    QList<drift::Item> items;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows) {
        if (const DriftModel::Line& line = m_model->at(row.row()); !line.isGone)
            items.append(line.item);
    }
    return items;
}

QStringList DriftPage::chosenKeys() const
{
    QStringList keys;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        keys.append(m_model->at(row.row()).item.key);
    return keys;
}

void DriftPage::showChosen()
{
    refreshButtons();
    const QList<drift::Item> items = chosen();
    if (items.isEmpty() || !m_report) {
        m_detailJob.cancel();
        m_detail->setText(m_model->shown() == DriftModel::Shown::Open && m_model->openCount() == 0
                              ? tr("✓ Nothing is different that is not ignored.")
                              : tr("Choose a difference to see what can be done about it."));
        m_adopt->showScript({});
        m_undo->showScript({});
        return;
    }
    if (!m_reader)
        m_reader = std::make_unique<runtime::Session>(
            drivers::Target{.engine = Engine::Sqlite, .location = u":memory:"_s});
    m_detailJob = m_reader->run(
        runtime::Session::Lane::Main, this,
        [report = m_report, items](drivers::Connection&, const runtime::StopToken&) {
            return driftDetails(*report, items);
        },
        [this](const Result<DriftDetails>& details) {
            if (!details)
                return;
            m_detail->setText(details->text);
            m_adopt->showScript(details->adopt);
            m_undo->showScript(details->undo);
        });
}

void DriftPage::setBusy(bool busy, const QString& text)
{
    m_busy = busy;
    m_changing = false;
    m_progress->setRange(0, 0);
    m_progress->setVisible(busy);
    m_progressText->setText(text);
    refreshButtons();
}

void DriftPage::refreshButtons()
{
    m_buttons.refresh();
    m_buttons.setVisible(u"drift.cancel"_s, m_busy);
    m_buttons.setVisible(u"drift.privileges"_s, hasPrivileges());
    m_buttons.setVisible(u"drift.ignore"_s, m_model->shown() == DriftModel::Shown::Open);
    m_buttons.setVisible(u"drift.heed"_s, m_model->shown() == DriftModel::Shown::Ignored);
}

/// What only reads is given up at once: its own session clears up behind it, for as long as the server takes.
void DriftPage::cancel()
{
    if (!m_busy)
        return;
    if (!m_rehearsals->isRunning() && !m_changing) {
        m_job.cancel();
        return take(fail(ErrorKind::Cancelled, {}));
    }
    m_rehearsals->stop();
    m_job.stop();
    m_progressText->setText(tr("Stopping…"));
}

}  // namespace dewpoint::migrate
