// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

#include <QMap>

#include <functional>

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
    struct Dependants {
        Relation relation;
        Images before;
    };

    Result<> readByKeys(const Relation& relation, const std::vector<RowKey>& keys, Images& images);
    void readDependants(const TableEdits& table);
    void readDependants(const Relation& root, const QList<Dependant>& dependants,
                        const std::vector<RowKey>& keys, QList<const Dependant*>& path);
    Result<> readRows(const Relation& relation, const Query& query, Images& images);
    bool under(const std::function<Result<>()>& work);
    TableChanges changesOf(int table, const QList<std::pair<RowRef, RowKey>>& inserted);
    void addDependants(QList<TableChanges>& changes);

    drivers::Connection& m_connection;
    const QList<TableEdits>& m_tables;
    QList<Images> m_before;  ///< one per table
    QMap<QString, Dependants> m_dependants;
    qsizetype m_bytes = 0;
};

}  // namespace dewpoint::rows
