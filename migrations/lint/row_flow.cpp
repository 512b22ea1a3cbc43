// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/row_flow.h"

#include <algorithm>

namespace dewpoint::lint {

RelationName RowFlow::key(const RelationName& name) const
{
    return m_ignoresCase ? RelationName{.schema = name.schema.toLower(), .name = name.name.toLower()} : name;
}

QSet<RelationName> RowFlow::holds(const RelationName& key) const
{
    return m_holds.value(key, {key});
}

void RowFlow::filled(const RelationName& table, const QList<RelationName>& from)
{
    QSet<RelationName> rows = holds(key(table));
    for (const RelationName& source : from)
        rows += holds(key(source));
    m_holds.insert(key(table), rows);
}

void RowFlow::renamed(const RelationName& from, const RelationName& to)
{
    const QSet<RelationName> rows = holds(key(from));
    empty(key(from));
    m_holds.insert(key(to), rows);
}

void RowFlow::dropped(const RelationName& table)
{
    m_dropped += holds(key(table));
    empty(key(table));
}

QList<RelationName> RowFlow::lost() const
{
    QList<RelationName> tables;
    for (const RelationName& table : m_dropped) {
        if (!holdsItsOwn(table))
            tables.append(table);
    }
    std::ranges::sort(tables, {}, &RelationName::shown);
    return tables;
}

}  // namespace dewpoint::lint
