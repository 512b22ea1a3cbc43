// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/needle.h"
#include "rows/query_builder.h"

namespace dewpoint::rows {

/// One cell that holds what was looked for.
struct SearchHit {
    QString column;
    QString excerpt;  ///< the value, or the part of it around the hit
    RowKey key;       ///< empty where the relation has none
    bool operator==(const SearchHit&) const = default;
};

struct SearchSlice {
    QList<SearchHit> cells;
    int percent = 0;  ///< of the table; -1 where nothing says how large it is
    bool done = false;
    bool more = false;  ///< done because there is more than was asked for
};

/// The cells of one table that hold a value, compared as what each column is: texts and JSON by what they
/// contain, numbers, dates, UUIDs and booleans by value, SQLite's cells by their own storage class.
/// Blocking, for one lane; slice after slice, so that no statement holds a lock for long.
class TableSearch final
{
public:
    TableSearch(Relation relation, Needle needle, int mostRows);

    Result<SearchSlice> next(drivers::Connection& connection);
    /// What is asked of the rows between two keys (SQLite) or blocks (PostgreSQL); for tests.
    bool hasCondition() const;

private:
    enum class Way { Keys, Blocks, Whole };
    Result<> begin(drivers::Connection& connection);
    Result<SearchSlice> read(drivers::Connection& connection, const QString& within,
                             const QList<Value>& bounds);
    Result<SearchSlice> nextKeys(drivers::Connection& connection);
    Result<SearchSlice> nextBlocks(drivers::Connection& connection);

    QueryBuilder m_builder;
    Needle m_needle;
    int m_left;
    bool m_begun = false;
    Way m_way = Way::Whole;
    qint64 m_block = 0;
    qint64 m_blocks = 0;
    qint64 m_rows = 0;
    RowKey m_from;
};

/// How many rows the relations have, roughly: by statistics, the highest rowid or the size of their file;
/// 0 where nothing says it. Cheap, whatever there is in them.
QList<qint64> roughSizes(drivers::Connection& connection, const QList<Relation>& relations);

}  // namespace dewpoint::rows
