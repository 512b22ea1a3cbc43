// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"
#include "rows/commit_order.h"

namespace dewpoint::rows {

/// Finds what else the database has against a refused row. It names one fault of a statement only, so the
/// statement is tried again without the columns that are known to be wrong, until nothing more is said;
/// whatever is tried is undone again. An error means that the connection or the transaction is gone.
class RowProbe final
{
public:
    RowProbe(drivers::Connection& connection, const TableEdits& table, const PlannedChange& change);

    /// All that is wrong with the row, beginning with what was told of it.
    Result<QList<Violation>> violations(Violation first);

private:
    Result<> tryCasts();
    Result<> tellRules();
    Result<> tryReferences();
    Result<> tryWithout();
    Result<Result<RowBatch>> undone(const Query& query);
    Result<Query> withoutWrong();
    Result<Value> standIn(const QString& column);
    const Value* given(const QString& column) const;
    bool isKnown(const QString& column) const;
    void add(const QString& column, Error error);

    drivers::Connection& m_connection;
    const TableEdits& m_table;
    const PlannedChange& m_change;
    QList<Violation> m_found;
};

}  // namespace dewpoint::rows
