// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ddl/postgres.h"
#include "diff/compare.h"
#include "plan/engines.h"
#include "plan/postgres_nodes.h"
#include "plan/postgres_privileges.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;

namespace {

/// Enum types that get a value which another step of the plan already uses: PostgreSQL refuses that in
/// the transaction that adds it.
std::set<ObjectId> usedAtOnce(const QList<Node>& nodes)
{
    std::set<ObjectId> types;
    for (const Node& node : nodes) {
        const auto* source = node.step.source ? std::get_if<change::AlterType>(&*node.step.source) : nullptr;
        if (!source || node.role != Role::Alter)
            continue;
        for (const QString& label : source->to.labels) {
            if (source->from.labels.contains(label))
                continue;
            const QString literal = ddl::postgres::literal(label);
            const bool used = std::ranges::any_of(nodes, [&](const Node& other) {
                return other.id != node.id && std::ranges::any_of(other.step.sql, [&](const QString& sql) {
                           // Another type's value of the same name is another value.
                           return sql.contains(literal) && !sql.startsWith(u"ALTER TYPE ")
                                  && !sql.startsWith(u"CREATE TYPE ");
                       });
            });
            if (used)
                types.insert(node.id);
        }
    }
    return types;
}

Result<QList<Node>> nodesOf(const Database& from, const Database& to, const QList<change::Change>& changes,
                            const std::set<ObjectId>& anew)
{
    const PostgresObjects before(from);
    const PostgresObjects after(to);
    const PostgresFates fates(before, after, changes, anew);
    return PostgresNodes(before, after, fates, changes).made().transform([&](QList<Node> nodes) {
        return nodes + privilegeNodes(from, to, fates);
    });
}

bool makesRoutine(const Node& node)
{
    return node.id.kind == ObjectKind::Routine && (node.role == Role::Create || node.role == Role::Alter);
}

}  // namespace

Result<Plan> planPostgres(const Database& from, const Database& to, const Options& options)
{
    const QList<change::Change> changes = diff::compare(from, to);
    Result<QList<Node>> nodes = nodesOf(from, to, changes, {});
    if (!nodes)
        return fail(nodes.error());
    const std::set<ObjectId> used = usedAtOnce(*nodes);
    if (!used.empty() && options.oneTransaction) {
        nodes = nodesOf(from, to, changes, used);
        if (!nodes)
            return fail(nodes.error());
    }
    Plan plan{.engine = Engine::Postgres};
    plan.looseBodies = std::ranges::any_of(*nodes, makesRoutine);
    for (Node& node : *nodes) {
        if (!options.oneTransaction && used.contains(node.id))
            node.step.inTransaction = false;
        if (!node.step.sql.isEmpty())
            plan.steps.append(std::move(node.step));
    }
    return plan;
}

}  // namespace dewpoint::plan
