// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/restorer.h"

#include "base/words.h"
#include "catalog/inspect.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

namespace {

/// A statement that silences a trigger, and the one that makes it as it was.
struct Silence {
    QString off;
    QString on;
};

QList<Silence> silencesOf(const schema::Table& table, Engine engine)
{
    QList<Silence> list;
    const QString name = sql::quoted(table.schema, table.name);
    for (const schema::Trigger& trigger : table.triggers) {
        const QString quoted = sql::quoted(trigger.name);
        if (engine == Engine::Sqlite) {
            list.append({.off = u"DROP TRIGGER "_s + quoted, .on = trigger.definition});
            continue;
        }
        if (trigger.enabled == u"D")
            continue;
        const QString kind = trigger.enabled == u"A"   ? u"ENABLE ALWAYS"_s
                             : trigger.enabled == u"R" ? u"ENABLE REPLICA"_s
                                                       : u"ENABLE"_s;
        list.append({.off = u"ALTER TABLE %1 DISABLE TRIGGER %2"_s.arg(name, quoted),
                     .on = u"ALTER TABLE %1 %2 TRIGGER %3"_s.arg(name, kind, quoted)});
    }
    return list;
}

/// Places of the parcel's columns that the table has and takes values for.
QList<qsizetype> writable(const schema::Table& table, const Parcel& parcel)
{
    QList<qsizetype> places;
    for (qsizetype i = 0; i < parcel.columns.size(); ++i) {
        const schema::Column* column = table.column(parcel.columns[i]);
        if (column && column->generated == schema::Generated::None)
            places << i;
    }
    return places;
}

}  // namespace

Result<Restorer> Restorer::make(drivers::Connection& connection, Warehouse& warehouse)
{
    auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    return Restorer(connection, warehouse, *std::move(database));
}

QList<Stored> Restorer::inOrder(QList<Stored> stored) const
{
    QList<Stored> ordered;
    const auto waits = [&](const Stored& one) {
        const schema::Table* table = m_database.table(one.parcel.schema, one.parcel.table);
        return table && std::ranges::any_of(table->constraints, [&](const schema::Constraint& constraint) {
                   return constraint.kind == schema::ConstraintKind::ForeignKey
                          && std::ranges::any_of(stored, [&](const Stored& other) {
                                 return other.place != one.place && other.parcel.wholeTable
                                        && other.parcel.table == constraint.targetTable;
                             });
               });
    };
    while (!stored.isEmpty()) {
        const auto ready = std::ranges::find_if(stored, [&](const Stored& one) { return !waits(one); });
        const qsizetype next = ready == stored.end() ? 0 : ready - stored.begin();
        ordered.append(stored.takeAt(next));
    }
    return ordered;
}

Result<qint64> Restorer::writePostgres(const schema::Table& table, const Stored& stored)
{
    const Parcel& parcel = stored.parcel;
    QStringList sets;
    QStringList names;
    QStringList values;
    for (const qsizetype place : writable(table, parcel)) {
        const QString name = sql::quoted(parcel.columns[place]);
        const QString value = u"p.c%1::%2"_s.arg(place + 1).arg(table.column(parcel.columns[place])->type);
        sets << name + u" = "_s + value;
        names << name;
        values << value;
    }
    const QString target = sql::quoted(table.schema, table.name);
    const QString source = m_warehouse.sql(stored);
    if (names.isEmpty())
        return 0;
    if (parcel.wholeTable)
        return m_connection.execute(u"INSERT INTO %1 (%2) OVERRIDING SYSTEM VALUE SELECT %3 FROM %4 p"_s.arg(
            target, names.join(u", "), values.join(u", "), source));
    QStringList same;
    for (qsizetype i = 0; i < parcel.key.size(); ++i)
        same << u"t.%1::text = p.k%2"_s.arg(sql::quoted(parcel.key[i])).arg(i + 1);
    return m_connection.execute(u"UPDATE %1 t SET %2 FROM %3 p WHERE %4"_s.arg(target, sets.join(u", "),
                                                                               source, same.join(u" AND ")));
}

