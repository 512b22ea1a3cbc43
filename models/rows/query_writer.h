// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/query_builder.h"

namespace dewpoint::rows {

/// A column where it is compared: an enum's operators do not take a domain over it, so that is looked below
/// (PostgreSQL manual, "Polymorphic Types").
QString comparedRef(const Relation& relation, const QString& column);

/// Collects SQL and its parameters numbered or marked as the engine wants it.
class QueryWriter final
{
public:
    explicit QueryWriter(const Relation& relation) : m_relation(relation) {}

    QString bind(const Value& value)
    {
        query.parameters += value;
        return isPostgres() ? QStringLiteral("$%1").arg(query.parameters.size()) : QStringLiteral("?");
    }
    const Relation& relation() const { return m_relation; }
    bool isPostgres() const { return m_relation.engine == Engine::Postgres; }
    QString ref(const QString& column) const { return m_relation.columnRef(column); }
    QString compared(const QString& column) const { return comparedRef(m_relation, column); }
    QString asText(const QString& column) const
    {
        return isPostgres() ? ref(column) + QStringLiteral("::text")
                            : QStringLiteral("CAST(%1 AS TEXT)").arg(ref(column));
    }
    Query query;

private:
    const Relation& m_relation;
};

}  // namespace dewpoint::rows
