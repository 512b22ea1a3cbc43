// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/prisma_types.h"

#include "render/type_name.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::prisma_schema {

using namespace schema;

namespace {

QString withArguments(const QString& native, const QStringList& arguments)
{
    return arguments.isEmpty() ? native : native + u'(' + arguments.join(u", "_s) + u')';
}

ScalarType sqliteType(const QString& declared)
{
    const QString type = declared.section(u'(', 0, 0).trimmed().toLower();
    static const QHash<QString, QString> names{{u"int"_s, u"Int"_s},
                                               {u"integer"_s, u"Int"_s},
                                               {u"int4"_s, u"Int"_s},
                                               {u"smallint"_s, u"Int"_s},
                                               {u"mediumint"_s, u"Int"_s},
                                               {u"tinyint"_s, u"Int"_s},
                                               {u"int2"_s, u"Int"_s},
                                               {u"serial"_s, u"Int"_s},
                                               {u"bigint"_s, u"BigInt"_s},
                                               {u"int8"_s, u"BigInt"_s},
                                               {u"unsigned big int"_s, u"BigInt"_s},
                                               {u"real"_s, u"Float"_s},
                                               {u"double"_s, u"Float"_s},
                                               {u"double precision"_s, u"Float"_s},
                                               {u"float"_s, u"Float"_s},
                                               {u"float8"_s, u"Float"_s},
                                               {u"decimal"_s, u"Decimal"_s},
                                               {u"numeric"_s, u"Decimal"_s},
                                               {u"boolean"_s, u"Boolean"_s},
                                               {u"bool"_s, u"Boolean"_s},
                                               {u"date"_s, u"DateTime"_s},
                                               {u"datetime"_s, u"DateTime"_s},
                                               {u"timestamp"_s, u"DateTime"_s},
                                               {u"blob"_s, u"Bytes"_s},
                                               {u"binary"_s, u"Bytes"_s},
                                               {u"json"_s, u"Json"_s},
                                               {u"jsonb"_s, u"Json"_s},
                                               {u"text"_s, u"String"_s},
                                               {u"char"_s, u"String"_s},
                                               {u"varchar"_s, u"String"_s},
                                               {u"character"_s, u"String"_s},
                                               {u"clob"_s, u"String"_s},
                                               {u"nvarchar"_s, u"String"_s},
                                               {u"nchar"_s, u"String"_s}};
    const QString name = names.value(type);
    return {.name = name.isEmpty() ? u"Unsupported(%1)"_s.arg(text(declared)) : name, .native = {}};
}

struct Native {
    QString name;
    QString attribute;  ///< without arguments; empty: the usual type
};

const QHash<QString, Native>& postgresTypes()
{
    static const QHash<QString, Native> types{{u"int2"_s, {u"Int"_s, u"@db.SmallInt"_s}},
                                              {u"int4"_s, {u"Int"_s, {}}},
                                              {u"int8"_s, {u"BigInt"_s, {}}},
                                              {u"oid"_s, {u"Int"_s, u"@db.Oid"_s}},
                                              {u"float4"_s, {u"Float"_s, u"@db.Real"_s}},
                                              {u"float8"_s, {u"Float"_s, {}}},
                                              {u"numeric"_s, {u"Decimal"_s, u"@db.Decimal"_s}},
                                              {u"money"_s, {u"Decimal"_s, u"@db.Money"_s}},
                                              {u"bool"_s, {u"Boolean"_s, {}}},
                                              {u"text"_s, {u"String"_s, {}}},
                                              {u"varchar"_s, {u"String"_s, u"@db.VarChar"_s}},
                                              {u"bpchar"_s, {u"String"_s, u"@db.Char"_s}},
                                              {u"citext"_s, {u"String"_s, u"@db.Citext"_s}},
                                              {u"uuid"_s, {u"String"_s, u"@db.Uuid"_s}},
                                              {u"inet"_s, {u"String"_s, u"@db.Inet"_s}},
                                              {u"xml"_s, {u"String"_s, u"@db.Xml"_s}},
                                              {u"bit"_s, {u"String"_s, u"@db.Bit"_s}},
                                              {u"varbit"_s, {u"String"_s, u"@db.VarBit"_s}},
                                              {u"bytea"_s, {u"Bytes"_s, {}}},
                                              {u"json"_s, {u"Json"_s, u"@db.Json"_s}},
                                              {u"jsonb"_s, {u"Json"_s, {}}},
                                              {u"date"_s, {u"DateTime"_s, u"@db.Date"_s}},
                                              {u"time"_s, {u"DateTime"_s, u"@db.Time"_s}},
                                              {u"timetz"_s, {u"DateTime"_s, u"@db.Timetz"_s}},
                                              {u"timestamp"_s, {u"DateTime"_s, u"@db.Timestamp"_s}},
                                              {u"timestamptz"_s, {u"DateTime"_s, u"@db.Timestamptz"_s}}};
    return types;
}

ScalarType postgresType(const Database& database, const Column& column)
{
    const TypeName type = typeName(column.type);
    const Type* user = userType(database, type);
    if (user && user->kind == TypeKind::Enum)
        return {.name = identifier(user->name), .native = {}, .isList = type.isArray};
    const Native native = postgresTypes().value(type.name);
    if (user || native.name.isEmpty())
        return {.name = u"Unsupported(%1)"_s.arg(text(column.type)), .native = {}};
    QStringList arguments = type.arguments;
    if (type.name.startsWith(u"time"_s) && arguments.isEmpty())
        arguments << u"6"_s;  // what the server takes for none
    const bool usual = type.name == u"timestamp" && arguments == QStringList{u"3"_s};
    return {.name = native.name,
            .native =
                usual || native.attribute.isEmpty() ? QString() : withArguments(native.attribute, arguments),
            .isList = type.isArray};
}

/// 'it''s'::text is it's.
std::optional<QString> literal(const QString& sql)
{
    static const QRegularExpression shape(u"^'((?:[^']|'')*)'(?:::[\\w\" .,()]+)?$"_s);
    const auto match = shape.match(sql);
    return match.hasMatch() ? std::optional(match.captured(1).replace(u"''"_s, u"'"_s)) : std::nullopt;
}

}  // namespace

