// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/past_link.h"

#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "theme/measures.h"

namespace dewpoint::shell {

using inspect::PastView;

PastLink::PastLink(inspect::Inspector& inspector, runtime::Session& session, const store::History& history)
    : m_inspector(inspector), m_session(session), m_history(history)
{
    m_due.setSingleShot(true);
    m_due.setInterval(theme::time::searchDelay);
    PastView& view = m_inspector.past();
    connect(&m_due, &QTimer::timeout, this, &PastLink::begin);
    connect(&m_inspector, &inspect::Inspector::pastWanted, &m_due, qOverload<>(&QTimer::start));
    connect(&view, &PastView::scopeChanged, this, &PastLink::begin);
    connect(&view, &PastView::stageRequested, this, &PastLink::stage);
    connect(&view, &PastView::commitRequested, this, &PastLink::commitRequested);
    connect(&view, &PastView::olderRequested, this, [this] {
        if (m_past)
            read(store::Past(*m_past), 0);
    });
}

void PastLink::follow(grid::TablePage* page, const rows::RowRef& row)
{
    m_page = page;
    m_row = row;
    m_due.start();
}

QString PastLink::column() const
{
    const int field = m_inspector.shownField();
    const bool known = m_page && field >= 0 && field < m_page->relation().columns.size();
    return known ? m_page->relation().columns[field].name : QString();
}

/// From the newest commit on, for whatever is shown by now.
void PastLink::begin()
{
    m_job.cancel();
    if (!m_inspector.showsPast() || !m_page || column().isEmpty())
        return;
    PastView& view = m_inspector.past();
    const rows::Relation& relation = m_page->relation();
    if (m_row.newId)
        return view.tell(tr("The row is not committed yet."));
    const store::Past past(m_history, relation, m_row.key, view.isOfWholeRow() ? QString() : column());
    if (past.isAtEnd())
        return view.tell(
            tr("The rows of %1 have no key by which they could be followed.").arg(relation.name));
    // The lines of the same value stand until there are newer ones.
    const QString shown =
        QStringLiteral("%1\n%2\n%3")
            .arg(relation.quotedName(), QString::fromLatin1(rows::encoded(m_row.key).toHex()),
                 view.isOfWholeRow() ? QString() : column());
    if (shown != m_shown)
        view.tell(tr("Reading…"));
    m_shown = shown;
    m_past.reset();
    m_steps.clear();
    read(past, 0);
}

/// Spare work: whoever wants rows of the database comes first.
void PastLink::read(const store::Past& past, int tries)
{
    constexpr int mostTries = 20;
    m_job = m_session.run(
        runtime::Session::Lane::Spare, this,
        [past](drivers::Connection&, const runtime::StopToken& stop) -> Result<Piece> {
            Piece piece{.past = past, .steps = {}};
            auto steps = piece.past.read([&stop] { return stop.stopRequested(); });
            if (!steps)
                return fail(steps.error());
            piece.steps = *std::move(steps);
            return piece;
        },
        [this, past, tries](const Result<Piece>& piece) {
            if (!piece && piece.error().kind == ErrorKind::Cancelled && tries < mostTries)
                return read(past, tries + 1);
            if (!piece)
                return m_inspector.past().tell(piece.error().oneLine());
            arrived(*piece);
        });
}

void PastLink::arrived(const Piece& piece)
{
    m_past = piece.past;
    m_steps += piece.steps;
    render();
}

void PastLink::render()
{
    PastView& view = m_inspector.past();
    view.show(stagedLines() + inspect::pastLines(m_steps, view.isOfWholeRow()), m_past && !m_past->isAtEnd(),
              isEditable());
}

bool PastLink::isEditable() const
{
    const int row = m_page ? m_page->model().rowOf(m_row) : -1;
    return row >= 0 && m_page->relation().editable
           && m_page->model().rowState(row) != items::RowState::Deleted;
}

QList<PastView::Line> PastLink::stagedLines() const
{
    QList<PastView::Line> lines;
    const rows::RowEdit* edit = m_page ? m_page->model().edits().row(m_row.key) : nullptr;
    if (!edit)
        return lines;
    PastView::Line line;
    if (edit->deleted) {
        line.kind = PastView::Line::Kind::StagedDeletion;
        return {line};
    }
    line.kind = PastView::Line::Kind::Staged;
    for (const rows::RelationColumn& column : m_page->relation().columns) {
        const auto cell = edit->cells.find(column.name);
        if (cell == edit->cells.end()
            || (!m_inspector.past().isOfWholeRow() && column.name != this->column()))
            continue;
        const auto* after = std::get_if<Value>(&cell->second.after);
        line.column = column.name;
        line.before =
            edit->original.contains(column.name) ? std::optional(cell->second.before) : std::nullopt;
        line.after = after ? std::optional(*after) : std::nullopt;
        line.afterIsDefault = !after;
        lines += line;
    }
    return lines;
}

/// As a step of its own for undo, like any other edit.
void PastLink::stage(const QString& column, const Value& value)
{
    if (!m_page || !m_page->grid()->finishEditing())
        return;
    const int row = m_page->model().rowOf(m_row);
    const QModelIndex cell =
        row < 0 ? QModelIndex() : m_page->model().index(row, m_page->relation().indexOf(column));
    if (!cell.isValid() || !m_page->model().isSettable(cell))
        return Q_EMIT statusText(tr("The cell cannot be edited."));
    m_page->model().setValue({cell}, rows::EditValue(value));
    Q_EMIT statusText(tr("Staged: %1 is to be as it was. Look at it, then commit.").arg(column));
}

}  // namespace dewpoint::shell
