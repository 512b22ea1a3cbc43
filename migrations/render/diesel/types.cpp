// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/diesel/types.h"

#include "base/words.h"
#include "render/rust_names.h"
#include "render/type_name.h"
#include "schema/type_below.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::diesel_schema {

namespace {

/// character_maximum_length of the information schema: what varchar, char and bit say in parentheses.
std::optional<int> maxLength(const TypeName& type)
{
    static const QSet<QString> sized{u"varchar"_s, u"bpchar"_s, u"bit"_s, u"varbit"_s};
    if (type.isArray || type.arguments.isEmpty() || type.schema != u"pg_catalog"
        || !sized.contains(type.name))
        return std::nullopt;
    return type.arguments.constFirst().toInt();
}

QString sqliteName(const QString& type, bool isRowid)
{
    const auto has = [&](const QString& part) { return type.contains(part); };
    if (type == u"boolean" || type == u"bool" || (has(u"tiny"_s) && has(u"int"_s)))
        return u"Bool"_s;
    if (type == u"int2" || (has(u"small"_s) && has(u"int"_s)))
        return u"SmallInt"_s;
    if (type == u"int8" || (has(u"big"_s) && has(u"int"_s)))
        return u"BigInt"_s;
    if (has(u"int"_s))
        return isRowid ? u"BigInt"_s : u"Integer"_s;
    if (has(u"char"_s) || has(u"clob"_s) || has(u"text"_s))
        return u"Text"_s;
    if (has(u"blob"_s) || has(u"binary"_s) || type.isEmpty())
        return u"Binary"_s;
    if (has(u"float"_s) || has(u"real"_s))
        return u"Float"_s;
    if (has(u"double"_s) || has(u"num"_s) || has(u"dec"_s))
        return u"Double"_s;
    if (type == u"datetime" || type == u"timestamp")
        return u"Timestamp"_s;
    return type == u"date" ? u"Date"_s : type == u"time" ? u"Time"_s : QString();
}

}  // namespace

Result<ColumnType> sqliteType(const QString& declared, bool isNullable, bool isRowid)
{
    QString type = declared.toLower();
    if (type == u"generated always")  // SQLite takes these words for the type
        type.clear();
    const QString name = sqliteName(type, isRowid);
    if (name.isEmpty())
        return fail(ErrorKind::Unsupported, Words::tr("Diesel does not know the type “%1”.").arg(declared));
    return ColumnType{.rustName = name, .sqlName = name, .schema = {}, .isNullable = isNullable};
}

ColumnType postgresType(const schema::Database& database, const schema::Column& column,
                        const DieselOptions& options)
{
    TypeName type = typeName(column.type);
    std::optional<int> length = maxLength(type);
    const schema::Type* user = type.isArray ? nullptr : userType(database, type);
    const bool isKept = std::ranges::any_of(options.domainsAsTypes, [&](const QRegularExpression& pattern) {
        return pattern.match(type.name).hasMatch();
    });
    bool notNull = column.notNull;
    if (user && user->kind == schema::TypeKind::Domain) {
        notNull = notNull || user->definition.section(u" CONSTRAINT "_s, 0, 0).endsWith(u" NOT NULL"_s);
        const TypeName base = typeName(schema::baseOf(*user));
        length = maxLength(base);
        if (!isKept)
            type = base;
    }
    // An array's name in pg_type begins with "_", which the tool takes off again.
    const bool underscored = type.name.startsWith(u'_');
    const QString name = !type.isArray && underscored ? type.name.sliced(1) : type.name;
    return {.rustName = rust::upperCamel(name),
            .sqlName = name,
            .schema = type.schema == u"public" ? QString() : type.schema,
            .isArray = type.isArray || underscored,
            .isNullable = !notNull,
            .maxLength = length};
}

bool isProvided(const QString& rustName, Engine engine)
{
    static const QSet<QString> common{
        u"Bool"_s,       u"Integer"_s,  u"SmallInt"_s, u"BigInt"_s,    u"Binary"_s,     u"Text"_s,
        u"Double"_s,     u"Float"_s,    u"Numeric"_s,  u"Timestamp"_s, u"Date"_s,       u"Time"_s,
        u"Float4"_s,     u"Smallint"_s, u"Int2"_s,     u"Int4"_s,      u"Int8"_s,       u"Bigint"_s,
        u"Float8"_s,     u"Decimal"_s,  u"VarChar"_s,  u"Varchar"_s,   u"Char"_s,       u"Tinytext"_s,
        u"Mediumtext"_s, u"Longtext"_s, u"Tinyblob"_s, u"Blob"_s,      u"Mediumblob"_s, u"Longblob"_s,
        u"Varbinary"_s,  u"Bit"_s};
    static const QSet<QString> postgres{
        u"Cidr"_s,          u"Citext"_s,         u"Inet"_s,           u"Jsonb"_s,
        u"MacAddr"_s,       u"MacAddr8"_s,       u"Money"_s,          u"Oid"_s,
        u"Range"_s,         u"Timestamptz"_s,    u"Uuid"_s,           u"Json"_s,
        u"PgLsn"_s,         u"Record"_s,         u"Interval"_s,       u"Int4range"_s,
        u"Int8range"_s,     u"Daterange"_s,      u"Numrange"_s,       u"Tsrange"_s,
        u"Tstzrange"_s,     u"Int4multirange"_s, u"Int8multirange"_s, u"Datemultirange"_s,
        u"Nummultirange"_s, u"Tsmultirange"_s,   u"Tstzmultirange"_s, u"SmallSerial"_s,
        u"BigSerial"_s,     u"Serial"_s,         u"Bytea"_s,          u"Bpchar"_s,
        u"Macaddr"_s,       u"Macaddr8"_s};
    return common.contains(rustName) || (engine == Engine::Postgres && postgres.contains(rustName));
}

}  // namespace dewpoint::render::diesel_schema
