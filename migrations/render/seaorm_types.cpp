// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/seaorm_types.h"

#include "render/rust_names.h"
#include "render/type_name.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::render::seaorm_schema {

using namespace schema;

namespace {

QString quoted(const QString& text)
{
    return u'"' + QString(text).replace(u'"', u"\\\""_s) + u'"';
}

RustType custom(const QString& type)
{
    return {.name = u"String"_s, .columnType = u"custom(%1)"_s.arg(quoted(type))};
}

RustType sqliteType(const QString& declared)
{
    const QString type = declared.section(u'(', 0, 0).trimmed().toLower();
    static const QHash<QString, RustType> types{
        {u"integer"_s, {u"i32"_s, {}}},
        {u"int"_s, {u"i32"_s, {}}},
        {u"mediumint"_s, {u"i32"_s, {}}},
        {u"tinyint"_s, {u"i8"_s, {}}},
        {u"smallint"_s, {u"i16"_s, {}}},
        {u"bigint"_s, {u"i64"_s, {}}},
        {u"int8"_s, {u"i64"_s, {}}},
        {u"boolean"_s, {u"bool"_s, {}}},
        {u"bool"_s, {u"bool"_s, {}}},
        {u"real"_s, {u"f64"_s, u"Double"_s}},
        {u"double"_s, {u"f64"_s, u"Double"_s}},
        {u"double precision"_s, {u"f64"_s, u"Double"_s}},
        {u"float"_s, {u"f32"_s, u"Float"_s}},
        {u"decimal"_s, {u"Decimal"_s, {}}},
        {u"numeric"_s, {u"Decimal"_s, {}}},
        {u"text"_s, {u"String"_s, u"Text"_s}},
        {u"clob"_s, {u"String"_s, u"Text"_s}},
        {u"varchar"_s, {u"String"_s, {}}},
        {u"character varying"_s, {u"String"_s, {}}},
        {u"char"_s, {u"String"_s, {}}},
        {u"blob"_s, {u"Vec<u8>"_s, u"Blob"_s}},
        {u"date"_s, {u"Date"_s, {}}},
        {u"time"_s, {u"Time"_s, {}}},
        {u"datetime"_s, {u"DateTime"_s, {}}},
        {u"datetime_text"_s, {u"DateTime"_s, {}}},
        {u"timestamp"_s, {u"DateTimeUtc"_s, {}}},
        {u"timestamp_text"_s, {u"DateTimeUtc"_s, {}}},
        {u"timestamp_with_timezone_text"_s, {u"DateTimeWithTimeZone"_s, {}}},
        {u"json_text"_s, {u"Json"_s, {}}},
        {u"json"_s, {u"Json"_s, {}}},
        {u"jsonb_text"_s, {u"Json"_s, u"JsonBinary"_s}},
        {u"uuid_text"_s, {u"Uuid"_s, {}}},
        {u"uuid"_s, {u"Uuid"_s, {}}}};
    const auto found = types.constFind(type);
    return found == types.constEnd() ? custom(declared) : *found;
}

RustType decimal(const QStringList& arguments)
{
    if (arguments.isEmpty())
        return {.name = u"Decimal"_s, .columnType = {}};
    return {.name = u"Decimal"_s,
            .columnType =
                u"Decimal(Some((%1, %2)))"_s.arg(arguments.constFirst(), arguments.value(1, u"0"_s))};
}

RustType builtIn(const TypeName& type, const QString& written)
{
    static const QHash<QString, RustType> types{{u"int2"_s, {u"i16"_s, {}}},
                                                {u"int4"_s, {u"i32"_s, {}}},
                                                {u"int8"_s, {u"i64"_s, {}}},
                                                {u"float4"_s, {u"f32"_s, u"Float"_s}},
                                                {u"float8"_s, {u"f64"_s, u"Double"_s}},
                                                {u"money"_s, {u"Decimal"_s, {}}},
                                                {u"bool"_s, {u"bool"_s, {}}},
                                                {u"text"_s, {u"String"_s, u"Text"_s}},
                                                {u"varchar"_s, {u"String"_s, {}}},
                                                {u"bpchar"_s, {u"String"_s, {}}},
                                                {u"bytea"_s, {u"Vec<u8>"_s, u"VarBinary(StringLen::None)"_s}},
                                                {u"uuid"_s, {u"Uuid"_s, {}}},
                                                {u"json"_s, {u"Json"_s, {}}},
                                                {u"jsonb"_s, {u"Json"_s, u"JsonBinary"_s}},
                                                {u"date"_s, {u"Date"_s, {}}},
                                                {u"time"_s, {u"Time"_s, {}}},
                                                {u"timetz"_s, {u"Time"_s, {}}},
                                                {u"timestamp"_s, {u"DateTime"_s, {}}},
                                                {u"timestamptz"_s, {u"DateTimeWithTimeZone"_s, {}}},
                                                {u"cidr"_s, {u"IpNetwork"_s, u"Cidr"_s}}};
    if (type.name == u"numeric")
        return decimal(type.arguments);
    const auto found = types.constFind(type.name);
    return found == types.constEnd() ? custom(written) : *found;
}

}  // namespace

RustType rustType(const Database& database, const Column& column)
{
    if (database.engine == Engine::Sqlite)
        return sqliteType(column.type);
    const TypeName type = typeName(column.type);
    RustType rust;
    if (const Type* user = userType(database, type); user && user->kind == TypeKind::Enum)
        rust = {.name = rust::upperCamel(user->name), .columnType = {}, .isEnum = true};
    else
        rust = type.schema == u"pg_catalog" ? builtIn(type, column.type) : custom(type.name);
    if (type.isArray) {
        rust.isArray = true;
        rust.columnType.clear();
    }
    return rust;
}

bool isFloat(const QString& rustType)
{
    return rustType == u"f32" || rustType == u"f64";
}

bool countsUp(const Database& database, const Table& table, const Column& column)
{
    if (database.engine == Engine::Postgres)
        return column.identity != Identity::None
               || column.defaultSql.value_or(QString()).startsWith(u"nextval("_s);
    return !table.withoutRowid && table.primaryKey() == QStringList{column.name}
           && column.type.toLower() == u"integer";
}

QString fieldName(const QString& name)
{
    const QString snake = rust::snake(name);
    if (snake == u"crate" || snake == u"self" || snake == u"super")
        return snake + u'_';
    return rust::isKeyword(snake) ? u"r#"_s + snake : snake.isEmpty() ? u"_"_s : snake;
}

QString variantName(const QString& label)
{
    const QString camel = rust::upperCamel(label);
    return camel.isEmpty() ? u"__Empty"_s : camel.front().isDigit() ? u'_' + camel : camel;
}

}  // namespace dewpoint::render::seaorm_schema
