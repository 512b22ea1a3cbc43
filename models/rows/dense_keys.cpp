// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rows/dense_keys.h"

#include <QStringList>

#include <limits>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 lookups = 64;

/// SQLite's rowid, or a key of PostgreSQL's whole numbers.
bool isWholeNumber(const Relation& relation)
{
    const int column = relation.indexOf(relation.keyColumns.first());
    if (relation.engine == Engine::Sqlite)
        return relation.keyKind == KeyKind::RowId || (column >= 0 && relation.columns.at(column).automatic);
    const bool isUnique = relation.keyKind == KeyKind::PrimaryKey || relation.keyKind == KeyKind::Unique;
    return isUnique && column >= 0
           && QStringList{u"smallint"_s, u"integer"_s, u"bigint"_s}.contains(
               relation.columns.at(column).type);
}

bool isByNumber(const QueryBuilder& builder)
{
    const Relation& relation = builder.relation();
    return relation.keyColumns.size() == 1 && builder.order().size() == 1 && !builder.spec().isFiltered()
           && builder.order().first().column == relation.keyColumns.first() && isWholeNumber(relation);
}

std::optional<qint64> numberIn(const Value& value)
{
    bool isNumber = false;
    const qint64 number = displayText(value).toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// Their numbers are as far apart as they are many.
std::optional<DenseKeys> spanOf(const RowBatch& batch)
{
    const auto first = numberIn(batch.at(0, 0));
    const auto last = numberIn(batch.at(0, 1));
    if (!first || !last)
        return std::nullopt;
    const quint64 span = static_cast<quint64>(*last) - static_cast<quint64>(*first);
    if (span >= static_cast<quint64>(std::numeric_limits<qint64>::max()))
        return std::nullopt;
    return DenseKeys{.first = *first, .count = static_cast<qint64>(span) + 1};
}

}  // namespace

Result<std::optional<DenseKeys>> denseKeys(drivers::Connection& connection, const QueryBuilder& builder)
{
    if (!isByNumber(builder))
        return std::nullopt;
    const Relation& relation = builder.relation();
    const QString key = relation.columnRef(relation.keyColumns.first());
    const QString table = relation.quotedName();
    const QString ends = u"(SELECT min(%1) FROM %2), (SELECT max(%1) FROM %2)"_s.arg(key, table);
    const auto seen = connection.query(u"SELECT "_s + ends);
    if (!seen)
        return fail(seen.error());
    const std::optional<DenseKeys> guess = spanOf(*seen);
    if (!guess || guess->count < lookups)
        return std::nullopt;
    QStringList wanted;
    for (qint64 i = 1; i <= lookups; ++i)
        wanted << QString::number(guess->first + (guess->count / (lookups + 1) * i));
    const auto found = connection.scalar(
        u"SELECT count(*) FROM %1 WHERE %2 IN (%3)"_s.arg(table, key, wanted.join(u", "_s)));
    if (!found)
        return fail(found.error());
    if (numberIn(*found) != lookups)
        return std::nullopt;
    const auto counted = connection.query(u"SELECT %1, (SELECT count(*) FROM %2)"_s.arg(ends, table));
    if (!counted)
        return fail(counted.error());
    const std::optional<DenseKeys> span = spanOf(*counted);
    return span && numberIn(counted->at(0, 2)) == span->count ? span : std::nullopt;
}

}  // namespace dewpoint::rows
