// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "scenarios/keep_rows.h"

#include "catalog/inspect.h"
#include "rows/commit_order.h"
#include "rows/reference.h"
#include "transfer/keyed_rows.h"

#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::scenarios {

namespace {

bool holdsRows(const schema::Table& table)
{
    return (table.kind == schema::TableKind::Table || table.kind == schema::TableKind::Partitioned)
           && table.partitionBound.isEmpty();
}

KeptTable keptTable(const rows::Relation& relation)
{
    KeptTable kept{.schema = relation.schema,
                   .name = relation.name,
                   .keyKind = relation.keyKind,
                   .keyColumns = relation.keyColumns};
    for (const rows::RelationColumn& column : relation.columns) {
        if (rows::takesBack(column))
            kept.columns += column.name;
    }
    // A place in a file is no key of a row elsewhere.
    if (relation.keyKind == rows::KeyKind::Ctid) {
        kept.keyKind = rows::KeyKind::None;
        kept.keyColumns.clear();
    }
    return kept;
}

QList<KeptTable> keptTables(const schema::Database& database)
{
    QList<rows::Relation> relations;
    for (const schema::Table& table : database.tables) {
        if (holdsRows(table))
            relations += rows::relationIn(database, table);
    }
    QList<KeptTable> tables;
    for (const int table : rows::parentsFirst(relations))
        tables += keptTable(relations[table]);
    return tables;
}

QString textOf(const schema::Table& table)
{
    QStringList lines;
    for (const schema::Column& column : table.columns)
        lines += u"%1 %2 %3"_s.arg(column.name, column.type, column.generatedSql);
    for (const schema::Constraint& constraint : table.constraints)
        lines += constraint.definition;
    return lines.join(u'\n');
}

QList<KeptObject> tableTexts(const schema::Database& database)
{
    QList<KeptObject> objects;
    for (const schema::Table& table : database.tables) {
        if (holdsRows(table))
            objects += {.name = table.schema + u'.' + table.name, .text = textOf(table)};
    }
    return objects;
}

/// What the file is made of: putting it back puts all of that back.
Result<QList<KeptObject>> objectTexts(drivers::Connection& connection)
{
    const auto batch =
        connection.query(u"SELECT name, type || ' ' || coalesce(sql, '') FROM sqlite_schema "
                         "WHERE name NOT LIKE 'sqlite!_stat%' ESCAPE '!' ORDER BY type, name"_s);
    if (!batch)
        return fail(batch.error());
    QList<KeptObject> objects;
    for (int row = 0; row < batch->rowCount(); ++row)
        objects += {.name = displayText(batch->at(row, 0)), .text = displayText(batch->at(row, 1))};
    return objects;
}

Result<Scenario> keepSqlite(drivers::Connection& connection, const QString& file)
{
    if (auto copied = connection.backupTo(file); !copied)
        return fail(copied.error());
    // What the copy is made of, and not what somebody else made of the original meanwhile.
    const auto copy = drivers::Connection::open({.location = file}, connection.stopAsked());
    if (!copy)
        return fail(copy.error());
    return describeNow(**copy);
}

class PostgresKeeper final
{
public:
    PostgresKeeper(drivers::Connection& connection, drivers::Connection& file, transfer::Progress& progress)
        : m_connection(connection), m_file(file), m_progress(progress)
    {}

    Result<Scenario> run()
    {
        auto moment = drivers::Transaction::begin(m_connection, u"BEGIN ISOLATION LEVEL REPEATABLE READ"_s);
        if (!moment)
            return fail(moment.error());
        // Rows that a policy hides would be lost in a reset: with this the server refuses to read around them.
        if (auto all = m_connection.execute(u"SET LOCAL row_security = off"_s); !all)
            return fail(all.error());
        const auto database = catalog::inspect(m_connection);
        if (!database)
            return fail(database.error());
        for (const schema::Table& table : database->tables) {
            if (table.kind == schema::TableKind::Partitioned)
                m_partitioned.insert(sql::quoted(table.schema, table.name));
        }
        Scenario scenario{
            .engine = Engine::Postgres, .tables = keptTables(*database), .structure = tableTexts(*database)};
        auto writing = drivers::Transaction::begin(m_file);
        if (!writing)
            return fail(writing.error());
        for (qsizetype i = 0; i < scenario.tables.size(); ++i) {
            if (auto done = keep(i, scenario.tables[i]); !done)
                return fail(done.error());
        }
        auto sequences = sequencesNow();
        if (!sequences)
            return fail(sequences.error());
        scenario.sequences = *std::move(sequences);
        if (auto written = writing->commit(); !written)
            return fail(written.error());
        if (auto ended = moment->rollback(); !ended)
            return fail(ended.error());
        return scenario;
    }

private:
    Result<> keep(qsizetype number, const KeptTable& table)
    {
        QStringList names;
        QStringList stored;
        for (qsizetype i = 0; i < table.columns.size(); ++i) {
            names += sql::quoted(table.columns[i]);
            stored += keptColumnName(i);
        }
        const QString columns = stored.isEmpty() ? u"nothing"_s : stored.join(u", "_s);
        const QString key = keyOf(table);
        if (auto made = m_file.execute(u"CREATE TABLE %1 (%2%3)"_s.arg(keptTableName(number), columns, key));
            !made)
            return fail(made.error());
        const auto insert = m_file.prepareForRows(u"INSERT INTO %1 VALUES (%2)"_s.arg(
            keptTableName(number), QStringList(std::max<qsizetype>(1, stored.size()), u"?"_s).join(u", "_s)));
        if (!insert)
            return fail(insert.error());
        Result<> written;
        const auto read = m_connection.stream(
            u"SELECT %1 FROM %2"_s.arg(names.isEmpty() ? u"NULL"_s : names.join(u", "_s), only(table)), {},
            [&](const QList<ColumnInfo>&, std::vector<Value>& row) {
                written = transfer::checkStop(m_connection);
                if (written)
                    written = (*insert)->run(row);
                if (written)
                    ++m_progress.rows;
                return written.has_value();
            });
        return written ? read : written;
    }

