// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/rehearse_text.h"

#include "base/words.h"

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

constexpr qsizetype shownStatement = 100;

QString milliseconds(qint64 microseconds)
{
    return QString::number(static_cast<double>(microseconds) / 1000.0, 'f', 3);
}

QString shortened(const QString& sql)
{
    const QString line = sql.simplified();
    return line.size() > shownStatement ? line.first(shownStatement) + u'…' : line;
}

QString stepText(const rehearse::StepRun& run, bool failed)
{
    const bool up = run.step.direction == apply::Direction::Up;
    const QString& name = run.step.migration.folder;
    QString text =
        failed ? (up ? Words::tr("Began %1 on the copy, and it failed")
                     : Words::tr("Began to revert %1 on the copy, and that failed"))
                     .arg(name)
               : (up ? Words::tr("Ran %1 on the copy (%2 ms)") : Words::tr("Reverted %1 on the copy (%2 ms)"))
                     .arg(name, milliseconds(run.microseconds));
    text += u'\n';
    for (const rehearse::StatementRun& one : run.statements) {
        const QString rows = one.sent.rows < 0    ? QString()
                             : one.sent.rows == 1 ? Words::tr("1 row")
                                                  : Words::tr("%1 rows").arg(one.sent.rows);
        text += u"  %1 ms  %2  %3\n"_s.arg(milliseconds(one.sent.microseconds), 10)
                    .arg(rows, 10)
                    .arg(shortened(one.sent.text));
        for (const rehearse::Lock& lock : one.locks)
            text += u"      "_s + Words::tr("%1 on %2: %3").arg(lock.mode, lock.relation, lock.consequence())
                    + u'\n';
    }
    return text;
}

QString rowsText(const rehearse::TableRows& rows)
{
    if (!rows.problem.isEmpty())
        return Words::tr("%1: could not be compared: %2").arg(rows.title(), rows.problem);
    if (rows.isNew)
        return Words::tr("%1: new, %2 rows").arg(rows.title()).arg(rows.after);
    if (rows.isGone)
        return Words::tr("%1: gone with %2 rows").arg(rows.title()).arg(rows.before);
    QString text = Words::tr("%1: %2 added, %3 removed, %4 changed")
                       .arg(rows.title())
                       .arg(rows.added)
                       .arg(rows.removed)
                       .arg(rows.changed);
    for (const rehearse::ColumnValues& column : rows.lost)
        text += Words::tr("; lost: %1").arg(park::valuesOf(column.values, column.column));
    for (const rehearse::ColumnValues& column : rows.gained)
        text += Words::tr("; new: %1").arg(park::valuesOf(column.values, column.column));
    return text;
}

QString indented(const QStringList& lines)
{
    QString text;
    for (const QString& line : lines)
        text += u"  "_s + line + u'\n';
    return text;
}

QString judgementText(const rehearse::Judgement& one)
{
    QString text = u"%1  %2"_s.arg(rehearse::verdictName(one.verdict), -12).arg(one.migration.folder);
    QStringList parts = one.lost;
    for (const change::Change& left : one.left)
        parts << change::sentence(left);
    return parts.isEmpty() ? text : text + u": "_s + parts.join(u", "_s);
}

QJsonArray sentences(const QList<change::Change>& changes)
{
    QJsonArray list;
    for (const change::Change& change : changes)
        list.append(change::sentence(change));
    return list;
}

QJsonArray cells(const std::vector<Value>& row)
{
    QJsonArray list;
    for (const Value& value : row)
        list.append(isNull(value) ? QJsonValue() : QJsonValue(displayText(value)));
    return list;
}

QJsonArray valuesJson(const QList<rehearse::ColumnValues>& values)
{
    QJsonArray list;
    for (const rehearse::ColumnValues& one : values)
        list.append(QJsonObject{{u"column"_s, one.column}, {u"values"_s, one.values}});
    return list;
}

QJsonArray rowsJson(const QList<rehearse::TableRows>& tables)
{
    QJsonArray list;
    for (const rehearse::TableRows& one : tables) {
        QJsonArray shown;
        for (const rehearse::RowDifference& row : one.shown)
            shown.append(QJsonObject{{u"before"_s, row.before.empty() ? QJsonValue() : cells(row.before)},
                                     {u"after"_s, row.after.empty() ? QJsonValue() : cells(row.after)}});
        list.append(QJsonObject{{u"table"_s, one.title()},
                                {u"before"_s, one.before},
                                {u"after"_s, one.after},
                                {u"added"_s, one.added},
                                {u"removed"_s, one.removed},
                                {u"changed"_s, one.changed},
                                {u"lost"_s, valuesJson(one.lost)},
                                {u"gained"_s, valuesJson(one.gained)},
                                {u"columns"_s, QJsonArray::fromStringList(one.columns)},
                                {u"rows"_s, shown},
                                {u"problem"_s, one.problem.isEmpty() ? QJsonValue() : one.problem}});
    }
    return list;
}

QJsonArray runsJson(const QList<rehearse::StepRun>& runs)
{
    QJsonArray list;
    for (const rehearse::StepRun& run : runs) {
        QJsonArray statements;
        for (const rehearse::StatementRun& one : run.statements) {
            QJsonArray locks;
            for (const rehearse::Lock& lock : one.locks)
                locks.append(QJsonObject{{u"relation"_s, lock.relation}, {u"mode"_s, lock.mode}});
            statements.append(
                QJsonObject{{u"sql"_s, one.sent.text},
                            {u"line"_s, one.sent.line},
                            {u"microseconds"_s, one.sent.microseconds},
                            {u"rows"_s, one.sent.rows < 0 ? QJsonValue() : QJsonValue(one.sent.rows)},
                            {u"locks"_s, locks}});
        }
        list.append(
            QJsonObject{{u"version"_s, run.step.migration.version},
                        {u"action"_s, run.step.direction == apply::Direction::Up ? u"run"_s : u"revert"_s},
                        {u"microseconds"_s, run.microseconds},
                        {u"statements"_s, statements}});
    }
    return list;
}

