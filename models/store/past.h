// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_trail.h"
#include "store/history.h"

#include <functional>

namespace dewpoint::store {

/// What a commit did to one value; nothing where it was too large to be kept, or there was no row.
struct PastCell {
    QString column;
    std::optional<Value> before;
    std::optional<Value> after;
    bool operator==(const PastCell&) const = default;
};

/// What a commit did to the row.
struct PastStep {
    enum class Kind { Made, Changed, Deleted };
    Kind kind = Kind::Changed;
    QString commit;
    QDateTime at;
    bool byDatabase = false;  ///< a foreign key's ON DELETE did it
    bool takesBack = false;   ///< the commit took back another one
    QList<PastCell> cells;    ///< the changed ones, in the table's order; of a row that came or went all
    bool operator==(const PastStep&) const = default;
};

/// How much is read at a time.
struct PastLimits {
    qsizetype steps = 100;
    qint64 bytes = 8LL * 1024 * 1024;       ///< of values
    qint64 filesRead = 32LL * 1024 * 1024;  ///< bytes of kept rows
};

/// What became of a row, or of one of its values, as far as commits are kept: read from new to old, a piece
/// at a time. A value; a copy goes on where the original stood.
class Past final
{
public:
    /// Of the whole row where no column is named.
    Past(History history, const rows::Relation& relation, rows::RowKey key, QString column = {});

    /// The next older steps. `stopped` is asked between commits; then the answer is Cancelled.
    Result<QList<PastStep>> read(const std::function<bool()>& stopped = {}, const PastLimits& limits = {});
    bool isAtEnd() const { return m_trail.isAtEnd() || (m_listed && m_left.isEmpty()); }

private:
    void addSteps(const KeptCommit& commit, const rows::TableChanges& table, QList<PastStep>& steps);

    History m_history;
    QString m_schema;
    QString m_table;
    QString m_column;
    rows::RowTrail m_trail;
    bool m_listed = false;
    QStringList m_left;  ///< commits that were not read yet, the newest first
};

}  // namespace dewpoint::store