Result<qint64> Restorer::writeSqlite(const schema::Table& table, const Stored& stored)
{
    const Parcel& parcel = stored.parcel;
    const QList<qsizetype> places = writable(table, parcel);
    if (places.isEmpty())
        return 0;
    QStringList names;
    QStringList marks;
    for (const qsizetype place : places) {
        names << sql::quoted(parcel.columns[place]) + (parcel.wholeTable ? QString() : u" = ?"_s);
        marks << u"?"_s;
    }
    QStringList same;
    for (const QString& column : parcel.key)
        same << sql::quoted(column) + u" = ?"_s;
    const QString target = sql::quoted(table.schema, table.name);
    const QString statement =
        parcel.wholeTable
            ? u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(target, names.join(u", "), marks.join(u", "))
            : u"UPDATE %1 SET %2 WHERE %3"_s.arg(target, names.join(u", "), same.join(u" AND "));
    qint64 rows = 0;
    std::optional<Error> failure;
    const auto read = m_warehouse.rows(stored, [&](const auto&, std::vector<Value>& row) {
        QList<Value> values;
        for (const qsizetype place : places)
            values << row[static_cast<size_t>(parcel.key.size() + place)];
        for (qsizetype i = 0; i < parcel.key.size(); ++i)
            values << row[static_cast<size_t>(i)];
        const auto written = m_connection.execute(statement, values);
        if (!written)
            failure = written.error();
        rows += written.value_or(0);
        return written.has_value();
    });
    if (failure || !read)
        return fail(failure ? *failure : read.error());
    return rows;
}

/// The next number must be behind those that came back. (SQLite's AUTOINCREMENT follows by itself.)
Result<> Restorer::moveSequences(const schema::Table& table)
{
    if (m_connection.engine() == Engine::Sqlite)
        return {};
    const QString name = sql::quoted(table.schema, table.name);
    for (const schema::Column& column : table.columns) {
        const auto sequence = m_connection.scalar(u"SELECT pg_get_serial_sequence($1, $2)"_s,
                                                  {textValue(name), textValue(column.name)});
        if (!sequence)
            return fail(sequence.error());
        if (isNull(*sequence))
            continue;
        const auto moved = m_connection.query(
            u"SELECT setval($1::regclass, max(%1)) FROM %2 HAVING max(%1) IS NOT NULL"_s.arg(
                sql::quoted(column.name), name),
            {*sequence});
        if (!moved)
            return fail(moved.error());
    }
    return {};
}

Result<Restorer::Count> Restorer::inQuiet(const schema::Table& table, const Stored& stored)
{
    const auto parked = m_connection.engine() == Engine::Postgres
                            ? m_connection.scalar(u"SELECT count(*) FROM "_s + m_warehouse.sql(stored))
                            : Result<Value>(qint64{-1});
    if (!parked)
        return fail(parked.error());
    qint64 there = displayText(*parked).toLongLong();
    if (there < 0) {
        there = 0;
        const auto counted = m_warehouse.rows(stored, [&](const auto&, std::vector<Value>&) {
            ++there;
            return true;
        });
        if (!counted)
            return fail(counted.error());
    }
    auto written =
        m_connection.engine() == Engine::Postgres ? writePostgres(table, stored) : writeSqlite(table, stored);
    if (!written)
        return fail(written.error());
    if (auto moved = stored.parcel.wholeTable ? moveSequences(table) : Result<>{}; !moved)
        return fail(moved.error());
    return Count{.rows = *written, .orphans = std::max<qint64>(0, there - *written)};
}

Result<Restorer::Count> Restorer::restore(const Stored& stored)
{
    const schema::Table* table = m_database.table(stored.parcel.schema, stored.parcel.table);
    if (!table)
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no table %1 to put them into.").arg(stored.parcel.table));
    const bool postgres = m_connection.engine() == Engine::Postgres;
    const auto send = [&](const QString& statement) {
        return m_connection.executeScript(statement.toUtf8());
    };
    const QList<Silence> silences = silencesOf(*table, m_connection.engine());
    // References are checked at the end, when all tables have their rows again.
    if (auto late = postgres ? Result<>{} : send(u"PRAGMA defer_foreign_keys = ON"_s); !late)
        return fail(late.error());
    for (const Silence& silence : silences) {
        if (auto quiet = send(silence.off); !quiet)
            return fail(quiet.error());
    }
    auto count = inQuiet(*table, stored);
    if (!count)
        return count;
    if (auto checked =
            postgres && !silences.isEmpty() ? send(u"SET CONSTRAINTS ALL IMMEDIATE"_s) : Result<>{};
        !checked)
        return fail(checked.error());
    for (const Silence& silence : silences) {
        if (auto loud = send(silence.on); !loud)
            return fail(loud.error());
    }
    return count;
}

}  // namespace dewpoint::park
