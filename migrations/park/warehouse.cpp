// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/warehouse.h"

#include "base/words.h"
#include "ledger/parked.h"
#include "ledger/table.h"
#include "park/place.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

namespace {

QStringList namesOf(const Value& json)
{
    QStringList names;
    const QJsonArray array = QJsonDocument::fromJson(displayText(json).toUtf8()).array();
    for (const auto& name : array)
        names << name.toString();
    return names;
}

Fate fateOf(const QString& name)
{
    return name == u"stood" ? Fate::Stood : name == u"kept" ? Fate::Kept : Fate::Open;
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

QString Warehouse::shown(const Stored& stored) const
{
    const QStringList names = placeColumns(stored.parcel);
    const QStringList columns = stored.parcel.key + stored.parcel.columns;
    QStringList parts;
    for (qsizetype i = 0; i < columns.size(); ++i)
        parts << names[i] + u" = "_s + columns[i];
    const QString place = isPostgres()
                              ? u"dewpoint."_s + stored.place
                              : Words::tr("table %1 of the file %2")
                                    .arg(stored.place, QFileInfo(sideFile(m_live.target())).fileName());
    return u"%1: %2"_s.arg(place, parts.join(u", "));
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
    if (isPostgres()) {
        auto made = store.execute(u"CREATE SCHEMA IF NOT EXISTS dewpoint"_s);
        if (!made)
            return fail(made.error());
    }
    const auto made =
        store.execute(u"CREATE TABLE IF NOT EXISTS %1 (id bigint PRIMARY KEY, version text, direction text, "
                      "table_schema text, table_name text, columns text, key_columns text, whole_table text, "
                      "value_count bigint, ledger text, fate text)"_s.arg(index()));
    if (!made)
        return fail(made.error());
    const auto columns = ledger::columnsOf(
        store, {.schema = isPostgres() ? QString(ledger::parkingSchema) : QString(), .name = u"parked"_s});
    if (!columns)
        return fail(columns.error());
    for (const QString& column : {u"ledger"_s, u"fate"_s}) {
        if (columns->contains(column))
            continue;
        if (auto added = store.execute(u"ALTER TABLE %1 ADD COLUMN %2 text"_s.arg(index(), column)); !added)
            return fail(added.error());
    }
    return {};
}

Result<QList<Stored>> Warehouse::stored()
{
    const auto store = open(false);
    if (!store)
        return fail(store.error());
    if (!*store)
        return QList<Stored>();
    // An older release's has fewer columns.
    const auto batch = (*store)->query(u"SELECT * FROM %1 ORDER BY id"_s.arg(index()));
    if (!batch && batch.error().kind == ErrorKind::UndefinedObject)
        return QList<Stored>();
    if (!batch)
        return fail(batch.error());
    QHash<QString, int> places;
    for (int column = 0; column < batch->columnCount(); ++column)
        places.insert(batch->columns[column].name, column);
    QList<Stored> list;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const auto cell = [&](const QString& column) {
            return places.contains(column) ? batch->at(row, places.value(column)) : Value(Null{});
        };
        const auto text = [&](const QString& column) { return displayText(cell(column)); };
        list.append({.parcel = {.version = text(u"version"_s),
                                .ledger = text(u"ledger"_s),
                                .direction = text(u"direction"_s) == u"up" ? Direction::Up : Direction::Down,
                                .schema = text(u"table_schema"_s),
                                .table = text(u"table_name"_s),
                                .columns = namesOf(cell(u"columns"_s)),
                                .key = namesOf(cell(u"key_columns"_s)),
                                .wholeTable = text(u"whole_table"_s) == u"yes",
                                .values = text(u"value_count"_s).toLongLong()},
                     .place = u"parked_"_s + text(u"id"_s),
                     .fate = fateOf(text(u"fate"_s))});
    }
    return list;
}

Result<> Warehouse::note(const Stored& stored, Fate fate)
{
    const auto store = open(false);
    if (!store || !*store)
        return store.transform([](drivers::Connection*) {});
    if (auto ready = prepare(**store); !ready)
        return ready;
    return (*store)
        ->execute(
            u"UPDATE %1 SET fate = '%2' WHERE id = %3"_s.arg(index(), fateName(fate), stored.place.mid(7)))
        .transform([](qint64) {});
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
    for (const QString& statement : {u"DROP TABLE IF EXISTS "_s + sql(stored),
                                     u"DELETE FROM %1 WHERE id = %2"_s.arg(index(), stored.place.mid(7))}) {
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
