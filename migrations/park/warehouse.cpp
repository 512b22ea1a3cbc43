// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/warehouse.h"

#include "base/words.h"
#include "ledger/parked.h"
#include "ledger/table.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

namespace {

Value jsonOf(const QStringList& names)
{
    return textValue(
        QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(names)).toJson(QJsonDocument::Compact)));
}

QStringList namesOf(const Value& json)
{
    QStringList names;
    const QJsonArray array = QJsonDocument::fromJson(displayText(json).toUtf8()).array();
    for (const auto& name : array)
        names << name.toString();
    return names;
}

QString directionName(Direction direction)
{
    return direction == Direction::Up ? u"up"_s : u"down"_s;
}

/// Columns of the place: k1…, c1….
QStringList placeColumns(const Parcel& parcel)
{
    QStringList names;
    for (qsizetype i = 1; i <= parcel.key.size(); ++i)
        names << u"k%1"_s.arg(i);
    for (qsizetype i = 1; i <= parcel.columns.size(); ++i)
        names << u"c%1"_s.arg(i);
    return names;
}

QString marks(Engine engine, qsizetype count)
{
    QStringList list;
    for (qsizetype i = 1; i <= count; ++i)
        list << (engine == Engine::Postgres ? u"$%1"_s.arg(i) : u"?"_s);
    return list.join(u", ");
}

/// The parcel's cells on the live database. NULL is not worth a row: it is what comes back by itself.
QString selection(const Parcel& parcel, Engine engine)
{
    const bool postgres = engine == Engine::Postgres;
    QStringList cells;
    QStringList present;
    for (const QString& column : parcel.key + parcel.columns)
        cells << sql::quoted(column) + (postgres ? u"::text"_s : QString());
    for (const QString& column : parcel.columns)
        present << sql::quoted(column) + u" IS NOT NULL"_s;
    const QStringList names = placeColumns(parcel);
    for (qsizetype i = 0; i < cells.size(); ++i)
        cells[i] += u" AS "_s + names[i];
    QString text = u"SELECT %1 FROM %2"_s.arg(cells.join(u", "), sql::quoted(parcel.schema, parcel.table));
    if (!parcel.wholeTable)
        text += u" WHERE "_s + present.join(u" OR ");
    return text;
}

}  // namespace

QString Warehouse::sideFile(const drivers::Target& target)
{
    return target.location + u".dewpoint-parked"_s;
}

QString Warehouse::sql(const Stored& stored) const
{
    return isPostgres() ? sql::quoted(u"dewpoint"_s, stored.place) : sql::quoted(stored.place);
}

Result<drivers::Connection*> Warehouse::open(bool create)
{
    if (isPostgres()) {
        const auto there = ledger::exists(m_live, {.schema = ledger::parkingSchema, .name = u"parked"_s});
        if (!there)
            return fail(there.error());
        return *there || create ? &m_live : nullptr;
    }
    if (m_live.target().isInMemory())
        return create ? Result<drivers::Connection*>(
                            fail(ErrorKind::Unsupported,
                                 Words::tr("A database in memory has no place for parked values.")))
                      : nullptr;
    const QString path = sideFile(m_live.target());
    if (!create && !QFile::exists(path))
        return nullptr;
    if (!m_file) {
        auto opened = drivers::Connection::open(
            {.engine = Engine::Sqlite, .location = path, .password = {}, .create = true});
        if (!opened)
            return fail(opened.error());
        m_file = *std::move(opened);
        if (auto safe = m_file->query(u"PRAGMA synchronous = FULL"_s); !safe)
            return fail(safe.error());
    }
    return m_file.get();
}

Result<> Warehouse::prepare(drivers::Connection& store)
{
    const QString index = isPostgres() ? u"dewpoint.parked"_s : u"parked"_s;
    if (isPostgres()) {
        auto made = store.execute(u"CREATE SCHEMA IF NOT EXISTS dewpoint"_s);
        if (!made)
            return fail(made.error());
    }
    return store
        .execute(u"CREATE TABLE IF NOT EXISTS %1 (id bigint PRIMARY KEY, version text, direction text, "
                 "table_schema text, table_name text, columns text, key_columns text, whole_table text, "
                 "value_count bigint)"_s.arg(index))
        .transform([](qint64) {});
}

Result<QList<Stored>> Warehouse::stored()
{
    const auto store = open(false);
    if (!store)
        return fail(store.error());
    if (!*store)
        return QList<Stored>();
    const auto batch =
        (*store)->query(u"SELECT id, version, direction, table_schema, table_name, columns, key_columns, "
                        "whole_table, value_count FROM %1 ORDER BY id"_s.arg(
                            isPostgres() ? u"dewpoint.parked"_s : u"parked"_s));
    if (!batch && batch.error().kind == ErrorKind::UndefinedObject)
        return QList<Stored>();
    if (!batch)
        return fail(batch.error());
    QList<Stored> list;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const auto text = [&](int column) { return displayText(batch->at(row, column)); };
        list.append({.parcel = {.version = text(1),
                                .direction = text(2) == u"up" ? Direction::Up : Direction::Down,
                                .schema = text(3),
                                .table = text(4),
                                .columns = namesOf(batch->at(row, 5)),
                                .key = namesOf(batch->at(row, 6)),
                                .wholeTable = text(7) == u"yes",
                                .values = text(8).toLongLong()},
                     .place = u"parked_"_s + text(0)});
    }
    return list;
}

