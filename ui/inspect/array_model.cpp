// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_model.h"

#include "kit/plain_tip.h"
#include "rows/input_check.h"
#include "theme/theme.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype longestLine = 400;  ///< bytes of an element that one line shows

QString oneLine(const QByteArray& text)
{
    const bool cut = text.size() > longestLine;
    return QString::fromUtf8(text.first(std::min(text.size(), longestLine)))
               .replace(u'\n', u'⏎')
               .replace(u'\t', u'⇥')
               .remove(u'\r')
           + (cut ? u"…"_s : QString());
}

}  // namespace

void ArrayModel::setArray(ArrayText array, const rows::RelationColumn& element)
{
    beginResetModel();
    m_array = std::move(array);
    m_element = element;
    m_room = -1;
    endResetModel();
}

rows::RelationColumn ArrayModel::element() const
{
    if (!m_array.hasParts())
        return m_element;
    rows::RelationColumn part = m_element;
    part.type += u"[]"_s;
    part.family = rows::ColumnFamily::Other;
    part.choices.clear();
    return part;
}

/// Behind an inserted or removed one all are called otherwise.
void ArrayModel::tellNumbers(int from)
{
    if (from < rowCount())
        Q_EMIT dataChanged(index(from, Number), index(rowCount() - 1, Number));
}

void ArrayModel::insert(int row, const std::vector<ArrayElement>& elements)
{
    if (elements.empty())
        return;
    beginInsertRows({}, row, row + static_cast<int>(elements.size()) - 1);
    m_array.elements.insert(m_array.elements.begin() + row, elements.begin(), elements.end());
    endInsertRows();
    tellNumbers(row);
    Q_EMIT edited();
}

void ArrayModel::remove(const QList<int>& rows)
{
    for (qsizetype last = rows.size() - 1; last >= 0;) {
        qsizetype first = last;
        while (first > 0 && rows[first - 1] + 1 == rows[first])
            --first;
        beginRemoveRows({}, rows[first], rows[last]);
        m_array.elements.erase(m_array.elements.begin() + rows[first],
                               m_array.elements.begin() + rows[last] + 1);
        endRemoveRows();
        last = first - 1;
    }
    if (rows.isEmpty())
        return;
    tellNumbers(rows.first());
    Q_EMIT edited();
}

void ArrayModel::set(const QList<int>& rows, const ArrayElement& element)
{
    const bool isNews = std::ranges::any_of(rows, [&](int row) { return at(row) != element; });
    if (!isNews)
        return;
    for (const int row : rows)
        m_array.elements.at(static_cast<size_t>(row)) = element;
    Q_EMIT dataChanged(index(rows.first(), Value), index(rows.last(), Value));
    Q_EMIT edited();
}

/// The element in front of each run of rows, or the one behind it, goes to the run's other end.
void ArrayModel::move(const QList<int>& rows, int by)
{
    const auto at = [this](int row) { return m_array.elements.begin() + row; };
    for (qsizetype first = 0; first < rows.size();) {
        qsizetype last = first;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        const int from = by < 0 ? rows[first] - 1 : rows[last] + 1;
        beginMoveRows({}, from, from, {}, by < 0 ? rows[last] + 1 : rows[first]);
        if (by < 0)
            std::rotate(at(from), at(from) + 1, at(rows[last]) + 1);
        else
            std::rotate(at(rows[first]), at(from), at(from) + 1);
        endMoveRows();
        first = last + 1;
    }
    tellNumbers(std::max(0, rows.first() - 1));
    Q_EMIT edited();
}

QString ArrayModel::problemOf(int row, const QString& typed) const
{
    if (!m_array.hasParts())
        return rows::inputProblem(typed, m_element, Engine::Postgres);
    const auto part = m_array.partFor(static_cast<size_t>(row), typed.toUtf8());
    return part ? QString() : sentence(part.error());
}

/// What PostgreSQL will refuse of a value is left to it, as in a grid's cell; a part has to be one.
bool ArrayModel::put(int row, const ArrayElement& typed)
{
    const bool isRoom = row == m_room;
    const auto place = static_cast<size_t>(row);
    if (m_array.hasParts()) {
        const auto part = m_array.partFor(place, typed.value_or(QByteArray()));
        if (!part) {
            Q_EMIT refused(sentence(part.error()));
            return false;
        }
        if (!isRoom && part->write() == m_array.elements.at(place))
            return false;
        m_array.setPart(place, *part);
    } else if (isRoom || at(row) != typed) {
        m_array.elements.at(place) = typed;
    } else {
        return false;
    }
    m_room = -1;
    Q_EMIT dataChanged(index(row, Number), index(row, Value));
    Q_EMIT edited();
    return true;
}

void ArrayModel::makeRoom(int row)
{
    giveRoomUp();
    beginInsertRows({}, row, row);
    m_array.elements.insert(m_array.elements.begin() + row, m_array.blank());
    m_room = row;
    endInsertRows();
    tellNumbers(row);
}

void ArrayModel::giveRoomUp()
{
    if (m_room < 0)
        return;
    const int row = std::exchange(m_room, -1);
    beginRemoveRows({}, row, row);
    m_array.elements.erase(m_array.elements.begin() + row);
    endRemoveRows();
    tellNumbers(row);
}

int ArrayModel::find(const QString& text, int from, bool backwards) const
{
    const int count = rowCount();
    for (int step = 0; step < count; ++step) {
        const int row = ((backwards ? from - step : from + step) % count + count) % count;
        if (at(row) && QString::fromUtf8(*at(row)).contains(text, Qt::CaseInsensitive))
            return row;
    }
    return -1;
}

int ArrayModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_array.elements.size());
}

int ArrayModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Value + 1;
}

QString ArrayModel::shown(int row, int column) const
{
    if (column == Number)
        return QString::number(qint64(m_array.lower()) + row);
    const ArrayElement& element = at(row);
    return !element ? u"NULL"_s : element->isEmpty() ? tr("empty") : oneLine(*element);
}

QVariant ArrayModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = index.row();
    const bool isAbsent = index.column() == Value && (!at(row) || at(row)->isEmpty());
    switch (role) {
    case Qt::DisplayRole: return shown(row, index.column());
    case Qt::EditRole:
        return index.column() == Value ? QString::fromUtf8(at(row).value_or(QByteArray()))
                                       : shown(row, Number);
    case Qt::AccessibleTextRole:
        return index.column() == Number ? u"%1: %2"_s.arg(shown(row, Number), shown(row, Value))
                                        : shown(row, Value);
    case Qt::ForegroundRole:
        return theme::color(index.column() == Number ? theme::Role::TextMuted
                            : isAbsent               ? theme::Role::TextFaint
                                                     : theme::Role::Text);
    case Qt::FontRole: {
        QFont font = index.column() == Number ? theme::smallFont() : theme::textFont();
        font.setItalic(isAbsent);
        return font;
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter
                                   | (index.column() == Number ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return index.column() == Value && !isAbsent ? kit::plainTip(shown(row, Value)) : QVariant();
    default: return {};
    }
}

QVariant ArrayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Number ? tr("No.") : tr("Value");
}

Qt::ItemFlags ArrayModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return m_editable && index.column() == Value ? base | Qt::ItemIsEditable : base;
}

bool ArrayModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    return role == Qt::EditRole && flags(index).testFlag(Qt::ItemIsEditable)
           && put(index.row(), value.toString().toUtf8());
}

}  // namespace dewpoint::inspect
