// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/postgres_types.h"

#include "render/drizzle/postgres_facts.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

/// pg_type name → pg-core's function, where nothing else is to be said.
QString plainFunction(const QString& type)
{
    static const QHash<QString, QString> functions{{u"int4"_s, u"integer"_s},
                                                   {u"int2"_s, u"smallint"_s},
                                                   {u"bool"_s, u"boolean"_s},
                                                   {u"float4"_s, u"real"_s},
                                                   {u"float8"_s, u"doublePrecision"_s},
                                                   {u"text"_s, u"text"_s},
                                                   {u"json"_s, u"json"_s},
                                                   {u"jsonb"_s, u"jsonb"_s},
                                                   {u"uuid"_s, u"uuid"_s},
                                                   {u"inet"_s, u"inet"_s},
                                                   {u"cidr"_s, u"cidr"_s},
                                                   {u"macaddr"_s, u"macaddr"_s},
                                                   {u"macaddr8"_s, u"macaddr8"_s},
                                                   {u"date"_s, u"date"_s},
                                                   {u"point"_s, u"point"_s},
                                                   {u"line"_s, u"line"_s}};
    return functions.value(type);
}

QStringList timeOptions(const TypeName& type)
{
    QStringList options;
    if (!type.arguments.isEmpty())
        options << u"precision: "_s + type.arguments.constFirst();
    if (type.name.endsWith(u"tz"_s))
        options << u"withTimezone: true"_s;
    if (type.name.startsWith(u"timestamp"_s))
        options << u"mode: 'string'"_s;
    return options;
}

/// varchar(3) → { length: 3 }, varchar → nothing.
QStringList sized(const TypeName& type, const QString& option)
{
    return type.arguments.isEmpty() ? QStringList() : QStringList{option + type.arguments.constFirst()};
}

QStringList numericOptions(const TypeName& type)
{
    if (type.arguments.isEmpty())
        return {};
    return sized(type, u"precision: "_s) + QStringList{u"scale: "_s + type.arguments.value(1, u"0"_s)};
}

Builder catalogBuilder(const TypeName& type, const Column& column)
{
    if (const QString function = plainFunction(type.name); !function.isEmpty())
        return {function, {}};
    if (type.name == u"int8")
        return {u"bigint"_s, {u"mode: \"number\""_s}};
    if (type.name == u"varchar")
        return {u"varchar"_s, sized(type, u"length: "_s)};
    if (type.name == u"bpchar")
        return {u"char"_s, sized(type, u"length: "_s)};
    if (type.name == u"numeric")
        return {u"numeric"_s, numericOptions(type)};
    if (type.name.startsWith(u"timestamp"_s))
        return {u"timestamp"_s, timeOptions(type)};
    if (type.name == u"time" || type.name == u"timetz")
        return {u"time"_s, timeOptions(type)};
    if (type.name == u"interval" && column.type.startsWith(u"interval"_s) && type.arguments.isEmpty())
        return {u"interval"_s, {}};
    if (type.name == u"bit" && !type.arguments.isEmpty())
        return {u"bit"_s, sized(type, u"dimensions: "_s)};
    return {};
}

Builder extensionBuilder(const TypeName& type)
{
    const QString first = type.arguments.value(0);
    if (type.name == u"vector" && !first.isEmpty())
        return {u"vector"_s, {u"dimensions: "_s + first}};
    if (type.name == u"geometry" && first.compare(u"point"_s, Qt::CaseInsensitive) == 0)
        return {u"geometry"_s, {u"type: \"point\""_s, u"srid: "_s + type.arguments.value(1, u"0"_s)}};
    return {};
}

QString timeType(const TypeName& type)
{
    const bool withZone = type.name.endsWith(u"tz"_s);
    QString sql = withZone ? type.name.chopped(2) : type.name;
    if (!type.arguments.isEmpty())
        sql += u'(' + type.arguments.constFirst() + u')';
    return withZone ? sql + u" with time zone"_s : sql;
}

/// The arguments as the release writes them behind the name.
QString withArguments(const QString& name, const TypeName& type, DrizzleRelease release)
{
    QStringList arguments = type.arguments;
    if (type.name == u"numeric" && arguments.size() == 1)
        arguments << u"0"_s;
    return arguments.isEmpty()
               ? name
               : name + u'(' + arguments.join(release == DrizzleRelease::Zero ? u", "_s : u","_s) + u')';
}

}  // namespace

Builder builderOf(const TypeName& type, const Column& column)
{
    return type.schema == u"pg_catalog" ? catalogBuilder(type, column) : extensionBuilder(type);
}

bool hasBuilder(const Database& database, const Column& column)
{
    const TypeName type = typeName(column.type);
    const Type* user = userType(database, type);
    return (user && user->kind == TypeKind::Enum) || !builderOf(type, column).function.isEmpty();
}

QString sqlType(const Database& database, const Column& column, DrizzleRelease release)
{
    static const QHash<QString, QString> spelled{
        {u"int4"_s, u"integer"_s}, {u"int2"_s, u"smallint"_s}, {u"int8"_s, u"bigint"_s},
        {u"bool"_s, u"boolean"_s}, {u"float4"_s, u"real"_s},   {u"float8"_s, u"double precision"_s},
        {u"bpchar"_s, u"char"_s}};
    const TypeName type = typeName(column.type);
    if (!hasBuilder(database, column))
        return withoutPublic(column.type);
    if (userType(database, type))
        return type.name;
    if (type.name.startsWith(u"time"_s))
        return timeType(type);
    return withArguments(spelled.value(type.name, type.name), type, release);
}

}  // namespace dewpoint::render::drizzle
