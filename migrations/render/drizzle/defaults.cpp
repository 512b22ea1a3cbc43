// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/defaults.h"

#include "render/drizzle/names.h"
#include "render/drizzle/postgres_facts.h"
#include "render/drizzle/sqlite_facts.h"
#include "render/type_name.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

using Kind = Default::Kind;

Default simple(Kind kind, const QString& value)
{
    return {.kind = kind, .value = value, .items = {}};
}

bool isNumber(const QString& type)
{
    static const QSet<QString> numbers{u"int2"_s, u"int4"_s, u"int8"_s, u"float4"_s, u"float8"_s};
    return numbers.contains(type);
}

/// The items of an array literal: {a,"b c"}.
QStringList itemsOf(const QString& literal)
{
    const QString inner = literal.sliced(1).chopped(1);
    QStringList items;
    QString item;
    bool inside = false;
    for (qsizetype i = 0; i < inner.size(); ++i) {
        const QChar c = inner.at(i);
        if (c == u'\\' && i + 1 < inner.size()) {
            item += inner.at(++i);
        } else if (c == u'"') {
            inside = !inside;
        } else if (c == u',' && !inside) {
            items << item;
            item.clear();
        } else {
            item += c;
        }
    }
    return inner.isEmpty() ? items : items << item;
}

/// 5, (-5)::integer or '5'::bigint of a type of numbers; empty for anything else.
QString numberIn(const QString& sql, const TypeName& type)
{
    static const QRegularExpression number(u"^-?\\d+(\\.\\d+)?$"_s);
    static const QRegularExpression wrapped(u"^[('](-?\\d+(?:\\.\\d+)?)[)']::[\\w ]+$"_s);
    if (!isNumber(type.name) && type.name != u"numeric")
        return {};
    const auto match = wrapped.match(sql);
    const QString plain = match.hasMatch() ? match.captured(1) : sql;
    return number.match(plain).hasMatch() ? plain : QString();
}

QString compactJson(const QString& value, const TypeName& type)
{
    if (!type.name.startsWith(u"json"_s))
        return {};
    const auto json = QJsonDocument::fromJson(value.toUtf8());
    return json.isNull() ? QString() : QString::fromUtf8(json.toJson(QJsonDocument::Compact));
}

Default ofArray(const TypeName& type, const QString& sql, const std::optional<QString>& value)
{
    if (!value || !value->startsWith(u'{') || value->contains(u"{{"_s))
        return simple(Kind::Sql, sql);
    return {.kind = Kind::Array, .value = {}, .items = itemsOf(*value), .numbers = isNumber(type.name)};
}

QString arrayCode(const Default& array)
{
    QStringList items;
    for (const QString& item : array.items)
        items << (array.numbers ? item : text(item));
    return u'[' + items.join(u", "_s) + u']';
}

}  // namespace

std::optional<Default> sqliteDefault(const Column& column)
{
    static const QRegularExpression number(u"^[-+]?\\d+(\\.\\d+)?$"_s);
    const QString sql = column.defaultSql.value_or(QString());
    if (!column.defaultSql || sql.compare(u"null"_s, Qt::CaseInsensitive) == 0)
        return std::nullopt;
    const QString kind = sqliteAffinity(column.type);
    if (const auto value = literalText(sql))
        return simple(Kind::Text, *value);
    if (number.match(sql).hasMatch() && kind != u"text" && kind != u"blob")
        return simple(kind == u"numeric" ? Kind::Sql : Kind::Number, sql);
    if (sql == u"true" || sql == u"false")
        return simple(Kind::Bool, sql);
    return simple(Kind::Sql, sql.startsWith(u'(') ? sql : u'(' + sql + u')');
}

std::optional<Default> postgresDefault(const Column& column)
{
    if (!column.defaultSql)
        return std::nullopt;
    const TypeName type = typeName(column.type);
    const QString sql = withoutPublic(*column.defaultSql);
    const auto value = literalText(sql);
    if (type.isArray)
        return ofArray(type, sql, value);
    if (sql == u"now()" && (type.name.startsWith(u"time"_s) || type.name == u"date"))
        return simple(Kind::Now, sql);
    if (type.name == u"uuid" && sql == u"gen_random_uuid()")
        return simple(Kind::Random, sql);
    if (type.name == u"bool" && (sql == u"true" || sql == u"false"))
        return simple(Kind::Bool, sql);
    if (const QString number = numberIn(sql, type); !number.isEmpty())
        return simple(type.name == u"numeric" ? Kind::Text : Kind::Number, number);
    if (const QString json = value ? compactJson(*value, type) : QString(); !json.isEmpty())
        return simple(Kind::Json, json);
    return value && !isNumber(type.name) ? simple(Kind::Text, *value) : simple(Kind::Sql, sql);
}

namespace {

QString defaultCode(const Default& value)
{
    switch (value.kind) {
    case Kind::Text: return text(value.value);
    case Kind::Number:
    case Kind::Bool:
    case Kind::Json: return value.value;
    case Kind::Array: return arrayCode(value);
    case Kind::Now:
    case Kind::Random:
    case Kind::Sql: break;
    }
    return sqlText(value.value);
}

}  // namespace

Default withoutBool(Default value)
{
    if (value.kind == Kind::Bool)
        value.kind = Kind::Sql;
    return value;
}

QString defaultCall(const Default& value)
{
    if (value.kind == Kind::Now)
        return u".defaultNow()"_s;
    if (value.kind == Kind::Random)
        return u".defaultRandom()"_s;
    return u".default("_s + defaultCode(value) + u')';
}

}  // namespace dewpoint::render::drizzle
