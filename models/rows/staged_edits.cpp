// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/staged_edits.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace dewpoint::rows {

void StagedEdits::apply(const Change& change, bool forward)
{
    if (!change.key.isEmpty()) {
        const auto& target = forward ? change.rowAfter : change.rowBefore;
        if (target)
            m_rows.insert_or_assign(change.key, *target);
        else
            m_rows.erase(change.key);
        return;
    }
    const auto& target = forward ? change.newAfter : change.newBefore;
    if (!target) {
        m_new.erase(change.id);
        m_order.removeAll(change.id);
        return;
    }
    m_new.insert_or_assign(change.id, *target);
    if (!m_order.contains(change.id))
        m_order.insert(std::ranges::lower_bound(m_order, change.id) - m_order.begin(), change.id);
}

void StagedEdits::record(Change change)
{
    apply(change, true);
    if (m_depth > 0) {
        m_group += std::move(change);
        return;
    }
    m_undo += Step{std::move(change)};
    m_redo.clear();
}

void StagedEdits::beginGroup()
{
    ++m_depth;
}

void StagedEdits::endGroup()
{
    if (--m_depth > 0 || m_group.isEmpty())
        return;
    m_undo += std::exchange(m_group, {});
    m_redo.clear();
}

void StagedEdits::undo()
{
    if (m_undo.isEmpty())
        return;
    const Step step = m_undo.takeLast();
    for (const Change& change : std::views::reverse(step))
        apply(change, false);
    m_redo += step;
}

void StagedEdits::redo()
{
    if (m_redo.isEmpty())
        return;
    const Step step = m_redo.takeLast();
    for (const Change& change : step)
        apply(change, true);
    m_undo += step;
}

void StagedEdits::putRow(const RowKey& key, std::optional<RowEdit> after)
{
    if (after && after->isEmpty())
        after.reset();
    Change change{.key = encoded(key)};
    if (const auto found = m_rows.find(change.key); found != m_rows.end())
        change.rowBefore = found->second;
    change.rowAfter = std::move(after);
    if (change.rowBefore != change.rowAfter)
        record(std::move(change));
}

void StagedEdits::putNew(int id, std::optional<NewRow> after)
{
    Change change{.id = id};
    if (const auto found = m_new.find(id); found != m_new.end())
        change.newBefore = found->second;
    change.newAfter = std::move(after);
    if (change.newBefore != change.newAfter)
        record(std::move(change));
}

RowEdit StagedEdits::edited(const RowKey& key, const RowImage& original) const
{
    RowEdit edit = RowEdit{.key = key, .original = original};
    if (const RowEdit* known = row(key)) {
        edit = *known;
        edit.original.addMissing(original);  // more of the row may be known by now
    }
    return edit;
}

void StagedEdits::setCell(const RowKey& key, const RowImage& original, const QString& column, EditValue after)
{
    RowEdit edit = edited(key, original);
    const auto before = edit.original.find(column);
    const Value base = before == edit.original.end() ? Value(Null{}) : before->second;
    // Of a value that is not known as a whole nothing can be the same.
    if (before != edit.original.end() && after == EditValue(base))
        edit.cells.erase(column);
    else
        edit.cells.insert_or_assign(column, CellEdit{base, std::move(after)});
    putRow(key, std::move(edit));
}

void StagedEdits::deleteRow(const RowKey& key, const RowImage& original)
{
    RowEdit edit = edited(key, original);
    edit.deleted = true;
    putRow(key, std::move(edit));
}

int StagedEdits::insertRow(std::map<QString, EditValue> values)
{
    const int id = m_nextId++;
    putNew(id, NewRow{id, std::move(values)});
    return id;
}

void StagedEdits::setNewCell(int id, const QString& column, EditValue value)
{
    const NewRow* known = newRow(id);
    if (!known)
        return;
    NewRow row = *known;
    if (std::holds_alternative<Default>(value))
        row.values.erase(column);
    else
        row.values.insert_or_assign(column, std::move(value));
    putNew(id, std::move(row));
}

void StagedEdits::removeNew(int id)
{
    putNew(id, {});
}

void StagedEdits::revertRow(const RowKey& key)
{
    putRow(key, {});
}

void StagedEdits::revertCell(const RowKey& key, const QString& column)
{
    if (const RowEdit* known = row(key)) {
        RowEdit edit = *known;
        edit.cells.erase(column);
        putRow(key, std::move(edit));
    }
}

void StagedEdits::clear()
{
    beginGroup();
    for (const auto& [bytes, edit] : std::map(m_rows))
        putRow(edit.key, {});
    for (const int id : QList(m_order))
        putNew(id, {});
    endGroup();
}

void StagedEdits::rebase(const RowKey& key, const RowImage& theirs)
{
    const RowEdit* known = row(key);
    if (!known)
        return;
    RowEdit edit = *known;
    for (const auto& [column, value] : theirs) {
        edit.original.insert_or_assign(column, value);
        if (const auto cell = edit.cells.find(column); cell != edit.cells.end()) {
            cell->second.before = value;
            if (cell->second.after == EditValue(value))
                edit.cells.erase(cell);
        }
    }
    putRow(key, std::move(edit));
}

const RowEdit* StagedEdits::row(const RowKey& key) const
{
    const auto found = m_rows.find(encoded(key));
    return found == m_rows.end() ? nullptr : &found->second;
}

const NewRow* StagedEdits::newRow(int id) const
{
    const auto found = m_new.find(id);
    return found == m_new.end() ? nullptr : &found->second;
}

StagedEdits::Counts StagedEdits::counts() const
{
    Counts counts{.inserts = static_cast<int>(m_new.size())};
    for (const auto& [bytes, edit] : m_rows)
        ++(edit.deleted ? counts.deletes : counts.updates);
    return counts;
}

}  // namespace dewpoint::rows
