// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/anchors.h"
#include "rows/dense_keys.h"
#include "rows/key_list.h"
#include "rows/query_builder.h"

#include <functional>
#include <memory>
#include <vector>

namespace dewpoint::rows {

/// How many rows there are: exact, a guess that is drawn with a "~", or what was seen so far.
struct RowCount {
    qint64 rows = 0;
    bool exact = false;
    bool atLeast = false;  ///< nothing says where the end is: there may be many more
    bool operator==(const RowCount&) const = default;
};

/// Consecutive rows of the view. A hidden key is split off the cells.
struct Page {
    qint64 position = 0;
    RowBatch rows;             ///< the relation's columns
    std::vector<RowKey> keys;  ///< one per row; empty without a key
    RowCount total;
    bool fromGuessedEnd = false;  ///< counted back from an end that is not exact: its place may be wrong
};

/// Reads any page of a table or view by key. Blocking, for one lane: rows are addressed by position
/// but fetched from the nearest anchor, from the end, or (sorted without an index) from a list of all
/// keys. The owner calls advance() in small slices between pages until it says done.
class PagedRows final
{
public:
    using StopAsked = std::function<bool()>;

    static constexpr qint64 maxCellBytes = 16 * 1024;
    static constexpr qsizetype keyListBytes = 44 * 1024 * 1024;

    PagedRows(Relation relation, ViewSpec spec);

    const QueryBuilder& builder() const { return m_builder; }
    RowCount total() const { return m_total; }

    /// Of the same rows in another order: it counts as exact until it is counted again.
    void know(const RowCount& total);

    Result<Page> page(drivers::Connection& connection, qint64 position, qint64 limit);
    /// A guess where the count is not known: statistics, or the highest rowid. Cheap.
    Result<RowCount> estimate(drivers::Connection& connection);
    /// One slice of background work (anchors and the exact count, or the key list). True when done.
    Result<bool> advance(drivers::Connection& connection, const StopAsked& stop);
    bool isScanned() const { return m_scanned; }
    qsizetype anchorCount() const { return m_anchors.count(); }

private:
    Result<Page> pageByKeys(drivers::Connection& connection, qint64 position, qint64 limit);
    Result<Page> pageFromEnd(drivers::Connection& connection, qint64 position, qint64 limit);
    Result<Page> pageFromAnchor(drivers::Connection& connection, qint64 position, qint64 limit);
    Page finished(RowBatch batch, qint64 position, bool reversed) const;
    Result<std::optional<Page>> pageByNumber(drivers::Connection& connection, qint64 position, qint64 limit);
    static std::vector<Value> rowOf(const RowBatch& batch, int row);
    RowKey numberAt(qint64 position) const;
    Result<bool> placeDense(drivers::Connection& connection);
    Result<bool> scanByStep(drivers::Connection& connection, const StopAsked& stop);
    Result<bool> scanByChain(drivers::Connection& connection);
    Result<bool> scanBySlice(drivers::Connection& connection);
    Result<bool> listKeys(drivers::Connection& connection, const StopAsked& stop);
    Result<> countExactly(drivers::Connection& connection);
    Result<bool> countAll(drivers::Connection& connection);
    void noteExact(qint64 rows);
    void noteSeen(qint64 rows);

    QueryBuilder m_builder;
    Anchors m_anchors;
    std::optional<DenseKeys> m_dense;
    std::unique_ptr<KeyList> m_keyList;
    bool m_keyListTooLarge = false;
    RowCount m_total;
    bool m_endKnown =
        false;  ///< m_total says where the end is, exactly or as a guess; else it is only what was seen
    qint64 m_scanPosition = 0;
    int m_denseTries = 0;
    bool m_scanned = false;
    bool m_told = false;  ///< m_total was counted before, in another order
};

}  // namespace dewpoint::rows
