// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/plan.h"
#include "plan/postgres_fates.h"

#include <QSet>

#include <utility>

namespace dewpoint::plan {

enum class Role { Drop, Alter, Create, Own, Disown, Attach, Comment, Grant };

/// A step before it has its place.
struct Node {
    schema::ObjectId id;
    Role role = Role::Alter;
    int rank = 0;  ///< among those that may come next
    Step step;
};

/// Writes the steps for what happens to each object, and finds the order: nothing is dropped before what
/// needs it is gone or changed, nothing is made before what it needs is there.
class PostgresNodes final
{
public:
    PostgresNodes(const PostgresObjects& from, const PostgresObjects& to, const PostgresFates& fates,
                  const QList<change::Change>& changes)
        : m_from(from), m_to(to), m_fates(fates), m_changes(changes)
    {}

    Result<QList<Node>> made();

private:
    using ObjectId = schema::ObjectId;
    using Edges = QList<std::pair<qsizetype, qsizetype>>;

    Result<> addObjects();
    void addWhole(const change::Change& change);
    QString sentenceOf(const ObjectId& id, const change::Change& source) const;
    int placeOf(const Node& node) const;
    void addDrop(const ObjectId& id, const Destiny& destiny);
    bool isRefusedIdentity(const ObjectId& id) const;
    Result<> addCreate(const ObjectId& id, const Destiny& destiny);
    Result<> addAlter(const ObjectId& id, const Destiny& destiny);
    Result<QStringList> moveColumns(const ObjectId& type, const QString& instead) const;
    bool losesAttributes(const ObjectId& type) const;
    Result<> addRebuild(const ObjectId& type, const Destiny& destiny);
    Result<QStringList> alterSql(const ObjectId& id, const Destiny& destiny) const;
    void addOwners();
    void addCountingOn();
    QStringList countingOn(const schema::Sequence& sequence) const;
    bool isNumberedAnew(const ObjectId& column) const;
    QString keptOf(const ObjectId& column) const;
    QStringList rememberingBefore(const ObjectId& dropped) const;
    void addAttachments();
    void addDropsInCircles();
    void addComment(const change::SetComment& comment);
    void add(const ObjectId& id, Role role, int rank, Step step);

    bool goesAlong(const ObjectId& id) const;
    bool comesAlong(const ObjectId& id) const;
    bool canGoFirst(const ObjectId& id) const;

    qsizetype node(const ObjectId& id, Role role) const;
    qsizetype dropOf(const ObjectId& id) const;
    qsizetype createOf(const ObjectId& id) const;
    qsizetype alterOf(const ObjectId& id) const;
    Edges edges() const;
    bool matters(const PostgresObjects& side, const ObjectId& id) const;
    QList<const schema::Dependency*> dependencies(const PostgresObjects& side) const;
    void connectOld(Edges& edges) const;
    void connectNew(Edges& edges) const;
    void connectChildren(Edges& edges) const;
    void connectNames(Edges& edges) const;
    void connectParts(Edges& edges) const;
    QStringList namesOf(const PostgresObjects& side, const ObjectId& id) const;

    const PostgresObjects& m_from;
    const PostgresObjects& m_to;
    const PostgresFates& m_fates;
    const QList<change::Change>& m_changes;
    QList<Node> m_nodes;
    QHash<std::pair<Role, ObjectId>, qsizetype> m_places;  ///< of nodes
    QSet<QString> m_touched;                               ///< names of what has a step, or its parts do
};

}  // namespace dewpoint::plan
