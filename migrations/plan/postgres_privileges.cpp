// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_privileges.h"

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres_privileges.h"
#include "diff/privileges.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

/// As ALTER DEFAULT PRIVILEGES calls what there are defaults for.
QString defaultsFor(GrantedOn on)
{
    switch (on) {
    case GrantedOn::Schema: return u"SCHEMAS"_s;
    case GrantedOn::Relation: return u"TABLES"_s;
    case GrantedOn::Sequence: return u"SEQUENCES"_s;
    case GrantedOn::Routine: return u"FUNCTIONS"_s;
    case GrantedOn::Type: return u"TYPES"_s;
    case GrantedOn::Default: break;
    }
    return {};
}

std::optional<ObjectKind> kindOf(GrantedOn on)
{
    switch (on) {
    case GrantedOn::Relation: return ObjectKind::Relation;
    case GrantedOn::Sequence: return ObjectKind::Sequence;
    case GrantedOn::Routine: return ObjectKind::Routine;
    case GrantedOn::Type: return ObjectKind::Type;
    case GrantedOn::Schema:
    case GrantedOn::Default: break;
    }
    return std::nullopt;
}

class Steps final
{
public:
    Steps(const Database& from, const Database& to, const PostgresFates& fates)
        : m_from(from), m_to(to), m_fates(fates)
    {}

    QList<Node> made()
    {
        for (const change::SetPrivileges& pair : diff::privilegePairs(m_from, m_to))
            add(pair);
        return std::move(m_nodes);
    }

private:
    bool isNew(const Privileges& object) const
    {
        if (object.on == GrantedOn::Schema)
            return !m_from.schemas.contains(object.name);
        const auto kind = kindOf(object.on);
        return kind
               && m_fates.isNew(
                   {.kind = *kind, .schema = object.schema, .name = object.name, .member = object.member});
    }

    /// Who may have got something on an object just because it was made. The maker is not known here, and
    /// the new defaults come last.
    QStringList favoured(const Privileges& object) const
    {
        QStringList roles;
        bool any = false;
        for (const Privileges& one : *m_from.privileges) {
            if (one.on != GrantedOn::Default || one.name != defaultsFor(object.on)
                || (!one.schema.isEmpty() && one.schema != object.schema))
                continue;
            any = true;
            for (const Grant& grant : one.grants)
                roles << grant.role;
        }
        for (const Grant& grant : usual(object).grants) {
            if (any)
                roles << grant.role;
        }
        roles.sort();
        roles.removeDuplicates();
        return roles;
    }

    /// What goes with a column needs no REVOKE.
    Privileges withoutGone(Privileges object) const
    {
        object.grants.removeIf([&](const Grant& grant) {
            return !grant.column.isEmpty()
                   && m_fates.isGone(partId(ObjectKind::Column, object.schema, object.name, grant.column));
        });
        return object;
    }

    void add(const change::SetPrivileges& pair)
    {
        const bool anew = isNew(pair.to);
        const QStringList roles = anew ? favoured(pair.to) : QStringList();
        const QStringList sql = !roles.isEmpty() ? pg::setPrivileges(pair.to, roles)
                                : anew           ? pg::setPrivileges(usual(pair.to), pair.to)
                                                 : pg::setPrivileges(withoutGone(pair.from), pair.to);
        if (sql.isEmpty())
            return;
        Step step{.sql = sql};
        if (pair.from != pair.to) {
            step.sentence = change::sentence(pair);
            step.source = pair;
        } else {
            step.sentence = Words::tr("Put the privileges on %1 back").arg(change::words(pair.to));
        }
        m_nodes.append({.id = {}, .role = Role::Grant, .rank = 0, .step = std::move(step)});
    }

    const Database& m_from;
    const Database& m_to;
    const PostgresFates& m_fates;
    QList<Node> m_nodes;
};

}  // namespace

QList<Node> privilegeNodes(const Database& from, const Database& to, const PostgresFates& fates)
{
    if (!from.privileges || !to.privileges)
        return {};
    return Steps(from, to, fates).made();
}

}  // namespace dewpoint::plan
