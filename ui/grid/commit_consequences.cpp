// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/commit_consequences.h"

#include "theme/theme.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

CommitConsequences::CommitConsequences(runtime::Session& session, Edits edits)
    : m_session(session), m_edits(std::move(edits))
{
    setObjectName(u"consequences"_s);
    setProperty("role", u"consequence"_s);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setMargin(theme::space::s);
    hide();
}

void CommitConsequences::consider()
{
    const QList<rows::TableEdits> edits = m_edits();
    QList<std::vector<rows::MovedRow>> moved;
    bool any = false;
    for (const rows::TableEdits& table : edits) {
        moved += rows::movedRows(table);
        any = any
              || (!table.referrers.isEmpty() && std::ranges::any_of(moved.last(), &rows::MovedRow::followed));
    }
    if (!any)
        moved.clear();
    if (moved == m_considered)
        return;
    m_considered = moved;
    m_job = {};
    if (!any)
        return say({});
    say({tr("Counting the rows that refer to the changed ones…")});  // what was counted was of others
    count(edits);
}

// A page that is wanted comes first; then it begins again.
void CommitConsequences::count(const QList<rows::TableEdits>& edits)
{
    m_job = m_session.run(
        runtime::Session::Lane::Spare, this,
        [edits](drivers::Connection& connection, const runtime::StopToken&) {
            return rows::consequencesOf(connection, edits);
        },
        [this, edits](const Result<QList<rows::DependantCount>>& counts) {
            if (!counts && counts.error().kind == ErrorKind::Cancelled)
                return count(edits);
            if (!counts)
                return say({tr("The rows that refer to the changed ones could not be counted: %1")
                                .arg(counts.error().oneLine())});
            QStringList lines;
            for (const rows::DependantCount& each : *counts)
                lines += rows::sentence(each);
            say(lines, std::max<qint64>(0, rows::rowsAlong(*counts)));
        });
}

void CommitConsequences::say(const QStringList& lines, qint64 along)
{
    const QString before = text();
    m_lines = lines;
    m_along = along;
    setText(lines.isEmpty() ? QString() : u"⚠ "_s + lines.join(u'\n'));
    setVisible(!lines.isEmpty());
    Q_EMIT told(before);
}

QString CommitConsequences::tail() const
{
    const int rows = static_cast<int>(std::min<qint64>(m_along, INT_MAX));
    return rows == 0 ? QString() : tr(", and %n other row(s) with them", nullptr, rows);
}

}  // namespace dewpoint::grid
