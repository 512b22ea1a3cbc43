// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ddl/postgres_privileges.h"

#include "ddl/postgres.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::ddl::postgres {

using namespace schema;

namespace {

/// GRANT knows an ordered-set aggregate by all that it takes, in one list.
QString plainArguments(QString arguments)
{
    if (arguments.startsWith(u"ORDER BY "))
        arguments.remove(0, 9);
    return arguments.replace(u" ORDER BY "_s, u", "_s);
}

/// As GRANT … ON names it.
QString objectOf(const Privileges& object)
{
    const QString qualified = name(object.schema, object.name);
    switch (object.on) {
    case GrantedOn::Schema: return u"SCHEMA "_s + qualified;
    case GrantedOn::Relation: return u"TABLE "_s + qualified;
    case GrantedOn::Sequence: return u"SEQUENCE "_s + qualified;
    case GrantedOn::Routine: return u"ROUTINE "_s + qualified + u'(' + plainArguments(object.member) + u')';
    case GrantedOn::Type: return u"TYPE "_s + qualified;
    case GrantedOn::Default: return object.name;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString headOf(const Privileges& object)
{
    if (object.on != GrantedOn::Default)
        return {};
    const QString where = object.schema.isEmpty() ? QString() : u"IN SCHEMA "_s + name(object.schema) + u' ';
    return u"ALTER DEFAULT PRIVILEGES FOR ROLE "_s + name(object.member) + u' ' + where;
}

bool isSameRight(const Grant& one, const Grant& other)
{
    return one.role == other.role && one.column == other.column && one.privilege == other.privilege;
}

const Grant* find(const QList<Grant>& grants, const Grant& wanted)
{
    const auto found =
        std::ranges::find_if(grants, [&](const Grant& each) { return isSameRight(each, wanted); });
    return found == grants.end() ? nullptr : &*found;
}

/// Writes the statements and keeps track of what stands after each.
class Writer final
{
public:
    Writer(const Privileges& from, const Privileges& to)
        : m_head(headOf(to)), m_object(objectOf(to)), m_have(from.grants), m_want(to.grants)
    {}

    /// The owner can only take back what the owner gave, with all that came of it.
    void revokeEverything()
    {
        for (const RoleGrants& one : byRole(m_have))
            revokeEverything(one.role, u" CASCADE"_s);
        m_have.clear();
    }

    void revokeEverything(const QString& role, const QString& tail = {})
    {
        m_sql << m_head + u"REVOKE ALL ON "_s + m_object + u" FROM "_s + roleName(role) + tail;
    }

    /// On a whole table it goes for each of its columns as well, so that what these keep is granted again.
    void revoke(bool ofColumns)
    {
        QList<Grant> rights;
        QList<Grant> options;
        for (const Grant& grant : std::as_const(m_have)) {
            const Grant* wanted = find(m_want, grant);
            if (grant.column.isEmpty() == ofColumns)
                continue;
            if (!wanted)
                rights.append(grant);
            else if (grant.grantable && !wanted->grantable)
                options.append(grant);
        }
        revoke(u"REVOKE "_s, rights);
        revoke(u"REVOKE GRANT OPTION FOR "_s, options);
        const auto covers = [](const Grant& gone, const Grant& each) {
            return gone.role == each.role && gone.privilege == each.privilege
                   && (gone.column.isEmpty() || gone.column == each.column);
        };
        for (const Grant& gone : std::as_const(rights))
            m_have.removeIf([&](const Grant& each) { return covers(gone, each); });
        for (const Grant& gone : std::as_const(options)) {
            for (Grant& each : m_have)
                each.grantable = each.grantable && !covers(gone, each);
        }
    }

    void grant()
    {
        for (const bool grantable : {false, true}) {
            QList<Grant> missing;
            for (const Grant& grant : std::as_const(m_want)) {
                const Grant* there = find(m_have, grant);
                if (grant.grantable == grantable && (!there || (grantable && !there->grantable)))
                    missing.append(grant);
            }
            for (const RoleGrants& one : byRole(missing))
                m_sql << m_head + u"GRANT "_s + privilegeList(one.grants) + u" ON "_s + m_object + u" TO "_s
                             + roleName(one.role) + (grantable ? u" WITH GRANT OPTION"_s : QString());
        }
    }

    QStringList statements() { return std::move(m_sql); }

private:
    void revoke(const QString& verb, const QList<Grant>& gone)
    {
        for (const RoleGrants& one : byRole(gone))
            m_sql << m_head + verb + privilegeList(one.grants) + u" ON "_s + m_object + u" FROM "_s
                         + roleName(one.role);
    }

    QString m_head;
    QString m_object;
    QList<Grant> m_have;
    QList<Grant> m_want;
    QStringList m_sql;
};

}  // namespace

QString roleName(const QString& role)
{
    return role.isEmpty() ? u"PUBLIC"_s : name(role);
}

QList<RoleGrants> byRole(const QList<Grant>& grants)
{
    QList<RoleGrants> roles;
    for (const Grant& grant : grants) {
        const auto known = std::ranges::find(roles, grant.role, &RoleGrants::role);
        if (known == roles.end())
            roles.append({.role = grant.role, .grants = {grant}});
        else
            known->grants.append(grant);
    }
    return roles;
}

QString privilegeList(const QList<Grant>& grants)
{
    QStringList list;
    QStringList ofColumns;
    for (const Grant& grant : grants) {
        if (grant.column.isEmpty())
            list << grant.privilege;
        else if (!ofColumns.contains(grant.privilege))
            ofColumns << grant.privilege;
    }
    for (const QString& privilege : std::as_const(ofColumns)) {
        QStringList columns;
        for (const Grant& grant : grants) {
            if (grant.privilege == privilege && !grant.column.isEmpty())
                columns << grant.column;
        }
        list << privilege + u" ("_s + names(columns) + u')';
    }
    return list.join(u", "_s);
}

QStringList setPrivileges(const Privileges& from, const Privileges& to)
{
    if (from == to)
        return {};
    Writer writer(from, to);
    if (from.handedOn)
        writer.revokeEverything();
    writer.revoke(false);
    writer.revoke(true);
    writer.grant();
    return writer.statements();
}

QStringList setPrivileges(const Privileges& to, const QStringList& roles)
{
    Privileges nothing = to;
    nothing.grants.clear();
    Writer writer(nothing, to);
    for (const QString& role : roles)
        writer.revokeEverything(role);
    writer.grant();
    return writer.statements();
}

}  // namespace dewpoint::ddl::postgres