QJsonArray brokenSqlJson(const QList<rehearse::BrokenSql>& broken)
{
    QJsonArray list;
    for (const rehearse::BrokenSql& one : broken)
        list.append(QJsonObject{{u"kind"_s, store::kindName(one.kept.kind)},
                                {u"title"_s, one.kept.title},
                                {u"sql"_s, one.kept.sql},
                                {u"message"_s, one.message}});
    return list;
}

}  // namespace

QString rehearsalText(const rehearse::Rehearsal& rehearsal)
{
    if (rehearsal.steps.isEmpty())
        return (rehearsal.isRevert()
                    ? Words::tr("No applied migration is in reach, so there is nothing to rehearse.")
                    : Words::tr("Nothing is pending, so there is nothing to rehearse."))
               + u'\n';
    QString text;
    for (const rehearse::StepRun& run : rehearsal.runs)
        text += stepText(run, rehearsal.failure && rehearsal.failure->step == run.step);
    QStringList changes;
    for (const rehearse::Judgement& one : rehearsal.judgements) {
        for (const change::Change& change : one.changes)
            changes << change::sentence(change);
    }
    if (!changes.isEmpty())
        text += Words::tr("Structure:") + u'\n' + indented(changes);
    QStringList rows;
    for (const rehearse::TableRows& one : rehearsal.rows)
        rows << rowsText(one);
    if (!rows.isEmpty())
        text += Words::tr("Rows:") + u'\n' + indented(rows);
    if (!rehearsal.broken.isEmpty())
        text += Words::tr("Breaks:") + u'\n' + indented(rehearsal.broken);
    QStringList unreadable;
    for (const rehearse::BrokenSql& one : rehearsal.brokenSql)
        unreadable << one.sentence();
    if (!unreadable.isEmpty())
        text += Words::tr("Queries that would run no more:") + u'\n' + indented(unreadable);
    if (const QStringList moved = park::lines({.parked = rehearsal.parked, .putBack = rehearsal.putBack});
        !moved.isEmpty())
        text += Words::tr("On the copy:") + u'\n' + indented(moved);
    for (const rehearse::Judgement& one : rehearsal.judgements)
        text += judgementText(one) + u'\n';
    text +=
        rehearsal.liveIsUntouched()
            ? Words::tr("The live database is untouched: its checksum was and is %1.")
                  .arg(rehearsal.checksumBefore)
            : Words::tr("Another program wrote to the live database meanwhile: its checksum was %1 and is "
                        "%2. The rehearsal only read it.")
                  .arg(rehearsal.checksumBefore, rehearsal.checksumAfter);
    return text + u'\n' + rehearsal.sentence() + u'\n';
}

QJsonObject rehearsalJson(const rehearse::Rehearsal& rehearsal)
{
    QJsonArray migrations;
    for (const rehearse::Judgement& one : rehearsal.judgements)
        migrations.append(QJsonObject{{u"version"_s, one.migration.version},
                                      {u"name"_s, one.migration.name},
                                      {u"verdict"_s, rehearse::verdictName(one.verdict)},
                                      {u"changes"_s, sentences(one.changes)},
                                      {u"not_restored"_s, sentences(one.left)},
                                      {u"lost"_s, QJsonArray::fromStringList(one.lost)}});
    return {{u"action"_s, rehearsal.isRevert() ? u"revert"_s : u"run"_s},
            {u"verdict"_s, rehearse::verdictName(rehearsal.verdict())},
            {u"sentence"_s, rehearsal.sentence()},
            {u"migrations"_s, migrations},
            {u"runs"_s, runsJson(rehearsal.runs)},
            {u"rows"_s, rowsJson(rehearsal.rows)},
            {u"rows_not_back"_s, rowsJson(rehearsal.notBack)},
            {u"broken"_s, QJsonArray::fromStringList(rehearsal.broken)},
            {u"broken_queries"_s, brokenSqlJson(rehearsal.brokenSql)},
            {u"parked"_s, parcelsJson(rehearsal.parked)},
            {u"put_back"_s, putBackJson(rehearsal.putBack)},
            {u"failure"_s, rehearsal.failure ? QJsonValue(rehearsal.failure->oneLine()) : QJsonValue()},
            {u"live_checksum_before"_s, rehearsal.checksumBefore},
            {u"live_checksum_after"_s, rehearsal.checksumAfter}};
}

QJsonArray parcelsJson(const QList<park::Parcel>& parcels)
{
    QJsonArray list;
    for (const park::Parcel& parcel : parcels)
        list.append(QJsonObject{{u"table"_s, parcel.table},
                                {u"columns"_s, QJsonArray::fromStringList(parcel.columns)},
                                {u"whole_table"_s, parcel.wholeTable},
                                {u"values"_s, parcel.values},
                                {u"problem"_s, parcel.problem.isEmpty() ? QJsonValue() : parcel.problem}});
    return list;
}

QJsonArray putBackJson(const QList<park::PutBack>& putBack)
{
    QJsonArray list;
    for (const park::PutBack& back : putBack)
        list.append(QJsonObject{{u"table"_s, back.parcel.table},
                                {u"columns"_s, QJsonArray::fromStringList(back.parcel.columns)},
                                {u"rows"_s, back.rows},
                                {u"orphans"_s, back.orphans},
                                {u"still_parked"_s, back.why.isEmpty() ? QJsonValue() : back.why}});
    return list;
}

}  // namespace dewpoint::cli
