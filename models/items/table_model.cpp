// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"

#include "rows/cell_input.h"
#include "rows/input_check.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::items {

namespace {

constexpr int maxRows = 1'000'000'000;  // an item view counts in int

// A grid cell is one line; the rest of a long text would only slow down the drawing.
QString shown(const Value& value)
{
    constexpr qsizetype longest = 300;
    if (const auto* text = std::get_if<Text>(&value); text && text->utf8.size() > 4 * longest)
        return QString::fromUtf8(text->utf8.first(4 * longest)).left(longest) + u'…';
    if (const auto* blob = std::get_if<Blob>(&value); blob && blob->bytes.size() > longest)
        return displayText(Blob{blob->bytes.first(longest)}) + u'…';
    return displayText(value);
}

void describe(CellState& state, const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    state.isDefault = !plain;
    if (!plain)
        return;
    state.null = isNull(*plain);
    const auto* text = std::get_if<Text>(plain);
    state.empty = text && text->utf8.isEmpty();
    state.text = shown(*plain);
}

/// A staged value, with what is to be said of it before the database gets it.
void describeStaged(CellState& state, const rows::EditValue& value, const rows::RelationColumn& column,
                    Engine engine)
{
    describe(state, value);
    if (const auto* plain = std::get_if<Value>(&value))
        state.warning = rows::storageWarning(*plain, column, engine);
}

/// Nothing for DEFAULT.
std::optional<Value> plainValue(const rows::EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    return plain ? std::optional(*plain) : std::nullopt;
}

}  // namespace

int TableModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return newCount() + static_cast<int>(std::min<qint64>(m_total.rows, maxRows));
}

int TableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_relation.columns.size());
}

TableModel::Place TableModel::placeOf(int row) const
{
    if (m_whole)
        return row < m_whole->rows.rowCount() ? Place{&*m_whole, row} : Place{};
    const qint64 position = qint64(row) - newCount();
    if (position < 0)
        return {};
    const rows::Page* page = m_cache.find(position / pageRows);
    const auto local = static_cast<int>(position % pageRows);
    if (!page)
        want(position / pageRows);
    return page && local < page->rows.rowCount() ? Place{page, local} : Place{};
}

const rows::RowKey* TableModel::keyAt(int row) const
{
    const Place place = placeOf(row);
    return place.page && !place.page->keys.empty() ? &place.page->keys[static_cast<size_t>(place.row)]
                                                   : nullptr;
}

std::optional<rows::RowKey> TableModel::keyOf(int row) const
{
    const rows::RowKey* key = row < newCount() ? nullptr : keyAt(row);
    return key ? std::optional(*key) : std::nullopt;
}

// A value of which only a preview was read cannot be compared at commit, so it is left out.
rows::RowImage TableModel::originalAt(const Place& place) const
{
    rows::RowImage original;
    const RowBatch& batch = place.page->rows;
    for (int column = 0; column < m_relation.columns.size(); ++column) {
        if (!batch.truncated.contains(qsizetype(place.row) * batch.columnCount() + column))
            original.emplace(m_relation.columns[column].name, batch.at(place.row, column));
    }
    return original;
}

CellState TableModel::newCell(int id, int column) const
{
    CellState state{.row = RowState::Added};
    const rows::NewRow* row = m_edits.newRow(id);
    if (!row)
        return state;  // on its way out
    const rows::RelationColumn& info = m_relation.columns[column];
    const auto value = row->values.find(info.name);
    describeStaged(state, value == row->values.end() ? rows::EditValue(rows::Default{}) : value->second, info,
                   m_relation.engine);
    state.changed = !state.isDefault;
    if (state.isDefault && !rows::hasServerValue(info)) {
        state.isDefault = false;
        state.null = info.nullable;
        state.required = !info.nullable;
    }
    state.error = m_refusals.at(QByteArray::number(id), info.name);
    return state;
}