/// PostgreSQL copies by itself; a SQLite parcel goes to another file, cell by cell.
Result<qint64> Warehouse::copy(drivers::Connection& store, const Parcel& parcel, const QString& place)
{
    const QString select = selection(parcel, m_live.engine());
    if (isPostgres())
        return store.execute(u"CREATE TABLE dewpoint.%1 AS %2"_s.arg(place, select));
    const QStringList names = placeColumns(parcel);
    // Columns without a type keep every storage class as it is.
    if (auto made = store.execute(u"CREATE TABLE %1 (%2)"_s.arg(place, names.join(u", "))); !made)
        return made;
    const QString insert = u"INSERT INTO %1 VALUES (%2)"_s.arg(place, marks(Engine::Sqlite, names.size()));
    qint64 rows = 0;
    std::optional<Error> failure;
    const auto read = m_live.stream(select, {}, [&](const auto&, std::vector<Value>& row) {
        const auto kept = store.execute(insert, QList<Value>(row.begin(), row.end()));
        if (!kept)
            failure = kept.error();
        ++rows;
        return kept.has_value();
    });
    if (failure || !read)
        return fail(failure ? *failure : read.error());
    return rows;
}

Result<Stored> Warehouse::take(const Parcel& parcel)
{
    const auto store = open(true);
    if (!store)
        return fail(store.error());
    std::optional<drivers::Transaction> own;  // PostgreSQL: the run's own
    if (!isPostgres()) {
        auto begun = drivers::Transaction::begin(**store, u"BEGIN IMMEDIATE"_s);
        if (!begun)
            return fail(begun.error());
        own.emplace(*std::move(begun));
    }
    if (auto ready = prepare(**store); !ready)
        return fail(ready.error());
    const auto before = stored();
    if (!before)
        return fail(before.error());
    qint64 id = 1;
    for (const Stored& old : *before)
        id = std::max(id, old.place.mid(7).toLongLong() + 1);
    const Stored result{.parcel = parcel, .place = u"parked_%1"_s.arg(id)};
    if (auto copied = copy(**store, parcel, result.place); !copied)
        return fail(copied.error());
    const QString index = isPostgres() ? u"dewpoint.parked"_s : u"parked"_s;
    const auto noted = (*store)->execute(
        u"INSERT INTO %1 VALUES (%2)"_s.arg(index, marks(m_live.engine(), 9)),
        {textValue(QString::number(id)), textValue(parcel.version),
         textValue(directionName(parcel.direction)), textValue(parcel.schema), textValue(parcel.table),
         jsonOf(parcel.columns), jsonOf(parcel.key), textValue(parcel.wholeTable ? u"yes"_s : u"no"_s),
         textValue(QString::number(parcel.values))});
    if (!noted)
        return fail(noted.error());
    if (auto kept = own ? own->commit() : Result<>{}; !kept)
        return fail(kept.error());
    return result;
}

Result<> Warehouse::rows(const Stored& stored, const drivers::RowSink& sink)
{
    const auto store = open(false);
    if (!store)
        return fail(store.error());
    if (!*store)
        return {};
    return (*store)->stream(u"SELECT * FROM "_s + sql(stored), {}, sink);
}

Result<> Warehouse::discard(const Stored& stored)
{
    const auto store = open(false);
    if (!store)
        return fail(store.error());
    if (!*store)
        return {};
    for (const QString& statement :
         {u"DROP TABLE IF EXISTS "_s + sql(stored),
          u"DELETE FROM %1 WHERE id = %2"_s.arg(isPostgres() ? u"dewpoint.parked"_s : u"parked"_s,
                                                stored.place.mid(7))}) {
        if (auto gone = (*store)->execute(statement); !gone)
            return fail(gone.error());
    }
    return tidyUp(**store);
}

/// Nothing of ours stays behind where nothing is parked.
Result<> Warehouse::tidyUp(drivers::Connection& store)
{
    const auto left = stored();
    if (!left)
        return fail(left.error());
    if (!left->isEmpty())
        return {};
    if (!isPostgres()) {
        m_file.reset();
        QFile::remove(sideFile(m_live.target()));
        return {};
    }
    if (auto gone = store.execute(u"DROP TABLE dewpoint.parked"_s); !gone)
        return fail(gone.error());
    const auto others =
        store.scalar(u"SELECT count(*) FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass"
                     " AND refobjid = 'dewpoint'::regnamespace"_s);
    if (!others || displayText(*others) != u"0")
        return {};
    return store.execute(u"DROP SCHEMA dewpoint"_s).transform([](qint64) {});
}

}  // namespace dewpoint::park
