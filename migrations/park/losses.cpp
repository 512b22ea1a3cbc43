// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/losses.h"

#include "base/words.h"
#include "change/words.h"
#include "diff/normalise.h"
#include "lint/words.h"
#include "sql/statements.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

namespace {

using schema::TableKind;

bool isKept(const schema::Column& column)
{
    return column.generated == schema::Generated::None && !column.hidden;
}

const schema::Column* columnNamed(const schema::Table& table, const QString& name, Engine engine)
{
    const auto found = std::ranges::find_if(table.columns, [&](const schema::Column& column) {
        return diff::key(column.name, engine) == diff::key(name, engine);
    });
    return found == table.columns.end() ? nullptr : &*found;
}

QString virtualProblem(const schema::Table& table)
{
    return Words::tr("%1 is a virtual table, whose rows only its module can write.").arg(table.name);
}

Parcel whole(const schema::Table& table)
{
    Parcel parcel{.schema = table.schema,
                  .table = table.name,
                  .wholeTable = true,
                  .partitioned = table.kind == TableKind::Partitioned};
    for (const schema::Column& column : table.columns) {
        if (isKept(column))
            parcel.columns << column.name;
    }
    if (table.kind == TableKind::Virtual)
        parcel.problem = virtualProblem(table);
    return parcel;
}

/// inherits has the name as the server would write it, with a schema where it needs one.
bool isPartOf(const schema::Table& partition, const schema::Table& table, Engine engine)
{
    const QString name = sql::quotedIfNeeded(table.name, engine);
    const QString full = sql::quotedIfNeeded(table.schema, engine) + u'.' + name;
    return partition.inherits.contains(name) || partition.inherits.contains(full);
}

/// Compares one schema with the next.
class Losses final
{
public:
    Losses(const schema::Database& before, const schema::Database& after, const timeline::Renames& renames)
        : m_before(before), m_after(after), m_renames(renames)
    {}

    QList<Parcel> all() const
    {
        QList<Parcel> parcels;
        for (const schema::Table& table : m_before.tables) {
            // A foreign table's rows are elsewhere; a partition's go with its parent's.
            if (table.kind == TableKind::Foreign || (!table.partitionBound.isEmpty() && !parentStays(table)))
                continue;
            const schema::Table* now = next(table);
            if (!now)
                parcels.append(whole(table));
            else if (Parcel parcel = columns(table, *now);
                     table.partitionBound.isEmpty() && !parcel.columns.isEmpty())
                parcels.append(std::move(parcel));
        }
        return parcels;
    }

private:
    /// The same table afterwards, whatever it is called then.
    const schema::Table* next(const schema::Table& table) const
    {
        const change::Name name{table.schema, table.name};
        if (m_renames.hasRelation(name))
            return tableNamed(m_after, m_renames.relation(name));
        return m_renames.isTaken(name) ? nullptr : tableNamed(m_after, name);
    }

    bool parentStays(const schema::Table& partition) const
    {
        return std::ranges::any_of(m_before.tables, [&](const schema::Table& table) {
            return table.kind == TableKind::Partitioned && isPartOf(partition, table, m_before.engine)
                   && next(table);
        });
    }

    QString nameAfter(const schema::Table& table, const QString& column) const
    {
        return m_renames.member(timeline::columnOf({table.schema, table.name}, column));
    }

    bool stays(const schema::Table& before, const schema::Table& after, const QString& column) const
    {
        const auto part = timeline::columnOf({before.schema, before.name}, column);
        return (m_renames.hasMember(part) || !m_renames.isMemberTaken(part))
               && columnNamed(after, nameAfter(before, column), m_before.engine);
    }

    Parcel columns(const schema::Table& before, const schema::Table& after) const
    {
        Parcel parcel{.schema = before.schema,
                      .table = before.name,
                      .key = before.primaryKey(),
                      .partitioned = before.kind == TableKind::Partitioned};
        for (const schema::Column& column : before.columns) {
            if (!isKept(column) || stays(before, after, column.name))
                continue;
            parcel.columns << column.name;
            parcel.hasDefault = parcel.hasDefault || column.defaultSql.has_value();
        }
        QStringList key;
        QStringList later;
        for (const QString& column : std::as_const(parcel.key))
            key << diff::key(nameAfter(before, column), m_before.engine);
        for (const QString& column : after.primaryKey())
            later << diff::key(column, m_before.engine);
        if (before.kind == TableKind::Virtual)
            parcel.problem = virtualProblem(before);
        else if (key.isEmpty())
            parcel.problem = Words::tr("%1 has no primary key by which they could be put back.")
                                 .arg(change::called(before.schema, before.name));
        else if (key != later)
            parcel.problem = Words::tr("The primary key of %1 changes, by which they would be put back.")
                                 .arg(change::called(before.schema, before.name));
        return parcel;
    }

