// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"
#include "rows/cell_input.h"
#include "rows/input_check.h"

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
    Q_EMIT rowsAboutToMove();
    m_edits.beginGroup();
    change();
    m_edits.endGroup();
    publishEdits();
}

void TableModel::publishEdits()
{
    placeNewRows();
    redrawAll();
    if (newCount() > 0)
        wantLabels(0, newCount() - 1);
    Q_EMIT editsChanged();
}

/// New rows stand first. Each comes and goes by itself, so that cursor, selection and place stay with the others.
void TableModel::placeNewRows()
{
    const QList<int> wanted = m_edits.newRowIds();
    const QSet<int> kept(wanted.cbegin(), wanted.cend());
    for (int last = newCount() - 1; last >= 0; --last) {
        int first = last;
        while (first >= 0 && !kept.contains(m_fresh[first]))
            --first;
        if (first == last)
            continue;
        beginRemoveRows({}, first + 1, last);
        m_fresh.remove(first + 1, last - first);
        endRemoveRows();
        last = first + 1;
    }
    for (int row = 0; row < wanted.size(); ++row) {
        int end = row;
        while (end < wanted.size() && (row >= newCount() || wanted[end] != m_fresh[row]))
            ++end;
        if (end == row)
            continue;
        beginInsertRows({}, row, end - 1);
        m_fresh.insert(row, end - row, 0);
        std::copy(wanted.cbegin() + row, wanted.cbegin() + end, m_fresh.begin() + row);
        endInsertRows();
        row = end;
    }
    if (m_fresh != wanted) {  // in another order
        beginResetModel();
        m_fresh = wanted;
        endResetModel();
    }
}

Value TableModel::beforeAt(const QModelIndex& index) const
{
    const Place place = index.row() < newCount() ? Place{} : placeOf(index.row());
    return place.page ? place.page->rows.at(place.row, index.column()) : Value(Null{});
}

bool TableModel::stage(const QModelIndex& index, const rows::EditValue& wanted)
{
    if (!isSettable(index))
        return false;
    const rows::RelationColumn& column = m_relation.columns[index.column()];
    const QString& name = column.name;
    const bool fresh = index.row() < newCount();
    // Without a default, DEFAULT is NULL; where that is refused there is nothing to stage.
    const bool meansNull = std::holds_alternative<rows::Default>(wanted) && !rows::hasServerValue(column);
    if (meansNull && !column.nullable && !fresh)
        return false;
    const rows::EditValue value = meansNull && !fresh ? rows::EditValue(Value(Null{})) : wanted;
    if (fresh) {
        const int id = m_fresh[index.row()];
        m_refusals.remove(QByteArray::number(id), name);
        m_edits.setNewCell(id, name, value);
        m_refusals.check(QByteArray::number(id), column, value);
        wantLabels(index.row(), index.row());
        return true;
    }
    const Place place = placeOf(index.row());
    if (!place.page || place.page->keys.empty())
        return false;
    const rows::RowKey key = place.page->keys[static_cast<size_t>(place.row)];
    m_refusals.remove(rows::encoded(key), name);
    m_edits.setCell(key, originalAt(place), name, value);
    m_refusals.check(rows::encoded(key), column, value);
    wantLabels(index.row(), index.row());
    return true;
}

bool TableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !isEditable(index))
        return false;
    setTexts({{index, value.toString()}});
    return true;
}

int TableModel::setTexts(const QList<std::pair<QModelIndex, QString>>& texts)
{
    return paste(texts, {});
}

