// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres_privileges.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::change {

using namespace schema;

namespace {

QString newObjects(const QString& kind)
{
    return kind == u"TABLES"      ? Words::tr("new tables")
           : kind == u"SEQUENCES" ? Words::tr("new sequences")
           : kind == u"FUNCTIONS" ? Words::tr("new routines")
           : kind == u"TYPES"     ? Words::tr("new types")
           : kind == u"SCHEMAS"   ? Words::tr("new schemas")
                                  : Words::tr("new large objects");
}

/// Those that are not on the other side; `loosely`: whether they may be handed on makes no difference.
QList<Grant> without(const QList<Grant>& grants, const QList<Grant>& others, bool loosely)
{
    QList<Grant> rest = grants;
    rest.removeIf([&](const Grant& grant) {
        return std::ranges::any_of(others, [&](Grant other) {
            if (loosely || other.grantable)
                other.grantable = grant.grantable;
            return other == grant;
        });
    });
    return rest;
}

void tell(QStringList& parts, const QList<Grant>& grants, const QString& text)
{
    for (const auto& [role, rights] : ddl::postgres::byRole(grants))
        parts << text.arg(ddl::postgres::privilegeList(rights), ddl::postgres::roleName(role));
}

}  // namespace

QString words(const Privileges& object)
{
    const QString name = called(object.schema, object.name);
    switch (object.on) {
    case GrantedOn::Schema: return Words::tr("schema %1").arg(object.name);
    case GrantedOn::Relation: return name;
    case GrantedOn::Sequence: return Words::tr("sequence %1").arg(name);
    case GrantedOn::Routine: return u"%1(%2)"_s.arg(name, object.member);
    case GrantedOn::Type: return Words::tr("type %1").arg(name);
    case GrantedOn::Default: break;
    }
    const QString made = Words::tr("%1 of %2").arg(newObjects(object.name), object.member);
    return object.schema.isEmpty() ? made : Words::tr("%1 in schema %2").arg(made, object.schema);
}

QString difference(const Privileges& from, const Privileges& to)
{
    QStringList parts;
    tell(parts, without(from.grants, to.grants, true), Words::tr("revoke %1 from %2"));
    QList<Grant> kept = without(from.grants, to.grants, false);
    kept.removeIf([&](const Grant& grant) { return without({grant}, to.grants, true).contains(grant); });
    tell(parts, kept, Words::tr("revoke the right to grant %1 from %2"));
    QList<Grant> plain = without(to.grants, from.grants, false);
    QList<Grant> grantable = plain;
    plain.removeIf([](const Grant& grant) { return grant.grantable; });
    grantable.removeIf([](const Grant& grant) { return !grant.grantable; });
    tell(parts, plain, Words::tr("grant %1 to %2"));
    tell(parts, grantable, Words::tr("grant %1 to %2, who may grant it to others"));
    return parts.join(u"; "_s);
}

}  // namespace dewpoint::change
