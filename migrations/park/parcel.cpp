// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/parcel.h"

#include "base/words.h"
#include "change/words.h"
#include "shadow/replay.h"

#include <QLocale>

#include <algorithm>

namespace dewpoint::park {

namespace {

bool isPlain(const schema::Table& table)
{
    return table.partitionBound.isEmpty()
           && (table.kind == schema::TableKind::Table || table.kind == schema::TableKind::Partitioned);
}

bool isKept(const schema::Column& column)
{
    return column.generated == schema::Generated::None && !column.hidden;
}

QStringList storedColumns(const schema::Table& table)
{
    QStringList names;
    for (const schema::Column& column : table.columns) {
        if (isKept(column))
            names << column.name;
    }
    return names;
}

Parcel columnsOf(const schema::Table& before, const schema::Table& after)
{
    Parcel parcel{.schema = before.schema, .table = before.name, .key = before.primaryKey()};
    for (const schema::Column& column : before.columns) {
        if (isKept(column) && !after.column(column.name))
            parcel.columns << column.name;
    }
    if (parcel.key.isEmpty())
        parcel.problem = Words::tr("%1 has no primary key by which they could be put back.")
                             .arg(change::called(before.schema, before.name));
    else if (parcel.key != after.primaryKey())
        parcel.problem = Words::tr("The primary key of %1 changes, by which they would be put back.")
                             .arg(change::called(before.schema, before.name));
    return parcel;
}

/// How much there is; a table that only an earlier step makes has nothing yet.
qint64 countOn(drivers::Connection& live, const Parcel& parcel)
{
    const QString from = sql::quoted(parcel.schema, parcel.table);
    QStringList counts;
    for (const QString& column : parcel.columns)
        counts << QStringLiteral("count(%1)").arg(sql::quoted(column));
    const QString what = parcel.wholeTable ? QStringLiteral("count(*)") : counts.join(QStringLiteral(" + "));
    const auto counted = live.scalar(QStringLiteral("SELECT %1 FROM %2").arg(what, from));
    return counted ? displayText(*counted).toLongLong() : 0;
}

}  // namespace

QString Parcel::title() const
{
    const QString name = change::called(schema, table);
    if (wholeTable)
        return name;
    return columns.size() == 1 ? name + u'.' + columns.first()
                               : QStringLiteral("%1 (%2)").arg(name, columns.join(QStringLiteral(", ")));
}

QList<Parcel> parcelsBetween(const schema::Database& before, const schema::Database& after)
{
    QList<Parcel> parcels;
    for (const schema::Table& table : before.tables) {
        if (!isPlain(table))
            continue;
        if (const schema::Table* now = after.table(table.schema, table.name)) {
            if (Parcel parcel = columnsOf(table, *now); !parcel.columns.isEmpty())
                parcels.append(std::move(parcel));
        } else {
            parcels.append({.schema = table.schema,
                            .table = table.name,
                            .columns = storedColumns(table),
                            .wholeTable = true});
        }
    }
    return parcels;
}

Result<QList<Parcel>> parcelsOf(drivers::Connection& live, const project::Project& project,
                                const QList<apply::Step>& steps, const drivers::StopAsked& stop)
{
    QList<Parcel> all;
    for (const apply::Step& step : steps) {
        const auto preview =
            shadow::preview(live, project, step.migration.version, step.migration.version, stop);
        if (!preview)
            return fail(preview.error());
        const bool up = step.direction == Direction::Up;
        auto parcels = up ? parcelsBetween(preview->before, preview->after)
                          : parcelsBetween(preview->after, preview->before);
        for (Parcel& parcel : parcels) {
            parcel.version = step.migration.version;
            parcel.direction = step.direction;
            parcel.values = countOn(live, parcel);
            if (parcel.values > 0)
                all.append(std::move(parcel));
        }
    }
    return all;
}

QString rowsOf(qint64 count, const QString& table)
{
    return count == 1 ? Words::tr("1 row of %1").arg(table)
                      : Words::tr("%1 rows of %2").arg(QLocale().toString(count), table);
}

QString valuesOf(qint64 count, const QString& column)
{
    return count == 1 ? Words::tr("1 value of %1").arg(column)
                      : Words::tr("%1 values of %2").arg(QLocale().toString(count), column);
}

QString sentence(const QList<Parcel>& parcels)
{
    QStringList parts;
    for (const Parcel& parcel : parcels)
        parts << (parcel.wholeTable ? rowsOf(parcel.values, parcel.title())
                                    : valuesOf(parcel.values, parcel.title()));
    return parts.join(QStringLiteral(", "));
}

}  // namespace dewpoint::park
