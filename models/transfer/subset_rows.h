// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/subset.h"

#include <QSet>

#include <map>

namespace dewpoint::transfer {

/// A foreign key of one table of the subset, as the collector follows it.
struct SubsetLink {
    QStringList columns;
    size_t target = 0;  ///< index of its table
    QStringList targetColumns;
    bool enforced = true;  ///< the database's own, not one that a person declared
    bool deferrable = false;
    QStringList nullable;  ///< of its columns, those that may be NULL at first; empty: none that would do
};

/// A table and those of its rows that belong to the subset.
struct SubsetTable {
    rows::Relation relation;
    QList<SubsetLink> links;
    rows::Relation narrow;  ///< the key, and the columns of links from and to it
    std::vector<rows::RowKey> keys;
    QHash<QByteArray, size_t> places;  ///< encoded key → index in keys
};

/// A row refers to another of a table that refers back: what an order has to be found for.
struct SubsetEdge {
    size_t table = 0;
    size_t row = 0;
    qsizetype link = 0;
    QByteArray value;  ///< labelKey() of what it refers to
};

struct SubsetRows {
    std::vector<SubsetTable> tables;
    std::vector<std::vector<size_t>> order;  ///< of tables; several together where they refer to each other
    std::vector<SubsetEdge> edges;
    /// By target table and its columns: labelKey() → row.
    std::map<std::pair<size_t, QStringList>, QHash<QByteArray, size_t>> targets;
    qint64 rows = 0;
    qint64 missing = 0;
};

/// Which rows belong to the subset: keys alone, found in batches.
Result<SubsetRows> collectSubset(drivers::Connection& connection, const Subset& subset, Progress& progress);

}  // namespace dewpoint::transfer
