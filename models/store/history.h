// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/target.h"
#include "rows/row_changes.h"

#include <QDateTime>

#include <optional>

namespace dewpoint::store {

/// What a kept commit did to one table, in short.
struct KeptTable {
    QString schema;
    QString name;
    rows::TableChanges::Counts counts;
    int unknown = 0;
    QString takesBack;  ///< the commit that was taken back with it
    bool operator==(const KeptTable&) const = default;
};

struct KeptCommit {
    QString id;  ///< later ones sort behind
    QDateTime at;
    QList<KeptTable> tables;
    bool operator==(const KeptCommit&) const = default;
};

struct HistoryBudget {
    qsizetype commits = 200;
    qint64 bytes = 64LL * 1024 * 1024;
};

/// The commits of one database with their rows before and after, in a folder: the oldest go when there
/// are too many or they take too much room. A value; its functions read and write files.
class History final
{
public:
    explicit History(QString folder, HistoryBudget budget = {})
        : m_folder(std::move(folder)), m_budget(budget)
    {}

    Result<KeptCommit> keep(const QList<rows::TableChanges>& changes) const;
    QList<KeptCommit> commits() const;  ///< newest first
    QStringList ids() const;            ///< the same without reading what they did
    std::optional<KeptCommit> commit(const QString& id) const;
    /// Whether its rows may be about this key: false is certain. Adds what it read to `bytes`.
    bool mentions(const QString& id, const rows::RowKey& key, qint64& bytes) const;
    Result<QList<rows::TableChanges>> changesOf(const QString& id) const;
    Result<> clear() const;

private:
    QString file(const QString& id, QLatin1StringView suffix) const;
    void prune() const;

    QString m_folder;
    HistoryBudget m_budget;
};

/// Where the history of this database is, whatever the guard level; made when missing.
QString historyFolder(const drivers::Target& target);

/// Whether everything that the commit did to the table was taken back since, and that not in its turn.
bool isTakenBack(const QList<KeptCommit>& commits, const QString& id, const QString& schemaName,
                 const QString& table);
bool isTakenBack(const QList<KeptCommit>& commits, const KeptCommit& commit);  ///< in all of its tables

/// The newest commit of the table that is still in effect and did not take back another; empty: none.
QString lastOf(const QList<KeptCommit>& commits, const QString& schemaName, const QString& table);

}  // namespace dewpoint::store
