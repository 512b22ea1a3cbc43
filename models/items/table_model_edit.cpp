// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"
#include "rows/cell_input.h"

#include <algorithm>
#include <functional>
#include <utility>

// What a person does to the rows: everything here only touches the staged edits.
namespace dewpoint::items {

template <class Change>
void TableModel::changeEdits(Change change)
{
    if (m_frozen)
        return;
    const int before = newCount();
    m_edits.beginGroup();
    change();
    m_edits.endGroup();
    publishEdits(before);
}

void TableModel::publishEdits(int newBefore)
{
    // New rows are few and stand first; a reset would lose selection and editor only where they moved.
    if (newCount() != newBefore) {
        beginResetModel();
        endResetModel();
    } else if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    Q_EMIT editsChanged();
}

Value TableModel::beforeAt(const QModelIndex& index) const
{
    const Place place = index.row() < newCount() ? Place{} : placeOf(index.row());
    return place.page ? place.page->rows.at(place.row, index.column()) : Value(Null{});
}

bool TableModel::stage(const QModelIndex& index, const rows::EditValue& value)
{
    if (!isEditable(index))
        return false;
    const QString& name = m_relation.columns[index.column()].name;
    if (index.row() < newCount()) {
        const int id = m_edits.newRowIds()[index.row()];
        m_refusals.remove(QByteArray::number(id) + '\n' + name.toUtf8());
        m_edits.setNewCell(id, name, value);
        return true;
    }
    const Place place = placeOf(index.row());
    if (!place.page || place.page->keys.empty())
        return false;
    const rows::RowKey key = place.page->keys[static_cast<size_t>(place.row)];
    m_refusals.remove(rows::encoded(key) + '\n' + name.toUtf8());
    m_edits.setCell(key, originalAt(place), name, value);
    return true;
}

bool TableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !isEditable(index))
        return false;
    setTexts({{index, value.toString()}});
    return true;
}

void TableModel::setTexts(const QList<std::pair<QModelIndex, QString>>& texts)
{
    changeEdits([&] {
        for (const auto& [index, text] : texts) {
            const auto now = valueAt(index);
            // An editor opened and left without typing must not turn NULL or DEFAULT into ''.
            if (text.isEmpty() && (!now || isNull(*now)))
                continue;
            const Value before = now ? *now : beforeAt(index);
            if (now && rows::editText(*now, m_relation.engine) == text)
                continue;
            const auto value =
                rows::parsedInput(text, m_relation.columns[index.column()], before, m_relation.engine);
            if (value)
                stage(index, rows::EditValue(*value));
            else
                refuse(index, value.error());
        }
    });
}

void TableModel::refuse(const QModelIndex& index, const Error& error)
{
    const rows::RowKey* key = index.row() < newCount() ? nullptr : keyAt(index.row());
    const QByteArray row = index.row() < newCount() ? QByteArray::number(m_edits.newRowIds()[index.row()])
                           : key                    ? rows::encoded(*key)
                                                    : QByteArray();
    m_refusals.insert(row + '\n' + m_relation.columns[index.column()].name.toUtf8(), error.oneLine());
    Q_EMIT inputRefused(error);
}

void TableModel::setValue(const QModelIndexList& indexes, const rows::EditValue& value)
{
    QSet<int> missing;
    changeEdits([&] {
        for (const QModelIndex& index : indexes) {
            if (rowState(index.row()) == RowState::Loading)
                missing.insert(index.row());
            else
                stage(index, value);
        }
    });
    tellLeftOut(missing);
}

void TableModel::tellLeftOut(const QSet<int>& rows)
{
    if (!rows.isEmpty())
        Q_EMIT rowsLeftOut(static_cast<int>(rows.size()));
}

void TableModel::deleteRows(const QList<int>& rows)
{
    if (!m_relation.editable)
        return;
    QSet<int> missing;
    changeEdits([&] {
        QList<int> fresh;
        for (const int row : rows) {
            if (rowState(row) == RowState::Loading)
                missing.insert(row);
            if (row < newCount()) {
                fresh += m_edits.newRowIds()[row];
            } else if (const Place place = placeOf(row); place.page && !place.page->keys.empty()) {
                m_edits.deleteRow(place.page->keys[static_cast<size_t>(place.row)], originalAt(place));
            }
        }
        for (const int id : fresh)
            m_edits.removeNew(id);
    });
    tellLeftOut(missing);
}

void TableModel::addRow()
{
    if (m_relation.editable)
        changeEdits([&] { m_edits.insertRow(); });
}

// The key of a copy is left to the server where it can make one, and otherwise to be typed.
void TableModel::duplicateRows(const QList<int>& rows)
{
    if (!m_relation.editable)
        return;
    QList<std::map<QString, rows::EditValue>> copies;
    for (const int row : rows) {
        std::map<QString, rows::EditValue> values;
        for (int column = 0; column < columnCount(); ++column) {
            const rows::RelationColumn& info = m_relation.columns[column];
            const auto value = valueAt(index(row, column));
            if (value && !info.readOnly && !m_relation.keyColumns.contains(info.name))
                values.emplace(info.name, *value);
        }
        if (rowState(row) != RowState::Loading)
            copies += std::move(values);
    }
    changeEdits([&] {
        for (auto& values : copies)
            m_edits.insertRow(std::move(values));
    });
}

void TableModel::revert(const QModelIndexList& indexes)
{
    changeEdits([&] {
        QList<int> fresh;
        for (const QModelIndex& index : indexes) {
            if (index.row() < newCount()) {
                fresh += m_edits.newRowIds()[index.row()];
                continue;
            }
            const rows::RowKey* key = keyAt(index.row());
            const rows::RowEdit* edit = key ? m_edits.row(*key) : nullptr;
            if (edit && edit->deleted)
                m_edits.revertRow(*key);
            else if (edit)
                m_edits.revertCell(*key, m_relation.columns[index.column()].name);
        }
        for (const int id : fresh)
            m_edits.removeNew(id);
    });
}

void TableModel::undo()
{
    if (m_frozen)
        return;
    const int before = newCount();
    m_edits.undo();
    publishEdits(before);
}

void TableModel::redo()
{
    if (m_frozen)
        return;
    const int before = newCount();
    m_edits.redo();
    publishEdits(before);
}

void TableModel::discard()
{
    m_refusals.clear();
    changeEdits([&] { m_edits.clear(); });
}

void TableModel::rebase(const rows::RowKey& key, const std::map<QString, Value>& theirs)
{
    changeEdits([&] { m_edits.rebase(key, theirs); });
}

void TableModel::forget(const rows::RowKey& key)
{
    changeEdits([&] { m_edits.revertRow(key); });
}

void TableModel::setEdits(rows::StagedEdits edits)
{
    const int before = newCount();
    m_edits = std::move(edits);
    m_refusals.clear();
    publishEdits(before);
}

void TableModel::showViolations(const QList<rows::Violation>& violations)
{
    m_refusals.clear();
    for (const rows::Violation& violation : violations) {
        const QByteArray row =
            violation.row.newId ? QByteArray::number(violation.row.newId) : rows::encoded(violation.row.key);
        m_refusals.insert(row + '\n' + violation.column.toUtf8(), violation.error.oneLine());
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

}  // namespace dewpoint::items
