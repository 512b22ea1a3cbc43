// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/row_key.h"
#include "rows/view_spec.h"

namespace dewpoint::rows {

class QueryWriter;

struct Query {
    QString sql;
    QList<Value> parameters;
};

/// One column of the complete order: NULLs stand where the engine's own indexes have them (first in
/// ascending order on SQLite, last on PostgreSQL), said explicitly.
struct OrderTerm {
    QString column;
    bool descending = false;
    bool nullable = false;
    bool operator==(const OrderTerm&) const = default;
};

/// Writes the SELECTs of a paged view. Pure; positions are rows counted from the start of the order.
class QueryBuilder final
{
public:
    QueryBuilder(Relation relation, ViewSpec spec);

    const Relation& relation() const { return m_relation; }
    const ViewSpec& spec() const { return m_spec; }
    const QList<OrderTerm>& order() const { return m_order; }
    bool isKeyed() const { return m_relation.keyKind != KeyKind::None; }
    /// True when the order comes from an index, so that a page costs no sort of the whole table.
    bool isOrderIndexed() const;
    /// One direction and no NULLs: a row value comparison says what follows.
    bool isOrderUniform() const;

    /// All columns, then the hidden key. `from` holds the order terms' values of the first row wanted.
    Query page(const RowKey* from, qint64 offset, qint64 limit) const;
    /// The same counted from the end, in reverse order.
    Query pageFromEnd(qint64 offset, qint64 limit) const;
    /// Order terms only: the row `step` rows after `from` (at `step` from the start when null).
    Query anchor(const RowKey* from, qint64 step) const;
    /// Order terms of every step-th row among the next `rows` rows at and after `from`, with its number.
    Query anchorSlice(const RowKey* from, qint64 rows, qint64 step) const;
    /// The same from one to the next, which reads no more than an index; the rows behind the last full
    /// step are left out. For a uniform order on PostgreSQL.
    Query anchorChain(const RowKey* from, qint64 rows, qint64 step) const;
    Query count() const;
    /// Every row of the view in its order, to be streamed.
    Query all() const;
    /// Keys of all rows in order.
    Query keys() const;
    /// The rows with these keys, in no particular order.
    Query byKeys(const std::vector<RowKey>& keys) const;
    /// Order terms, then these columns, of the rows at and after `from`.
    Query cells(const QStringList& columns, const RowKey* from, qint64 limit) const;
    /// How many rows the view has at and after this one; 0 from a row that is not in the view.
    Query countFrom(const RowKey& from) const;
    /// Order terms of the row with this key; no row where the view does not hold it.
    Query placeOf(const RowKey& key) const;

    /// Values of the order terms / of the key in a row that page() returned.
    RowKey orderValues(const std::vector<Value>& row) const;
    RowKey keyOf(const std::vector<Value>& row) const;

private:
    int cellOf(const QString& column) const;
    QString orderColumns() const;
    QString orderBy(bool reverse) const;
    void where(QueryWriter& writer, const RowKey* from) const;

    Relation m_relation;
    ViewSpec m_spec;
    QList<OrderTerm> m_order;
};

/// All columns, then the hidden key: what page() and byKeys() select.
QString selectList(const Relation& relation);

/// True of the rows with these keys, of which there is at least one.
QString keyIs(QueryWriter& writer, const Relation& relation, const std::vector<RowKey>& keys);

}  // namespace dewpoint::rows
