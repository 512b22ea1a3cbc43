// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"
#include "rows/rows_by_key.h"

#include <QMap>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace dewpoint::rows {

/// The rows that a commit changes, read within its transaction before and after its statements. What
/// cannot be read or is too much to keep is only counted: it is no reason to refuse the commit.
class CommitImages final
{
public:
    CommitImages(drivers::Connection& connection, const QList<TableEdits>& tables)
        : m_connection(connection), m_tables(tables)
    {}

    void readBefore();
    QList<TableChanges> readAfter(const QList<std::pair<RowRef, RowKey>>& inserted);

private:
    using Images = QMap<QByteArray, std::pair<RowKey, RowImage>>;  ///< by encoded key
    using InOrder = std::vector<std::optional<RowImage>>;          ///< nothing: not there, or not read
    struct Dependants {
        Relation relation;
        Images before;
        qint64 missed = 0;              ///< rows that the database changes, and of which nothing is kept
        std::optional<qint64> touched;  ///< rows that cannot even be counted: the server's own count before
    };

    InOrder byKeys(const Relation& relation, const std::vector<RowKey>& keys);
    Result<> readByKeys(const Relation& relation, const std::vector<RowKey>& keys, InOrder& images);
    std::optional<RowImage> imageOf(const Relation& relation, FoundRow& row, const QList<int>& order);
    void addReferring(const QString& target, const QList<Dependant>& dependants);
    QList<const Dependant*> actingOn(const QString& target) const;
    void readDependants(const TableEdits& table);
    void readReferring(const Relation& target, const Dependant& dependant, const std::vector<RowKey>& keys);
    void countReferring(const Relation& target, QList<const Dependant*>& path,
                        const std::vector<RowKey>& keys);
    std::optional<qint64> touchedSoFar(const Relation& relation);
    Dependants& knownOf(const Relation& relation);
    Result<bool> readRows(const Relation& relation, const Query& query, Images& images);
    bool under(const std::function<Result<>()>& work);
    TableChanges changesOf(int table, const QList<std::pair<RowRef, RowKey>>& inserted);
    void addDependants(QList<TableChanges>& changes);
    void addRows(const Dependants& dependants, TableChanges& touched);

    drivers::Connection& m_connection;
    const QList<TableEdits>& m_tables;
    QList<InOrder> m_before;  ///< one per table, in the order of its edits
    QMap<QString, Dependants> m_dependants;
    QMap<QString, const QList<Dependant>*> m_referring;  ///< by the table they refer to
    std::deque<std::pair<const Relation*, std::vector<RowKey>>>
        m_left;  ///< gone rows that are to be followed
    qsizetype m_bytes = 0;
};

}  // namespace dewpoint::rows
