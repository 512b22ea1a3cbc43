// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/relation_name.h"

#include <QList>
#include <QMap>
#include <QSet>

namespace dewpoint::lint {

/// Where the rows of the tables that were there go while scripts drop, rename, fill and make tables: a
/// table that is dropped and made again has lost its own, unless they were copied and come back.
class RowFlow final
{
public:
    /// SQLite: a name is the same in any case.
    void ignoreCase(bool ignored) { m_ignoresCase = ignored; }

    /// What was read while it was filled; perhaps not all of it.
    void filled(const RelationName& table, const QList<RelationName>& from);
    void renamed(const RelationName& from, const RelationName& to);
    void dropped(const RelationName& table);

    /// Tables that were dropped, and what has their name now, if anything, holds none of their rows.
    QList<RelationName> lost() const;
    /// Whether rows that were in it when the scripts began are in it now.
    bool holdsItsOwn(const RelationName& table) const { return holds(key(table)).contains(key(table)); }

private:
    RelationName key(const RelationName& name) const;
    void empty(const RelationName& key) { m_holds.insert(key, {}); }
    QSet<RelationName> holds(const RelationName& key) const;

    QMap<RelationName, QSet<RelationName>> m_holds;  ///< whose rows; what is not in it holds its own
    QSet<RelationName> m_dropped;
    bool m_ignoresCase = false;
};

}  // namespace dewpoint::lint
