// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "schema/database.h"

#include <functional>
#include <optional>

namespace dewpoint::rehearse {

/// One row that is not the same: nothing before where it is new, nothing after where it is gone. Cells in
/// the order of TableRows::columns; NULL where that side has no such column.
struct RowDifference {
    std::vector<Value> before;
    std::vector<Value> after;
};

/// Values of one column that went or came with it.
struct ColumnValues {
    QString column;
    qint64 values = 0;  ///< not NULL
    bool operator==(const ColumnValues&) const = default;
};

/// What became of the rows of one table.
struct TableRows {
    QString schema;
    QString name;
    QStringList columns;  ///< of both sides
    QStringList key;      ///< by which rows are the same; empty: by all their values, so none is “changed”
    bool isNew = false;
    bool isGone = false;
    qint64 before = 0;
    qint64 after = 0;
    qint64 added = 0;
    qint64 removed = 0;
    qint64 changed = 0;
    QList<ColumnValues> lost;    ///< of columns that are gone
    QList<ColumnValues> gained;  ///< of columns that are new
    QList<RowDifference> shown;  ///< the first of them
    QString problem;             ///< why it could not be compared

    bool isSame() const { return added == 0 && removed == 0 && changed == 0 && problem.isEmpty(); }
    QString title() const;  ///< "users", "audit.users"
};

/// The rows of one table in two databases, in bounded memory: what is large is gone through in several
/// passes. Either table may be null.
class RowComparison final
{
public:
    RowComparison(drivers::Connection& before, drivers::Connection& after, qsizetype shown)
        : m_before(before), m_after(after), m_shown(shown)
    {}

    Result<TableRows> compare(const schema::Table* before, const schema::Table* after);

    /// Every table of both that is not the same; tables that could not be compared are told so.
    Result<QList<TableRows>> compare(const schema::Database& before, const schema::Database& after);

    static constexpr qint64 rowsInAPass = 2'000'000;
    qint64 passRows = rowsInAPass;  ///< smaller in tests

private:
    struct Side;
    struct Seen;
    Result<> wholeTable(Side& side, TableRows& rows, bool isGone);
    Result<> pass(Side& before, Side& after, TableRows& rows, qint64 number, qint64 passes);
    Result<> takeBefore(Side& before, TableRows& rows, const std::function<bool(const Seen&)>& mine,
                        std::vector<Seen>& seen);
    Result<> fetchMissing(Side& before, TableRows& rows, const std::vector<Seen>& missing);
    Result<> countLost(Side& before, Side& after, TableRows& rows);
    std::optional<qint64> sameByDigest(const schema::Table& before, const schema::Table& after);

    drivers::Connection& m_before;
    drivers::Connection& m_after;
    qsizetype m_shown;
};

}  // namespace dewpoint::rehearse
