// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/statement_log.h"

#include "kit/plain_tip.h"
#include "theme/theme.h"

#include <QLocale>

namespace dewpoint::shell {

namespace {

constexpr qsizetype mostKept = 5000;
constexpr qsizetype longestLine = 500;  ///< the rest is in the tool tip and in what is copied

}  // namespace

void StatementLog::add(const QString& sql, qint64 microseconds, qint64 rows)
{
    // Counting a table asks the same question of one part after the other: that is one line.
    if (!m_entries.isEmpty() && m_entries.last().sql == sql) {
        Entry& last = m_entries.last();
        ++last.times;
        last.microseconds += microseconds;
        last.rows += rows;
        return Q_EMIT dataChanged(index(0, 0), index(0, 3));
    }
    if (m_entries.size() >= mostKept) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_entries.removeFirst();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_entries.append({.time = QTime::currentTime(), .sql = sql, .microseconds = microseconds, .rows = rows});
    endInsertRows();
}

void StatementLog::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

int StatementLog::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int StatementLog::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 4;
}

QVariant StatementLog::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry& entry = m_entries[m_entries.size() - 1 - index.row()];
    if (role == Qt::TextAlignmentRole && (index.column() == 1 || index.column() == 2))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && index.column() == 3)
        return theme::monoFont();
    if (role == Qt::ToolTipRole && index.column() == 3)
        return kit::plainTip(entry.sql);
    if (role == Qt::UserRole)
        return entry.sql;
    if (role != Qt::DisplayRole)
        return {};
    const QLocale locale;
    switch (index.column()) {
    case 0: return entry.time.toString(QStringLiteral("HH:mm:ss.zzz"));
    case 1: return tr("%1 ms").arg(locale.toString(static_cast<double>(entry.microseconds) / 1000.0, 'f', 1));
    case 2: return locale.toString(entry.rows);
    default:
        return (entry.times > 1 ? QStringLiteral("%1 × ").arg(locale.toString(entry.times)) : QString())
               + entry.sql.left(longestLine).simplified();
    }
}

QVariant StatementLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Time"), tr("Duration"), tr("Rows"), tr("Statement")};
    return titles.value(section);
}

}  // namespace dewpoint::shell
