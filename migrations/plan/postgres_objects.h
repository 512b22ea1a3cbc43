// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <utility>

namespace dewpoint::schema {

inline size_t qHash(const ObjectId& id, size_t seed = 0)
{
    return qHashMulti(seed, static_cast<int>(id.kind), id.schema, id.name, id.member);
}

}  // namespace dewpoint::schema

namespace dewpoint::plan {

/// One PostgreSQL schema by the names that pg_depend uses: what an object is, what needs it, how it is
/// made and dropped.
class PostgresObjects final
{
public:
    explicit PostgresObjects(const schema::Database& database);

    const schema::Table* table(const schema::ObjectId& id) const;  ///< its own, or the one it is part of
    const schema::View* view(const schema::ObjectId& id) const;
    const schema::Column* column(const schema::ObjectId& id) const;
    const schema::Constraint* constraint(const schema::ObjectId& id) const;
    const schema::Index* index(const schema::ObjectId& id) const;
    const schema::Type* type(const schema::ObjectId& id) const;
    const schema::Routine* routine(const schema::ObjectId& id) const;
    const schema::Sequence* sequence(const schema::ObjectId& id) const;
    const schema::OtherObject* other(const schema::ObjectId& id) const;
    bool contains(const schema::ObjectId& id) const;

    const QList<schema::Dependency>& dependencies() const { return m_database.dependencies; }
    /// What cannot be without it.
    QList<schema::ObjectId> dependents(const schema::ObjectId& id) const;
    /// The parent's object that it is a copy of (partitions, inherited checks).
    std::optional<schema::ObjectId> parent(const schema::ObjectId& id) const;
    /// Whether it may have a parent().
    bool isHeir(const schema::ObjectId& id) const
    {
        return m_heirs.contains(id.name) || m_parents.contains(id);
    }
    /// Tables that inherit from it or are its partitions.
    QList<schema::ObjectId> children(const schema::ObjectId& relation) const;
    /// What takes a rule, extended statistics or a setting along when it goes.
    QList<schema::ObjectId> holders(const schema::ObjectId& other) const;
    /// The column that a serial column's sequence belongs to.
    std::optional<schema::ObjectId> owner(const schema::Sequence& sequence) const;
    /// The sequence that numbers a column by its default, and the columns that a sequence numbers so.
    std::optional<schema::ObjectId> counter(const schema::ObjectId& column) const;
    QList<schema::ObjectId> countedBy(const schema::Sequence& sequence) const;

    /// Statements that make it, with its comment.
    QStringList create(const schema::ObjectId& id) const;
    QStringList drop(const schema::ObjectId& id) const;

private:
    schema::Table withoutInherited(schema::Table table) const;
    QStringList createTable(const schema::Table& table) const;
    QStringList createView(const schema::View& view) const;
    QStringList createConstraint(const schema::ObjectId& id) const;
    QStringList createTrigger(const schema::ObjectId& id) const;
    const QList<schema::Trigger>* triggers(const schema::ObjectId& id) const;

    const schema::Database& m_database;
    QHash<std::pair<QString, QString>, const schema::Table*> m_tables;  ///< by schema and name
    QHash<QString, QList<qsizetype>> m_needed;  ///< places of dependencies, by the name of what is needed
    QHash<schema::ObjectId, schema::ObjectId> m_parents;
    QSet<QString> m_heirs;  ///< names of tables that inherit
};

/// What cannot be without its relation: a column, constraint, index …
bool isPart(const schema::ObjectId& id);
schema::ObjectId relationOf(const schema::ObjectId& part);
schema::ObjectId relationId(const QString& schema, const QString& name);
schema::ObjectId otherId(const schema::OtherObject& object);
schema::ObjectId partId(schema::ObjectKind kind, const QString& schema, const QString& relation,
                        const QString& name);

}  // namespace dewpoint::plan