CellState TableModel::loadedCell(const Place& place, int column) const
{
    CellState state;
    const RowBatch& batch = place.page->rows;
    const rows::RowKey* key =
        place.page->keys.empty() ? nullptr : &place.page->keys[static_cast<size_t>(place.row)];
    const QString& name = m_relation.columns[column].name;
    const rows::RowEdit* edit = key && !m_edits.rows().empty() ? m_edits.row(*key) : nullptr;
    if (edit) {
        state.row = edit->deleted ? RowState::Deleted : RowState::Changed;
        if (const auto cell = edit->cells.find(name); cell != edit->cells.end()) {
            state.changed = true;
            describeStaged(state, cell->second.after, m_relation.columns[column], m_relation.engine);
        }
    }
    if (key && !m_refusals.isEmpty())
        state.error = m_refusals.at(rows::encoded(*key), name);
    if (!state.changed) {
        describe(state, batch.at(place.row, column));
        state.wholeSize = batch.truncated.value(qsizetype(place.row) * batch.columnCount() + column, -1);
        state.truncated = state.wholeSize >= 0;
    }
    return state;
}

CellState TableModel::cellState(const QModelIndex& index) const
{
    if (!index.isValid())
        return {.row = RowState::Loading};
    const Place place = index.row() < newCount() ? Place{} : placeOf(index.row());
    CellState state = index.row() < newCount() ? newCell(m_fresh[index.row()], index.column())
                      : place.page             ? loadedCell(place, index.column())
                                               : CellState{.row = RowState::Loading};
    if (!references().isEmpty() && !state.text.isEmpty())
        state.label = labelAt(index.row(), index.column());
    return state;
}

bool TableModel::isLoaded(int row) const
{
    return m_whole || row < newCount() || m_cache.contains((qint64(row) - newCount()) / pageRows);
}

QList<int> TableModel::loadedRows(int first, int last) const
{
    QList<int> rows;
    const int fresh = m_whole ? rowCount() : newCount();
    for (int row = first; row <= last && row < fresh; ++row)
        rows += row;
    QList<qint64> pages = m_cache.numbers();
    std::ranges::sort(pages);
    for (const qint64 page : std::as_const(pages)) {
        const auto begin = std::max<qint64>(first, fresh + page * pageRows);
        const qint64 end = std::min({static_cast<qint64>(last), fresh + (page + 1) * pageRows - 1,
                                     static_cast<qint64>(rowCount()) - 1});
        for (qint64 row = begin; row <= end; ++row)
            rows += static_cast<int>(row);
    }
    return rows;
}

RowState TableModel::rowState(int row) const
{
    if (row < newCount())
        return RowState::Added;
    const Place place = placeOf(row);
    if (!place.page)
        return RowState::Loading;
    if (place.page->keys.empty() || m_edits.rows().empty())
        return RowState::Clean;
    const rows::RowEdit* edit = m_edits.row(place.page->keys[static_cast<size_t>(place.row)]);
    if (!edit)
        return RowState::Clean;
    return edit->deleted ? RowState::Deleted : RowState::Changed;
}

QString TableModel::rowError(int row) const
{
    const QByteArray name = m_refusals.isEmpty() ? QByteArray() : nameOf(row);
    return name.isEmpty() ? QString() : m_refusals.inRow(name);
}

QByteArray TableModel::nameOf(int row) const
{
    if (row < newCount())
        return QByteArray::number(m_fresh[row]);
    const rows::RowKey* key = keyAt(row);
    return key ? rows::encoded(*key) : QByteArray();
}

std::optional<Value> TableModel::valueAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const QString& name = m_relation.columns[index.column()].name;
    if (index.row() < newCount()) {
        const rows::NewRow* row = m_edits.newRow(m_fresh[index.row()]);
        if (!row)
            return {};
        const auto value = row->values.find(name);
        return value == row->values.end() ? std::nullopt : plainValue(value->second);
    }
    const Place place = placeOf(index.row());
    if (!place.page)
        return {};
    if (const rows::RowKey* key = keyAt(index.row())) {
        const rows::RowEdit* edit = m_edits.row(*key);
        if (edit && edit->cells.contains(name))
            return plainValue(edit->cells.at(name).after);
    }
    return place.page->rows.at(place.row, index.column());
}

