// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/conflict_panel.h"
#include "grid/filter_bar.h"
#include "grid/grid_view.h"
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
    if (const QModelIndex current = m_grid->currentIndex(); current.isValid())
        m_place = Place{.top = m_grid->firstVisibleRow(), .row = current.row(), .column = current.column()};
    m_model.refresh();
}

void TablePage::discard()
{
    m_model.discard();
    m_refusals->hide();
    m_conflicts->hide();
    Q_EMIT statusText(tr("Changes discarded. Undo brings them back."));
}

void TablePage::togglePreview()
{
    if (m_preview->isVisible())
        m_preview->hide();
    else
        m_preview->show(rows::preview(relation(), m_model.edits()));
    m_previewButton->setChecked(m_preview->isVisible());
}

void TablePage::commit()
{
    m_grid->finishEditing();
    if (m_committing || m_model.edits().isEmpty())
        return;
    if (m_session.target().guard != drivers::Guard::ConfirmWrites)
        return write();
    m_ask->ask(
        kit::AskBar::Tone::Warning,
        tr("Write %n change(s) to %1?", nullptr, pending().total()).arg(m_session.target().displayName()),
        tr("This connection asks before it writes. Preview shows the SQL."), tr("Write"),
        [this] { write(); });
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
            return rows::commit(connection, {table});
        },
        [this](const Result<rows::CommitReport>& report) { committedWith(report); });
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
        Q_EMIT statusText(tr("%n change(s) committed", nullptr, count));
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
        return;
    const int column = std::max(0, relation().indexOf(violation.column));
    m_grid->setCurrentIndex(m_model.index(row, column));
    m_grid->setFocus();
}

void TablePage::filterBy(const QList<rows::Filter>& filters)
{
    rows::ViewSpec spec = m_model.spec();
    spec.filters = filters;
    spec.rawWhere.clear();
    spec.search.clear();
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
}

void TablePage::editColumn(const QString& name)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), relation().indexOf(name));
    if (!cell.isValid())
        return;
    m_grid->setCurrentIndex(cell);
    m_grid->setFocus();
    m_grid->edit(cell);
}

QModelIndexList TablePage::selectedCells() const
{
    QModelIndexList cells = m_grid->selectionModel()->selectedIndexes();
    if (cells.isEmpty() && m_grid->currentIndex().isValid())
        cells += m_grid->currentIndex();
    return cells;
}

QList<kit::Command> TablePage::commands()
{
    const auto editable = [this] { return relation().editable; };
    const auto staged = [this] { return pending().total() > 0 && !m_committing; };
    const auto stage = [this](const rows::EditValue& value) {
        return [this, value] { m_model.setValue(selectedCells(), value); };
    };
    const auto jump = [this](bool last) {
        return [this, last] {
            if (const int rows = m_model.rowCount(); rows > 0)
                m_grid->setCurrentIndex(
                    m_model.index(last ? rows - 1 : 0, std::max(0, m_grid->currentIndex().column())));
        };
    };
    return {
        {u"grid.commit"_s, tr("Commit changes"), QKeySequence(Qt::CTRL | Qt::Key_Return), staged,
         [this] { commit(); }},
        {u"grid.preview"_s, tr("Preview changes"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), staged,
         [this] { togglePreview(); }},
        {u"grid.discard"_s, tr("Discard changes"), {}, staged, [this] { discard(); }},
        {u"grid.undo"_s, tr("Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z),
         [this] { return m_model.edits().canUndo(); }, [this] { m_model.undo(); }},
        {u"grid.redo"_s, tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
         [this] { return m_model.edits().canRedo(); }, [this] { m_model.redo(); }},
        {u"grid.revert"_s,
         tr("Revert selected cells"),
         {},
         staged,
         [this] { m_model.revert(selectedCells()); }},
        {u"grid.refresh"_s, tr("Reload rows"), QKeySequence(Qt::Key_F5), {}, [this] { refresh(); }},
        {u"grid.addRow"_s, tr("Add a row"), QKeySequence(Qt::CTRL | Qt::Key_N), editable,
         [this] {
             m_model.addRow();
             m_grid->setCurrentIndex(
                 m_model.index(static_cast<int>(m_model.edits().newRowIds().size()) - 1, 0));
             m_grid->setFocus();
         }},
        {u"grid.duplicateRow"_s,
         tr("Duplicate rows"),
         {},
         editable,
         [this] { m_model.duplicateRows(m_grid->selectedRows()); }},
        {u"grid.deleteRow"_s,
         tr("Delete rows"),
         {},
         editable,
         [this] { m_model.deleteRows(m_grid->selectedRows()); }},
        {u"grid.setNull"_s, tr("Set NULL"), {}, editable, stage(Value(Null{}))},
        {u"grid.setEmpty"_s, tr("Set empty text"), {}, editable, stage(textValue({}))},
        {u"grid.setDefault"_s, tr("Set DEFAULT"), {}, editable, stage(rows::Default{})},
        {u"grid.addFilter"_s,
         tr("Filter this column"),
         {},
         {},
         [this] {
             m_filters->addFilter(
                 {.column = relation().columns.value(std::max(0, m_grid->currentIndex().column())).name});
         }},
        {u"grid.addWhere"_s, tr("Filter by a WHERE condition"), {}, {}, [this] { m_filters->addRawWhere(); }},
        {u"grid.search"_s,
         tr("Search rows"),
         QKeySequence(Qt::CTRL | Qt::Key_F),
         {},
         [this] { m_filters->focusSearch(); }},
        {u"grid.first"_s, tr("Go to the first row"), {}, {}, jump(false)},
        {u"grid.last"_s, tr("Go to the last row"), {}, {}, jump(true)},
    };
}

}  // namespace dewpoint::grid