QString identifier(const QString& name)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9_]"_s);
    static const QRegularExpression start(u"^[^A-Za-z]+"_s);
    QString mapped = name;
    mapped.replace(odd, u"_"_s).remove(start);
    return mapped.isEmpty() ? u"x"_s + QString(name).replace(odd, u"_"_s) : mapped;
}

QString text(const QString& value)
{
    QString inner = value;
    inner.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return u'"' + inner + u'"';
}

ScalarType scalarType(const Database& database, const Column& column)
{
    return database.engine == Engine::Sqlite ? sqliteType(column.type) : postgresType(database, column);
}

QString defaultValue(const Database& database, const Table& table, const Column& column)
{
    const bool isRowid = database.engine == Engine::Sqlite && !table.withoutRowid
                         && table.primaryKey() == QStringList{column.name}
                         && column.type.toLower() == u"integer";
    const QString sql = column.defaultSql.value_or(QString());
    if (isRowid || column.identity != Identity::None || sql.startsWith(u"nextval("_s))
        return u"autoincrement()"_s;
    if (sql.isEmpty() || sql.compare(u"null"_s, Qt::CaseInsensitive) == 0)
        return {};
    const ScalarType type = scalarType(database, column);
    const auto generated = [&] { return u"dbgenerated(%1)"_s.arg(text(sql)); };
    if (type.isList || type.name.startsWith(u"Unsupported"_s) || column.generated != Generated::None)
        return generated();
    if (type.name == u"DateTime" && (sql == u"now()" || sql.toUpper() == u"CURRENT_TIMESTAMP"))
        return u"now()"_s;
    if (type.name == u"Boolean" && (sql.toLower() == u"true" || sql.toLower() == u"false"))
        return sql.toLower();
    static const QRegularExpression number(u"^\\(?'?(-?\\d+(?:\\.\\d+)?)'?\\)?(::[\\w ]+)?$"_s);
    const auto match = number.match(sql);
    const bool isNumber =
        type.name == u"Int" || type.name == u"BigInt" || type.name == u"Float" || type.name == u"Decimal";
    if (isNumber && match.hasMatch())
        return match.captured(1);
    const auto value = literal(sql);
    if (!value || isNumber || type.name == u"Boolean" || type.name == u"Bytes" || type.name == u"DateTime")
        return generated();
    const bool isEnum = type.name != u"String" && type.name != u"Json";
    return isEnum ? identifier(*value) : text(*value);
}

}  // namespace dewpoint::render::prisma_schema