    static QString keyOf(const KeptTable& table)
    {
        QStringList key;
        for (const QString& name : table.keyColumns) {
            const qsizetype at = table.columns.indexOf(name);
            if (at < 0)
                return {};
            key += keptColumnName(at);
        }
        return key.isEmpty() ? QString() : u", PRIMARY KEY (%1)"_s.arg(key.join(u", "_s));
    }

    /// Rows of a table that inherits from this one are kept with that one; those of partitions are here.
    QString only(const KeptTable& table) const
    {
        const QString name = sql::quoted(table.schema, table.name);
        return m_partitioned.contains(name) ? name : u"ONLY "_s + name;
    }

    Result<QList<KeptSequence>> sequencesNow()
    {
        const auto names = m_connection.query(u"SELECT n.nspname, c.relname, s.seqincrement FROM pg_class c "
                                              u"JOIN pg_namespace n ON n.oid = c.relnamespace "
                                              "JOIN pg_sequence s ON s.seqrelid = c.oid WHERE n.nspname !~ "
                                              "'^pg_' AND n.nspname <> 'information_schema' "
                                              "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = "
                                              "'pg_class'::regclass AND d.objid = c.oid "
                                              "AND d.deptype = 'e') ORDER BY 1, 2"_s);
        if (!names)
            return fail(names.error());
        QList<KeptSequence> sequences;
        for (int row = 0; row < names->rowCount(); ++row) {
            KeptSequence sequence{.schema = displayText(names->at(row, 0)),
                                  .name = displayText(names->at(row, 1))};
            const auto next = m_connection.scalar(
                u"SELECT CASE WHEN is_called THEN last_value::numeric + %1 ELSE last_value END FROM %2"_s.arg(
                    displayText(names->at(row, 2)), sql::quoted(sequence.schema, sequence.name)));
            if (!next)
                return fail(next.error());
            sequence.next = displayText(*next);
            sequences += sequence;
        }
        return sequences;
    }

    drivers::Connection& m_connection;
    drivers::Connection& m_file;
    transfer::Progress& m_progress;
    QSet<QString> m_partitioned;
};

}  // namespace

QString keptTableName(qsizetype table)
{
    return u"t%1"_s.arg(table);
}

QString keptColumnName(qsizetype column)
{
    return u"c%1"_s.arg(column);
}

Result<Scenario> describeNow(drivers::Connection& connection)
{
    const auto database = catalog::inspect(connection);
    const auto structure = objectTexts(connection);
    if (!database || !structure)
        return fail(database ? structure.error() : database.error());
    return Scenario{.engine = Engine::Sqlite, .tables = keptTables(*database), .structure = *structure};
}

Result<QList<KeptObject>> structureOf(drivers::Connection& connection)
{
    if (connection.engine() == Engine::Sqlite)
        return objectTexts(connection);
    return catalog::inspect(connection).transform(tableTexts);
}

QStringList differences(const QList<KeptObject>& before, const QList<KeptObject>& now)
{
    QStringList names;
    const auto add = [&](const QList<KeptObject>& from, const QList<KeptObject>& to) {
        for (const KeptObject& object : from) {
            if (!to.contains(object) && !names.contains(object.name))
                names += object.name;
        }
    };
    add(before, now);
    add(now, before);
    return names;
}

Result<Scenario> keepRows(drivers::Connection& connection, const QString& file, transfer::Progress& progress)
{
    if (connection.engine() == Engine::Sqlite)
        return keepSqlite(connection, file);
    const auto kept = drivers::Connection::open({.location = file, .create = true});
    if (!kept)
        return fail(kept.error());
    return PostgresKeeper(connection, **kept, progress).run();
}

}  // namespace dewpoint::scenarios
