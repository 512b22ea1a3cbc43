// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "park/place.h"
#include "park/reading.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::park {

Value jsonOf(const QStringList& names)
{
    return textValue(
        QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(names)).toJson(QJsonDocument::Compact)));
}

QString fateName(Fate fate)
{
    return fate == Fate::Stood ? u"stood"_s : fate == Fate::Kept ? u"kept"_s : u"open"_s;
}

QStringList placeColumns(const Parcel& parcel)
{
    QStringList names;
    for (qsizetype i = 1; i <= parcel.key.size(); ++i)
        names << u"k%1"_s.arg(i);
    for (qsizetype i = 1; i <= parcel.columns.size(); ++i)
        names << u"c%1"_s.arg(i);
    return names;
}

namespace {

QString directionName(Direction direction)
{
    return direction == Direction::Up ? u"up"_s : u"down"_s;
}

QString marks(Engine engine, qsizetype count)
{
    QStringList list;
    for (qsizetype i = 1; i <= count; ++i)
        list << (engine == Engine::Postgres ? u"$%1"_s.arg(i) : u"?"_s);
    return list.join(u", ");
}

/// The parcel's cells on the live database. Rows that have only NULL are among them: what was NULL is to be
/// so again, and what is inserted meanwhile is not to be touched.
QString selection(const Parcel& parcel, Engine engine)
{
    const QStringList columns = parcel.key + parcel.columns;
    const QStringList names = placeColumns(parcel);
    QStringList cells;
    for (qsizetype i = 0; i < columns.size(); ++i)
        cells << u"%1%2 AS %3"_s.arg(sql::quoted(columns[i]),
                                     engine == Engine::Postgres ? u"::text"_s : QString(), names[i]);
    return u"SELECT %1 FROM %2"_s.arg(cells.join(u", "), relationText(parcel, engine));
}

}  // namespace

/// PostgreSQL copies by itself; a SQLite parcel goes to another file, cell by cell.
Result<> Warehouse::copy(drivers::Connection& store, const Parcel& parcel, const Stored& stored)
{
    const QString select = selection(parcel, m_live.engine());
    if (isPostgres())
        return store.execute(u"CREATE TABLE %1 AS %2"_s.arg(sql(stored), select)).transform([](qint64) {});
    const QStringList names = placeColumns(parcel);
    // Columns without a type keep every storage class as it is.
    if (auto made = store.execute(u"CREATE TABLE %1 (%2)"_s.arg(sql(stored), names.join(u", "))); !made)
        return fail(made.error());
    const auto insert = store.prepareForRows(
        u"INSERT INTO %1 VALUES (%2)"_s.arg(sql(stored), marks(Engine::Sqlite, names.size())));
    if (!insert)
        return fail(insert.error());
    std::optional<Error> failure;
    const auto read = m_live.stream(select, {}, [&](const auto&, std::vector<Value>& row) {
        const auto kept = (*insert)->run(row);
        if (!kept)
            failure = kept.error();
        return kept.has_value();
    });
    if (failure || !read)
        return fail(failure ? *failure : read.error());
    if (parcel.key.isEmpty())
        return {};
    QStringList missing;
    for (qsizetype i = 0; i < parcel.key.size(); ++i)
        missing << names[i] + u" IS NULL"_s;
    const auto keyless =
        store.scalar(u"SELECT count(*) FROM %1 WHERE %2"_s.arg(sql(stored), missing.join(u" OR ")));
    if (keyless && displayText(*keyless) != u"0")
        return fail(ErrorKind::Unsupported, Words::tr("%1 has rows without a key.").arg(parcel.table));
    return keyless.transform([](const Value&) {});
}

/// Nobody else's row may come between the copy and the step that takes the values away.
Result<> Warehouse::lock(const Parcel& parcel)
{
    return m_live
        .execute(u"LOCK TABLE %1 IN SHARE ROW EXCLUSIVE MODE"_s.arg(relationText(parcel, Engine::Postgres)))
        .transform([](qint64) {});
}

Result<qint64> Warehouse::valuesOf(drivers::Connection& store, const Stored& stored) const
{
    QStringList counts;
    for (qsizetype i = 1; i <= stored.parcel.columns.size(); ++i)
        counts << u"count(c%1)"_s.arg(i);
    return store
        .scalar(u"SELECT %1 FROM %2"_s.arg(stored.parcel.wholeTable ? u"count(*)"_s : counts.join(u" + "),
                                           sql(stored)))
        .transform([](const Value& value) { return displayText(value).toLongLong(); });
}

