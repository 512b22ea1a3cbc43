// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rehearsal/row_differences.h"

#include "diagram/mark.h"
#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace dewpoint::rehearsal {

namespace {

using diagram::Mark;

constexpr qsizetype shownText = 200;

QString shown(const Value& value)
{
    if (isNull(value))
        return u"NULL"_s;
    const QString text = displayText(value).replace(u'\n', u'⏎');
    return text.size() > shownText ? text.first(shownText) + u'…' : text;
}

Mark markOf(const rehearse::RowDifference& row)
{
    if (row.before.empty())
        return Mark::Added;
    return row.after.empty() ? Mark::Removed : Mark::Changed;
}

}  // namespace

void RowDifferences::setRows(const rehearse::TableRows& rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int RowDifferences::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.shown.size());
}

int RowDifferences::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_rows.columns.isEmpty() ? 0 : static_cast<int>(m_rows.columns.size()) + 1;
}

bool RowDifferences::isChanged(const rehearse::RowDifference& row, int column) const
{
    const auto place = static_cast<size_t>(column);
    return !row.before.empty() && !row.after.empty() && row.before[place] != row.after[place];
}

QString RowDifferences::cell(const rehearse::RowDifference& row, int column) const
{
    const auto place = static_cast<size_t>(column);
    if (isChanged(row, column))
        return shown(row.before[place]) + u" → "_s + shown(row.after[place]);
    return shown(row.after.empty() ? row.before[place] : row.after[place]);
}

QVariant RowDifferences::data(const QModelIndex& index, int role) const
{
    const rehearse::RowDifference& row = m_rows.shown.at(index.row());
    const Mark mark = markOf(row);
    const int column = index.column() - 1;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return column < 0 ? diagram::signOf(mark) : cell(row, column);
    case Qt::TextAlignmentRole:
        return column < 0 ? QVariant(Qt::AlignCenter) : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::BackgroundRole:
        return column < 0 || mark != Mark::Changed || isChanged(row, column)
                   ? theme::color(diagram::softOf(mark))
                   : QVariant();
    default: return {};
    }
}

QVariant RowDifferences::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? QString() : m_rows.columns.value(section - 1);
}

}  // namespace dewpoint::rehearsal