bool TableModel::stageText(const QModelIndex& index, const QString& text)
{
    if (!isEditable(index))
        return false;
    const auto now = valueAt(index);
    // An editor opened and left without typing must not turn NULL or DEFAULT into ''.
    if (text.isEmpty() && (!now || isNull(*now)))
        return true;
    if (now && rows::editText(*now, m_relation.engine) == text)
        return true;
    const rows::RelationColumn& column = m_relation.columns[index.column()];
    const Value before = now ? *now : beforeAt(index);
    const auto value = rows::parsedInput(text, column, before, m_relation.engine);
    if (!value) {
        refuse(index, value.error());
        return false;
    }
    if (!stage(index, rows::EditValue(*value)))
        return false;
    // It is kept all the same: what was typed is never thrown away, and the database has the last word.
    if (const QString problem = rows::inputProblem(text, column, m_relation.engine); !problem.isEmpty())
        mark(index, problem);
    return true;
}

void TableModel::mark(const QModelIndex& index, const QString& problem)
{
    m_refusals.set(nameOf(index.row()), m_relation.columns[index.column()].name, problem);
}

int TableModel::paste(const QList<std::pair<QModelIndex, QString>>& texts, const QList<NewTexts>& newRows)
{
    QSet<int> missing;
    int taken = 0;
    changeEdits([&] {
        for (const auto& [index, text] : texts) {
            if (rowState(index.row()) == RowState::Loading)
                missing.insert(index.row());
            else if (stageText(index, text))
                ++taken;
        }
        for (const NewTexts& row : newRows)
            insertTexts(row);
    });
    tellLeftOut(missing);
    return taken;
}

void TableModel::insertTexts(const NewTexts& texts)
{
    std::map<QString, rows::EditValue> values;
    std::map<QString, QString> problems;
    for (const auto& [column, text] : texts) {
        const rows::RelationColumn& info = m_relation.columns[column];
        if (!isStageable(column) || (text.isEmpty() && rows::mayBeLeftOut(info)))
            continue;
        const auto value = rows::parsedInput(text, info, Null{}, m_relation.engine);
        const QString problem =
            value ? rows::inputProblem(text, info, m_relation.engine) : value.error().oneLine();
        if (!problem.isEmpty())
            problems.emplace(info.name, problem);
        if (value)
            values.emplace(info.name, *value);
    }
    const QByteArray row = QByteArray::number(m_edits.insertRow(std::move(values)));
    for (const auto& [name, problem] : problems)
        m_refusals.set(row, name, problem);
}

void TableModel::fillDown(const QModelIndexList& indexes)
{
    QHash<int, QModelIndex> tops;
    for (const QModelIndex& index : indexes) {
        const auto top = tops.constFind(index.column());
        if (top == tops.cend() || index.row() < top->row())
            tops.insert(index.column(), index);
    }
    const bool cut = std::ranges::any_of(std::as_const(tops),
                                         [this](const QModelIndex& top) { return cellState(top).truncated; });
    if (cut)
        return Q_EMIT inputRefused(
            {.kind = ErrorKind::Unsupported,
             .message = tr("Only the beginning of the topmost value is loaded: it cannot be filled down.")});
    QSet<int> missing;
    changeEdits([&] {
        for (const QModelIndex& index : indexes) {
            const QModelIndex top = tops.value(index.column());
            if (rowState(index.row()) == RowState::Loading)
                missing.insert(index.row());
            else if (index != top && rowState(top.row()) != RowState::Loading)
                stage(index, valueAt(top)
                                 .transform([](const Value& value) { return rows::EditValue(value); })
                                 .value_or(rows::EditValue(rows::Default{})));
        }
    });
    tellLeftOut(missing);
}

void TableModel::refuse(const QModelIndex& index, const Error& error)
{
    mark(index, error.oneLine());
    Q_EMIT inputRefused(error);
}

void TableModel::setValue(const QModelIndexList& indexes, const rows::EditValue& value)
{
    QList<std::pair<QModelIndex, rows::EditValue>> values;
    for (const QModelIndex& index : indexes)
        values += {index, value};
    setValues(values);
}

void TableModel::setValues(const QList<std::pair<QModelIndex, rows::EditValue>>& values)
{
    QSet<int> missing;
    changeEdits([&] {
        for (const auto& [index, value] : values) {
            if (rowState(index.row()) == RowState::Loading)
                missing.insert(index.row());
            else
                stage(index, value);
        }
    });
    tellLeftOut(missing);
}