    const schema::Database& m_before;
    const schema::Database& m_after;
    const timeline::Renames& m_renames;
};

/// A script outside a transaction can do that itself (SQLite manual, pragma.html#pragma_foreign_keys).
bool switchesOff(const lint::WordList& words)
{
    const QString value = words.text(words.size() - (words.text(words.size() - 1) == u')' ? 2 : 1)).toLower();
    return words.is(0, "PRAGMA"_L1) && words.has("foreign_keys"_L1)
           && QStringList{u"off"_s, u"0"_s, u"no"_s, u"false"_s}.contains(value);
}

/// The tables that the script drops while references are enforced.
QStringList droppedBy(const QString& script, bool inTransaction, const schema::Database& before)
{
    QStringList dropped;
    for (const sql::Statement& statement : sql::split(script, before.engine)) {
        const lint::WordList words(script.mid(statement.start, std::min<qsizetype>(statement.length, 1000)));
        if (!inTransaction && switchesOff(words))
            break;
        qsizetype at = words.are(2, {"IF"_L1, "EXISTS"_L1}) ? 4 : 2;
        if (!words.are(0, {"DROP"_L1, "TABLE"_L1}))
            continue;
        if (const schema::Table* table = tableNamed(before, {u"main"_s, words.relation(at).name}))
            dropped << table->name;
    }
    return dropped;
}

}  // namespace

const schema::Table* tableNamed(const schema::Database& database, const change::Name& name)
{
    const auto found = std::ranges::find_if(database.tables, [&](const schema::Table& table) {
        return diff::key(table.name, database.engine) == diff::key(name.name, database.engine)
               && diff::key(table.schema, database.engine) == diff::key(name.schema, database.engine);
    });
    return found == database.tables.end() ? nullptr : &*found;
}

bool hasName(const QStringList& names, const QString& name, Engine engine)
{
    return std::ranges::any_of(
        names, [&](const QString& one) { return diff::key(one, engine) == diff::key(name, engine); });
}

QList<Parcel> parcelsBetween(const schema::Database& before, const schema::Database& after,
                             const timeline::Renames& renames)
{
    return Losses(before, after, renames).all();
}

void addComingAgain(QList<Parcel>& parcels, const schema::Database& before,
                    const QList<lint::Question>& again)
{
    for (const lint::Question& lost : again) {
        const schema::Table* table = tableNamed(before, {lost.schema, lost.table});
        const auto isOfIt = [&](const Parcel& parcel) {
            return parcel.schema == lost.schema && parcel.table == lost.table;
        };
        const bool goesWithParent =
            table && std::ranges::any_of(again, [&](const lint::Question& other) {
                const schema::Table* parent = tableNamed(before, {other.schema, other.table});
                return parent && other.column.isEmpty() && !table->partitionBound.isEmpty()
                       && isPartOf(*table, *parent, before.engine);
            });
        if (!table || goesWithParent || std::ranges::any_of(parcels, [&](const Parcel& parcel) {
                return isOfIt(parcel) && (parcel.wholeTable || parcel.columns.contains(lost.column));
            }))
            continue;
        if (lost.column.isEmpty()) {
            parcels.removeIf(isOfIt);
            parcels.append(whole(*table));
            continue;
        }
        parcels.append(
            {.schema = lost.schema,
             .table = lost.table,
             .columns = {lost.column},
             .problem = Words::tr("%1.%2 goes and another column of that name comes in the same migration.")
                            .arg(lost.table, lost.column)});
    }
}

QList<Parcel> cascadesOf(const QString& script, bool inTransaction, const schema::Database& before,
                         const QList<Parcel>& gone)
{
    QList<Parcel> hit;
    QStringList emptied = droppedBy(script, inTransaction, before);
    for (qsizetype i = 0; i < emptied.size(); ++i) {
        for (const schema::Table& table : before.tables) {
            const bool isGone = std::ranges::any_of(gone, [&](const Parcel& parcel) {
                return parcel.wholeTable && parcel.schema == table.schema && parcel.table == table.name;
            });
            for (const schema::Constraint& key : table.constraints) {
                const bool deletes = key.onDelete == "CASCADE"_L1;
                if (isGone || table.name == emptied[i] || key.kind != schema::ConstraintKind::ForeignKey
                    || diff::key(key.targetTable, before.engine) != diff::key(emptied[i], before.engine)
                    || !(deletes || key.onDelete.startsWith("SET "_L1)))
                    continue;
                hit.append(
                    {.schema = table.schema,
                     .table = table.name,
                     .columns = key.columns,
                     .wholeTable = deletes,
                     .problem = Words::tr("Dropping %1 changes what refers to it (ON DELETE %2), because "
                                          "this tool has SQLite enforce references.")
                                    .arg(emptied[i], key.onDelete)});
                if (deletes && !emptied.contains(table.name))
                    emptied << table.name;
            }
        }
    }
    return hit;
}

}  // namespace dewpoint::park