Result<std::optional<Stored>> Warehouse::keep(drivers::Connection& store, const Parcel& parcel)
{
    if (auto ready = prepare(store); !ready)
        return fail(ready.error());
    const auto before = stored();
    if (!before)
        return fail(before.error());
    qint64 id = 1;
    for (const Stored& old : *before)
        id = std::max(id, old.place.mid(7).toLongLong() + 1);
    Stored result{.parcel = parcel, .place = u"parked_%1"_s.arg(id)};
    if (auto copied = copy(store, parcel, result); !copied)
        return fail(copied.error());
    const auto values = valuesOf(store, result);
    if (!values)
        return fail(values.error());
    result.parcel.values = *values;
    return store
        .execute(
            u"INSERT INTO %1 (id, version, direction, table_schema, table_name, columns, key_columns, "
            "whole_table, value_count, ledger, fate) VALUES (%2)"_s.arg(index(), marks(m_live.engine(), 11)),
            {textValue(QString::number(id)), textValue(parcel.version),
             textValue(directionName(parcel.direction)), textValue(parcel.schema), textValue(parcel.table),
             jsonOf(parcel.columns), jsonOf(parcel.key), textValue(parcel.wholeTable ? u"yes"_s : u"no"_s),
             textValue(QString::number(*values)), textValue(parcel.ledger), textValue(fateName(Fate::Open))})
        .transform([&](qint64) { return std::optional(result); });
}

Result<std::optional<Stored>> Warehouse::take(const Parcel& wanted)
{
    const bool inStep = m_live.inTransaction();
    std::optional<drivers::Transaction> own;  // PostgreSQL: the run's own, where it has one
    if (isPostgres() && !inStep) {
        auto begun = drivers::Transaction::begin(m_live);
        if (!begun)
            return fail(begun.error());
        own.emplace(*std::move(begun));
    }
    const auto parcel = asItIsNow(m_live, wanted);
    if (!parcel || parcel->columns.isEmpty())
        return parcel.transform([](const Parcel&) { return std::optional<Stored>(); });
    if (auto locked = isPostgres() ? lock(*parcel) : Result<>{}; !locked)
        return fail(locked.error());
    auto plain = PlainTexts::enter(m_live);
    if (!plain)
        return fail(plain.error());
    const auto values = valuesIn(m_live, *parcel);
    if (!values)
        return fail(values.error());
    std::optional<Stored> result;
    if (*values > 0 || parcel->hasDefault) {
        const auto store = open(true);
        if (!store)
            return fail(store.error());
        if (!isPostgres()) {
            auto begun = drivers::Transaction::begin(**store, u"BEGIN IMMEDIATE"_s);
            if (!begun)
                return fail(begun.error());
            own.emplace(*std::move(begun));
        }
        auto kept = keep(**store, *parcel);
        if (!kept)
            return fail(kept.error());
        result = *std::move(kept);
    }
    if (auto left = plain->leave(); !left)
        return fail(left.error());
    if (auto done = own ? own->commit() : Result<>{}; !done)
        return fail(done.error());
    return result;
}

Result<Stored> Warehouse::narrow(const Stored& stored, const QStringList& key, const QStringList& columns)
{
    const auto store = open(false);
    if (!store || !*store)
        return store.transform([&](drivers::Connection*) { return stored; });
    std::optional<drivers::Transaction> own;
    if (!isPostgres()) {
        auto begun = drivers::Transaction::begin(**store, u"BEGIN IMMEDIATE"_s);
        if (!begun)
            return fail(begun.error());
        own.emplace(*std::move(begun));
    }
    Stored result = stored;
    result.parcel.key = key;
    result.parcel.columns = columns;
    result.parcel.wholeTable = false;
    const QStringList old = placeColumns(stored.parcel);
    const QStringList names = stored.parcel.key + stored.parcel.columns;
    const QStringList now = placeColumns(result.parcel);
    QStringList cells;
    for (const QString& column : key + columns)
        cells << old[names.indexOf(column)] + u" AS "_s + now[cells.size()];
    const QString made = sql({.parcel = {}, .place = stored.place + u"_rest"_s});
    for (const QString& statement :
         {u"CREATE TABLE %1 AS SELECT %2 FROM %3"_s.arg(made, cells.join(u", "), sql(stored)),
          u"DROP TABLE "_s + sql(stored),
          u"ALTER TABLE %1 RENAME TO %2"_s.arg(made, sql::quoted(stored.place))}) {
        if (auto done = (*store)->execute(statement); !done)
            return fail(done.error());
    }
    const auto values = valuesOf(**store, result);
    if (!values)
        return fail(values.error());
    result.parcel.values = *values;
    const auto list = marks(m_live.engine(), 3).split(u", "_s);
    const auto noted = (*store)->execute(
        u"UPDATE %1 SET columns = %2, key_columns = %3, whole_table = 'no', value_count = %4 "
        "WHERE id = %5"_s.arg(index(), list[0], list[1], list[2], stored.place.mid(7)),
        {jsonOf(columns), jsonOf(key), textValue(QString::number(*values))});
    if (!noted)
        return fail(noted.error());
    if (auto done = own ? own->commit() : Result<>{}; !done)
        return fail(done.error());
    return result;
}

}  // namespace dewpoint::park
