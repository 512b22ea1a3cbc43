// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/conflict_panel.h"
#include "grid/filter_bar.h"
#include "grid/preview_sheet.h"
#include "grid/refusal_list.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "rows/statement_writer.h"
#include "theme/theme.h"

#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

// What a table page can be told to do.
namespace dewpoint::grid {

void TablePage::refresh()
{
    if (!m_grid->finishEditing())
        return;
    if (const QModelIndex current = m_grid->currentIndex(); current.isValid())
        m_place = Place{.top = m_grid->firstVisibleRow(), .row = current.row(), .column = current.column()};
    m_model.refresh();
}

void TablePage::discard()
{
    m_takingBack = false;
    m_model.discard();
    m_refusals->hide();
    m_conflicts->hide();
    Q_EMIT statusText(tr("Changes discarded. Undo brings them back."));
}

void TablePage::togglePreview()
{
    m_preview->setVisible(!m_preview->isVisible());
    m_previewButton->setChecked(m_preview->isVisible());
    renderEdits();
}

void TablePage::commit()
{
    if (!m_grid->finishEditing() || m_committing || m_model.edits().isEmpty())
        return;
    if (m_session.target().guard != drivers::Guard::ConfirmWrites)
        return write();
    m_ask->ask(
        kit::AskBar::Tone::Warning,
        tr("Write %n change(s) to %1?", nullptr, pending().total()).arg(m_session.target().displayName()),
        tr("This connection asks before it writes. Preview shows the SQL."), tr("Write"),
        [this, asked = m_model.edits()] {
            // More may have been typed since: that is another question.
            if (m_grid->finishEditing() && m_model.edits() == asked)
                write();
            else
                commit();
        });
}

void TablePage::write()
{
    if (m_committing || m_model.edits().isEmpty())
        return;
    m_committing = true;
    m_model.setFrozen(true);
    // A lock of somebody else's may hold it up; then one must be able to give up.
    QTimer::singleShot(theme::time::patience, this, [this] {
        if (m_committing)
            m_ask->tell(kit::AskBar::Tone::Info, tr("Writing…"), tr("Waiting for the database."), tr("Stop"),
                        [this] { m_commitJob.stop(); });
    });
    m_refusals->hide();
    m_conflicts->hide();
    renderEdits();
    m_commitJob = m_session.run(
        runtime::Session::Lane::Main, this,
        [table = rows::TableEdits{relation(), m_model.edits()}](drivers::Connection& connection,
                                                                const runtime::StopToken&) {
            Written written{.report = rows::commit(connection, {table}), .back = {}};
            // That a commit cannot be taken back is no reason to say that it failed.
            if (written.report && written.report->committed)
                written.back =
                    rows::takeBackOf(connection, table, *written.report).value_or(rows::TakeBack{});
            return Result<Written>(std::move(written));
        },
        [this](const Result<Written>& written) {
            if (!written)
                return committedWith(fail(written.error()));
            if (written->report && written->report->committed)
                noteCommit(written->back);
            committedWith(written->report);
        });
}

void TablePage::noteCommit(const rows::TakeBack& back)
{
    constexpr qsizetype mostKept = 20;
    // What was just taken back is not offered again: the next in line is the commit before it.
    if (std::exchange(m_takingBack, false))
        m_commits.removeLast();
    else if (!back.edits.isEmpty())
        m_commits += back;
    if (m_commits.size() > mostKept)
        m_commits.removeFirst();
}

void TablePage::takeBack()
{
    if (m_committing || m_commits.isEmpty() || !m_grid->finishEditing())
        return;
    if (!m_model.edits().isEmpty())
        return Q_EMIT statusText(tr("Commit or discard the pending changes first."));
    m_takingBack = true;
    m_model.setEdits(m_commits.last().edits);
    const int left = m_commits.last().leftOut;
    Q_EMIT statusText(
        left == 0 ? tr("The last commit is staged backwards. Look at it, then commit.")
                  : tr("Staged backwards, but for %n row(s) of which too little is known.", nullptr, left));
}

void TablePage::committedWith(const Result<rows::CommitReport>& report)
{
    m_committing = false;
    m_model.setFrozen(false);
    m_ask->dismiss();
    if (!report) {
        m_refusals->show({rows::Violation{.row = {}, .column = {}, .error = report.error()}});
        Q_EMIT statusText(report.error().kind == ErrorKind::OutcomeUnknown
                              ? tr("Whether the changes were committed is unknown. Your edits are kept.")
                              : tr("Nothing was committed. Your edits are kept."));
    } else if (report->committed) {
        const int count = pending().total();
        m_preview->hide();
        m_previewButton->setChecked(false);
        m_model.setEdits({});
        refresh();
        const QString done = tr("%n change(s) committed", nullptr, count);
        Q_EMIT statusText(
            m_commits.isEmpty() ? done : done + u". "_s + tr("Ctrl+Alt+Z takes the last commit back."));
    } else {
        m_model.showViolations(report->violations);
        m_refusals->show(report->violations);
        m_conflicts->show(report->conflicts);
        Q_EMIT statusText(tr("Nothing was committed. Your edits are kept."));
        for (const rows::Violation& violation : report->violations)
            doubtSchema(violation.error);
    }
    renderEdits();
}

void TablePage::resolveConflicts()
{
    if (!m_grid->finishEditing())
        return;
    const QList<rows::Conflict> conflicts = m_conflicts->conflicts();
    rows::StagedEdits edits = m_model.edits();
    edits.beginGroup();
    for (int i = 0; i < conflicts.size(); ++i) {
        const rows::Conflict& conflict = conflicts[i];
        const QStringList theirs = m_conflicts->theirsIn(i);
        const bool wholeRow = conflict.gone || conflict.deleting;
        if (conflict.gone && theirs.isEmpty()) {
            std::map<QString, rows::EditValue> values(conflict.base.begin(), conflict.base.end());
            for (const auto& [column, value] : conflict.mine)
                values.insert_or_assign(column, value);
            for (const rows::RelationColumn& column : relation().columns) {
                if (column.readOnly)
                    values.erase(column.name);
            }
            edits.insertRow(std::move(values));
        }
        if (conflict.gone || (wholeRow && !theirs.isEmpty())) {
            edits.revertRow(conflict.row.key);
            continue;
        }
        edits.rebase(conflict.row.key, conflict.theirs);
        for (const QString& column : theirs)
            edits.revertCell(conflict.row.key, column);
    }
    edits.endGroup();
    m_conflicts->hide();
    m_model.setEdits(std::move(edits));
    if (m_model.edits().isEmpty())
        return m_model.refresh();
    commit();
}

void TablePage::goTo(const rows::Violation& violation)
{
    const int row = m_model.rowOf(violation.row);
    if (row < 0)
        return showAlone(violation);
    const int column = std::max(0, relation().indexOf(violation.column));
    m_grid->setCurrentIndex(m_model.index(row, column));
    m_grid->setFocus();
}

/// A row that is not loaded is found by its key, as a filter that can be seen and taken away.
void TablePage::showAlone(const rows::Violation& violation)
{
    const rows::RowKey& key = violation.row.key;
    if (key.isEmpty())
        return;
    rows::ViewSpec spec;
    spec.sorts = m_model.spec().sorts;
    for (qsizetype i = 0; i < relation().keyColumns.size(); ++i) {
        const Value& value = key.values[static_cast<size_t>(i)];
        if (relation().hasHiddenKey())
            spec.rawWhere = relation().keyColumns[i] + u" = "_s + sql::literal(value, relation().engine);
        else
            spec.filters += rows::Filter{.column = relation().keyColumns[i], .value = displayText(value)};
    }
    m_place = Place{.row = 0, .column = std::max(0, relation().indexOf(violation.column))};
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
    renderSort();
    m_grid->setFocus();
    Q_EMIT statusText(tr("The row was not loaded: only it is shown now. Take the filter away to see all."));
}

void TablePage::filterBy(const QList<rows::Filter>& filters)
{
    showOnly(filters, {});
}

void TablePage::filterBy(const QString& condition)
{
    showOnly({}, condition);
}

void TablePage::showOnly(const QList<rows::Filter>& filters, const QString& condition)
{
    rows::ViewSpec spec = m_model.spec();
    spec.filters = filters;
    spec.rawWhere = condition;
    spec.rawWhereOn = true;
    spec.search.clear();
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
}

void TablePage::editColumn(int column)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), column);
    if (!cell.isValid())
        return;
    m_grid->setCurrentIndex(cell);
    m_grid->setFocus();
    m_grid->edit(cell);
}

QModelIndexList TablePage::selectedCells() const
{
    return m_grid->chosenCells();
}

}  // namespace dewpoint::grid