void TableModel::leaveOut(int rows)
{
    if (rows > 0)
        Q_EMIT rowsLeftOut(rows);
}

void TableModel::tellLeftOut(const QSet<int>& rows)
{
    if (!rows.isEmpty())
        Q_EMIT rowsLeftOut(static_cast<int>(rows.size()));
}

int TableModel::deleteRows(const QList<int>& rows)
{
    if (!m_relation.editable)
        return 0;
    QSet<int> missing;
    int deleted = 0;
    changeEdits([&] {
        QList<int> fresh;
        for (const int row : rows) {
            if (rowState(row) == RowState::Loading)
                missing.insert(row);
            if (row < newCount()) {
                fresh += m_fresh[row];
                ++deleted;
            } else if (const Place place = placeOf(row); place.page && !place.page->keys.empty()) {
                m_edits.deleteRow(place.page->keys[static_cast<size_t>(place.row)], originalAt(place));
                ++deleted;
            }
        }
        for (const int id : fresh)
            m_edits.removeNew(id);
    });
    tellLeftOut(missing);
    return deleted;
}

void TableModel::addRow()
{
    if (m_relation.editable)
        changeEdits([&] { m_edits.insertRow(); });
}

void TableModel::insertCopies(QList<RowValues> copies)
{
    if (m_frozen)
        return Q_EMIT inputRefused(
            {.kind = ErrorKind::Conflict,
             .message = tr("Nothing was duplicated: the changes before are being written.")});
    changeEdits([&] {
        for (RowValues& values : copies)
            m_edits.insertRow(std::move(values));
    });
}

void TableModel::revert(const QModelIndexList& indexes)
{
    changeEdits([&] {
        QList<int> fresh;
        for (const QModelIndex& index : indexes) {
            if (index.row() < newCount()) {
                fresh += m_fresh[index.row()];
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

void TableModel::revertRows(const QList<std::pair<rows::RowRef, QString>>& cells)
{
    changeEdits([&] {
        for (const auto& [row, column] : cells) {
            if (row.newId)
                m_edits.removeNew(row.newId);
            else if (column.isEmpty())
                m_edits.revertRow(row.key);
            else
                m_edits.revertCell(row.key, column);
        }
    });
}

void TableModel::undo()
{
    if (m_frozen)
        return;
    Q_EMIT rowsAboutToMove();
    m_edits.undo();
    publishEdits();
}

void TableModel::redo()
{
    if (m_frozen)
        return;
    Q_EMIT rowsAboutToMove();
    m_edits.redo();
    publishEdits();
}

void TableModel::discard()
{
    changeEdits([&] { m_edits.clear(); });
}

void TableModel::setEdits(rows::StagedEdits edits)
{
    m_edits = std::move(edits);
    m_refusals.clear();
    publishEdits();
}

void TableModel::showViolations(const QList<rows::Violation>& violations)
{
    m_refusals.clearRefused();
    for (const rows::Violation& violation : violations) {
        const QByteArray row =
            violation.row.newId ? QByteArray::number(violation.row.newId) : rows::encoded(violation.row.key);
        m_refusals.setRefused(row, violation.column, violation.error.oneLine());
    }
    redrawAll();
}

QList<rows::Violation> TableModel::knownProblems() const
{
    QList<rows::Violation> problems;
    for (const auto& [row, column, text] : m_refusals.known()) {
        rows::Violation problem{
            .row = {}, .column = column, .error = {.kind = ErrorKind::Type, .message = text}};
        if (const auto edit = m_edits.rows().find(row); edit != m_edits.rows().end())
            problem.row.key = edit->second.key;
        else if (m_edits.newRow(row.toInt()))
            problem.row.newId = row.toInt();
        else
            continue;  // what could not even be staged
        problems += problem;
    }
    return problems;
}

}  // namespace dewpoint::items
