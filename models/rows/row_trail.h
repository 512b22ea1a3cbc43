// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_changes.h"

namespace dewpoint::rows {

/// Follows one row back through the commits of its table, the newest first: by its key, also over commits
/// that changed the key, and over being deleted and made again.
class RowTrail final
{
public:
    RowTrail(const Relation& relation, RowKey key);

    /// What this commit did to the row, the last first. Commits are to be given from new to old.
    QList<RowChange> stepsIn(const TableChanges& changes);
    /// What is older is of another row, or of none that could be told from others.
    bool isAtEnd() const { return m_ended; }
    /// What the row had as its key before the commits that were given.
    const RowKey& key() const { return m_key; }

private:
    std::optional<RowKey> keyBefore(const RowChange& change, const TableChanges& changes) const;
    std::optional<RowKey> keyAfter(const RowChange& change, const TableChanges& changes) const;
    std::optional<RowKey> keyIn(const RowImage& image) const;
    bool isKeyedAlike(const TableChanges& changes) const;

    KeyKind m_keyKind;
    QStringList m_keyColumns;
    RowKey m_key;
    bool m_ended = false;
};

}  // namespace dewpoint::rows
