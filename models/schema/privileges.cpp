// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "schema/privileges.h"

#include "schema/database.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::schema {

namespace {

QString keyOf(const Privileges& object)
{
    return QString::number(static_cast<int>(object.on)) + u'\n' + object.schema + u'\n' + object.name + u'\n'
           + object.member;
}

}  // namespace

Privileges usual(Privileges object)
{
    // Defaults that hold in one schema are added to those that hold everywhere, so nothing is usual in them.
    const bool isDefault = object.on == GrantedOn::Default && object.schema.isEmpty();
    object.grants.clear();
    object.handedOn = false;
    if (object.on == GrantedOn::Routine || (isDefault && object.name == u"FUNCTIONS"))
        object.grants.append({.role = {}, .column = {}, .privilege = u"EXECUTE"_s});
    if (object.on == GrantedOn::Type || (isDefault && object.name == u"TYPES"))
        object.grants.append({.role = {}, .column = {}, .privilege = u"USAGE"_s});
    return object;
}

QList<Privileges> Database::allPrivileges() const
{
    QHash<QString, const Privileges*> known;
    QList<Privileges> all;
    const auto add = [&](GrantedOn on, const QString& ofSchema, const QString& name, const QString& member) {
        const Privileges object{.on = on, .schema = ofSchema, .name = name, .member = member, .grants = {}};
        const Privileges* told = known.value(keyOf(object));
        all.append(told ? *told : usual(object));
    };
    if (!privileges)
        return all;
    for (const Privileges& one : *privileges)
        known.insert(keyOf(one), &one);
    for (const QString& one : schemas)
        add(GrantedOn::Schema, {}, one, {});
    for (const Type& one : types)
        add(GrantedOn::Type, one.schema, one.name, {});
    for (const Sequence& one : sequences)
        add(GrantedOn::Sequence, one.schema, one.name, {});
    for (const Table& one : tables)
        add(GrantedOn::Relation, one.schema, one.name, {});
    for (const View& one : views)
        add(GrantedOn::Relation, one.schema, one.name, {});
    for (const Routine& one : routines)
        add(GrantedOn::Routine, one.schema, one.name, one.arguments);
    for (const Privileges& one : *privileges) {
        if (one.on == GrantedOn::Default)
            all.append(one);
    }
    return all;
}

}  // namespace dewpoint::schema
