// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/judge.h"

#include "base/words.h"
#include "diff/compare.h"

#include <algorithm>

namespace dewpoint::rehearse {

namespace {

/// Columns whose values differ in the rows that are shown, so that the sentence can name them.
QStringList changedColumns(const TableRows& rows)
{
    QStringList names;
    for (const RowDifference& row : rows.shown) {
        for (qsizetype i = 0; i < rows.columns.size() && !row.before.empty() && !row.after.empty(); ++i) {
            const auto place = static_cast<size_t>(i);
            if (row.before[place] != row.after[place] && !names.contains(rows.columns[i]))
                names << rows.columns[i];
        }
    }
    return names;
}

QStringList lostOf(const TableRows& rows)
{
    QStringList lost;
    if (!rows.problem.isEmpty())
        lost << Words::tr("%1 could not be compared: %2").arg(rows.title(), rows.problem);
    for (const ColumnValues& column : rows.lost)
        lost << park::valuesOf(column.values, rows.title() + u'.' + column.column);
    if (rows.removed > 0)
        lost << park::rowsOf(rows.removed, rows.title());
    if (rows.added > 0)
        lost << Words::tr("%1 not there before").arg(park::rowsOf(rows.added, rows.title()));
    if (rows.changed > 0 && rows.lost.isEmpty()) {
        const QStringList columns = changedColumns(rows);
        lost << (columns.size() == 1 ? park::valuesOf(rows.changed, rows.title() + u'.' + columns.first())
                                     : Words::tr("values in %1 (%2)")
                                           .arg(park::rowsOf(rows.changed, rows.title()),
                                                columns.join(QStringLiteral(", "))));
    }
    return lost;
}

bool touches(const QList<change::Change>& changes, const TableRows& rows)
{
    return std::ranges::any_of(changes, [&](const change::Change& one) {
        const change::Name name = change::relation(one);
        return name.schema == rows.schema && name.name == rows.name;
    });
}

/// A script may touch rows without a trace in the catalog: then its text names the table.
bool mentions(const Course& course, const apply::Step& step, const TableRows& rows)
{
    const auto script = course.script(step.migration, step.direction);
    return script && script->contains(rows.name, Qt::CaseInsensitive);
}

Judgement judgeOne(const Rehearsal& rehearsal, const Observer& observer, const project::Migration& migration,
                   bool wasTaken)
{
    Judgement one{.migration = migration};
    const QString& version = migration.version;
    if (observer.afterThere.contains(version))
        one.changes = diff::compare(observer.beforeThere.value(version), observer.afterThere.value(version));
    if (rehearsal.failure && rehearsal.failure->step.migration.version == version)
        one.verdict =
            rehearsal.failure->step.direction == apply::Direction::Down ? Verdict::DownFails : Verdict::Fails;
    else if (!rehearsal.withDown || rehearsal.failure)
        one.verdict = Verdict::UpOnly;
    else if (!wasTaken)
        one.verdict = Verdict::NoDown;
    else {
        if (observer.afterBack.contains(version))
            one.left = diff::compare(observer.afterBack.value(version), observer.beforeThere.value(version));
        one.verdict = one.left.isEmpty() ? Verdict::ComesBack : Verdict::Differs;
    }
    return one;
}

/// Whose changes the rows belong to: by the catalog, or else by a script's text; nobody where that is unknown.
QList<qsizetype> guilty(const QList<Judgement>& list, const Course& course, const TableRows& rows)
{
    QList<qsizetype> found;
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (touches(list[i].changes, rows))
            found << i;
    }
    if (!found.isEmpty())
        return found;
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (mentions(course, course.steps[i], rows))
            found << i;
    }
    return found;
}

void blame(Judgement& one, const TableRows& rows)
{
    if (one.verdict != Verdict::ComesBack && one.verdict != Verdict::LosesValues
        && one.verdict != Verdict::Differs)
        return;
    one.lost += lostOf(rows);
    if (one.verdict == Verdict::ComesBack)
        one.verdict = Verdict::LosesValues;
}

}  // namespace

QStringList lostOf(const QList<TableRows>& notBack)
{
    QStringList lost;
    for (const TableRows& rows : notBack)
        lost += lostOf(rows);
    return lost;
}

QList<Judgement> judge(const Rehearsal& rehearsal, const Observer& observer, const Course& course, int back)
{
    QList<Judgement> list;
    const qsizetype count = rehearsal.steps.size();
    for (qsizetype i = 0; i < count; ++i)
        list.append(judgeOne(rehearsal, observer, rehearsal.steps[i].migration, i >= count - back));
    if (!rehearsal.withDown || rehearsal.failure || back == 0)
        return list;
    for (const TableRows& rows : rehearsal.notBack) {
        const QList<qsizetype> named = guilty(list, course, rows);
        for (qsizetype i = 0; i < count; ++i) {
            if (named.isEmpty() || named.contains(i))
                blame(list[i], rows);
        }
    }
    return list;
}

}  // namespace dewpoint::rehearse