Record TableModel::recordAt(const QModelIndex& index) const
{
    Record record{.relation = m_relation};
    if (!index.isValid())
        return record;
    record.current = index.column();
    record.loaded = rowState(index.row()) != RowState::Loading;
    for (int column = 0; column < m_relation.columns.size(); ++column) {
        const QModelIndex cell = this->index(index.row(), column);
        record.fields += {m_relation.columns[column], valueAt(cell), cellState(cell)};
    }
    return record;
}

QVariant TableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::EditRole) {
        const auto value = valueAt(index);
        return value ? rows::editText(*value, m_relation.engine) : QString();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const CellState state = cellState(index);
    if (role == Qt::ToolTipRole)
        return !state.error.isEmpty()     ? QVariant(state.error)
               : !state.warning.isEmpty() ? QVariant(state.warning)
                                          : QVariant();
    if (role == Qt::DisplayRole)
        return state.text;
    if (state.row == RowState::Loading)
        return tr("loading");
    return state.null        ? u"NULL"_s
           : state.isDefault ? u"DEFAULT"_s
           : state.required  ? tr("required")
           : state.empty     ? tr("empty text")
                             : state.text;
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole && section >= newCount()
                   ? QString::number(qint64(section) - newCount() + 1)
                   : QVariant();
    const rows::RelationColumn& column = m_relation.columns[section];
    if (role == Qt::DisplayRole)
        return column.name;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (isRightAligned(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        QString text =
            column.name + u' ' + column.declared() + (column.nullable ? QString() : u" NOT NULL"_s);
        for (const int reference : referencesAt(section))
            text += u"\n→ "_s + references()[reference].targetTitle + u" ("_s
                    + references()[reference].target.keyColumns.join(u", "_s) + u')';
        if (column.readOnly)
            text += u'\n' + tr("Computed by the database; cannot be edited.");
        return text;
    }
    return {};
}

// Digits of the same weight stand below each other, but an id that is followed by its label does not.
bool TableModel::isRightAligned(int column) const
{
    return rows::readsAsNumber(m_relation.columns[column]) && labelReference(column) < 0;
}

bool TableModel::isStageable(int column) const
{
    return m_relation.editable && column >= 0 && column < m_relation.columns.size()
           && !m_relation.columns[column].readOnly;
}

bool TableModel::isEditable(const QModelIndex& index) const
{
    return isSettable(index) && !cellState(index).truncated;
}

bool TableModel::isSettable(const QModelIndex& index) const
{
    if (m_frozen || !index.isValid() || !isStageable(index.column()))
        return false;
    const RowState row = rowState(index.row());
    return row != RowState::Loading && row != RowState::Deleted;
}

Qt::ItemFlags TableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return isEditable(index) ? base | Qt::ItemIsEditable : base;
}

int TableModel::rowOf(const rows::RowRef& ref) const
{
    if (ref.newId)
        return static_cast<int>(m_fresh.indexOf(ref.newId));
    for (const qint64 number : m_cache.numbers()) {
        const rows::Page* page = m_cache.find(number);
        const auto found = std::ranges::find(page->keys, ref.key);
        if (found != page->keys.end())
            return newCount() + static_cast<int>(number * pageRows + (found - page->keys.begin()));
    }
    return -1;
}

std::optional<rows::EditValue> TableModel::stagedAt(const QByteArray& row, const QString& column) const
{
    if (const auto edit = m_edits.rows().find(row); edit != m_edits.rows().end()) {
        const auto cell = edit->second.cells.find(column);
        return cell == edit->second.cells.end() ? std::nullopt : std::optional(cell->second.after);
    }
    bool isNew = false;
    const rows::NewRow* fresh = m_edits.newRow(row.toInt(&isNew));
    if (!isNew || !fresh)
        return {};
    const auto value = fresh->values.find(column);
    return value == fresh->values.end() ? std::nullopt : std::optional(value->second);
}

bool TableModel::isStaged(const QByteArray& row) const
{
    bool isNew = false;
    const int id = row.toInt(&isNew);
    return m_edits.rows().contains(row) || (isNew && m_edits.newRow(id));
}

void TableModel::redrawAll()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

}  // namespace dewpoint::items
