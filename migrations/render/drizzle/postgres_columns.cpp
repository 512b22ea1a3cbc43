// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/postgres_columns.h"

#include "sql/lexer.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <limits>

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

/// A function of pg-core, and what it is told; no function: there is none for the type.
struct Builder {
    QString function;
    QStringList options;
};

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

bool isNumber(const QString& type)
{
    static const QSet<QString> numbers{u"int2"_s, u"int4"_s, u"int8"_s, u"float4"_s, u"float8"_s};
    return numbers.contains(type);
}

QString option(const QString& options, const QString& name, const QString& fallback)
{
    const QRegularExpression pattern(name + u" (-?\\d+)"_s);
    const auto match = pattern.match(options);
    return match.hasMatch() ? match.captured(1) : fallback;
}

QString largest(const QString& type)
{
    return type == u"int2" ? u"32767"_s : type == u"int4" ? u"2147483647"_s : u"9223372036854775807"_s;
}

/// 'a'::text in an array literal's braces: {a,"b c"} as a list of JavaScript texts.
QString arrayLiteral(const QString& value, bool numbers)
{
    const QString inner = value.sliced(1).chopped(1);
    QStringList items;
    QString item;
    bool quoted = false;
    bool inside = false;
    for (qsizetype i = 0; i < inner.size(); ++i) {
        const QChar c = inner.at(i);
        if (c == u'\\' && i + 1 < inner.size()) {
            item += inner.at(++i);
        } else if (c == u'"') {
            inside = !inside;
            quoted = true;
        } else if (c == u',' && !inside) {
            items << (numbers && !quoted ? item : text(item));
            item.clear();
            quoted = false;
        } else {
            item += c;
        }
    }
    if (!inner.isEmpty())
        items << (numbers && !quoted ? item : text(item));
    return u'[' + items.join(u", "_s) + u']';
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

}  // namespace

QString withoutPublic(const QString& sql)
{
    static const QRegularExpression inLiteral(u"'public\\.([^']*)'(?=::regclass)"_s);
    QString result;
    for (qsizetype at = 0; at < sql.size();) {
        const sql::Token token = sql::nextToken(sql, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        at = token.start + token.length;
        const bool isSchema = token.kind == sql::TokenKind::Word && token.text(sql) == u"public";
        if (isSchema && at < sql.size() && sql.at(at) == u'.')
            ++at;
        else
            result += token.text(sql);
    }
    return result.replace(inLiteral, u"'\\1'"_s);
}

QString PostgresColumns::enumVariable(const Type& type)
{
    QString& variable = m_enums[&type];
    if (variable.isEmpty())
        variable = m_scope.newVariable(type.schema, type.name);
    return variable;
}

QString PostgresColumns::typed(const Column& column, const QString& function, const QStringList& options)
{
    QStringList arguments;
    if (key(column.name) != column.name)
        arguments << text(column.name);
    if (!options.isEmpty())
        arguments << u"{ "_s + options.join(u", "_s) + u" }"_s;
    return function + u'(' + arguments.join(u", "_s) + u')';
}

QString PostgresColumns::call(const Column& column)
{
    const TypeName type = typeName(column.type);
    const QString list = type.isArray ? u".array()"_s : QString();
    if (const Type* user = userType(m_database, type); user && user->kind == TypeKind::Enum)
        return typed(column, enumVariable(*user), {}) + list;
    const Builder builder =
        type.schema == u"pg_catalog" ? catalogBuilder(type, column) : extensionBuilder(type);
    if (!builder.function.isEmpty())
        return typed(column, m_imports.use(builder.function), builder.options) + list;
    // What pg-core has no function for: its name alone is what the tool compares.
    return typed(
        column,
        m_imports.use(u"customType"_s)
            + u"<{ data: unknown }>({ dataType() { return %1 } })"_s.arg(text(withoutPublic(column.type))),
        {});
}

/// An integer that counts by its own sequence of the usual name; empty for any other.
QString PostgresColumns::serialCall(const Table& table, const Column& column)
{
    static const QHash<QString, QString> serials{
        {u"integer"_s, u"serial"_s}, {u"bigint"_s, u"bigserial"_s}, {u"smallint"_s, u"smallserial"_s}};
    const QString usual = table.name + u'_' + column.name + u"_seq"_s;
    const QString sql = column.defaultSql.value_or(QString());
    const bool counts = sql.startsWith(u"nextval("_s)
                        && (sql.contains(u'.' + usual + u'\'') || sql.contains(u'.' + text(usual) + u'\''));
    if (!counts || !serials.contains(column.type))
        return {};
    const QStringList options = column.type == u"bigint" ? QStringList{u"mode: \"bigint\""_s} : QStringList();
    return typed(column, m_imports.use(serials.value(column.type)), options);
}

QString PostgresColumns::defaultOf(const Column& column)
{
    const TypeName type = typeName(column.type);
    const QString sql = withoutPublic(column.defaultSql.value_or(QString()));
    const auto given = [](const QString& value) { return u".default("_s + value + u')'; };
    const auto value = literalText(sql);
    if (type.isArray)
        return given(value && value->startsWith(u'{') && !value->contains(u"{{"_s)
                         ? arrayLiteral(*value, isNumber(type.name))
                         : sqlText(sql));
    if (sql == u"now()" && (type.name.startsWith(u"time"_s) || type.name == u"date"))
        return u".defaultNow()"_s;
    if (type.name == u"uuid" && sql == u"gen_random_uuid()")
        return u".defaultRandom()"_s;
    if (type.name == u"bool" && (sql == u"true" || sql == u"false"))
        return given(sql);
    if (const QString number = numberIn(sql, type); !number.isEmpty())
        return given(type.name == u"numeric" ? single(number) : number);
    if (const QString json = value ? compactJson(*value, type) : QString(); !json.isEmpty())
        return given(json);
    return given(value && !isNumber(type.name) ? single(*value) : sqlText(sql));
}

QString PostgresColumns::identityOf(const Table& table, const Column& column) const
{
    const QString& options = column.identityOptions;
    const QString function = column.identity == Identity::Always ? u".generatedAlwaysAsIdentity"_s
                                                                 : u".generatedByDefaultAsIdentity"_s;
    // As a text: JavaScript's numbers would round the largest bigint.
    const QString minimum = option(options, u"MINVALUE"_s, u"1"_s);
    return function
           + u"({ name: %1, startWith: %2, increment: %3, minValue: %4, maxValue: \"%5\", cache: %6%7 })"_s
                 .arg(text(table.name + u'_' + column.name + u"_seq"_s),
                      option(options, u"START WITH"_s, minimum), option(options, u"INCREMENT BY"_s, u"1"_s),
                      minimum, option(options, u"MAXVALUE"_s, largest(typeName(column.type).name)),
                      option(options, u"CACHE"_s, u"1"_s),
                      options.contains(u"CYCLE"_s) ? u", cycle: true"_s : QString());
}

QString PostgresColumns::line(const Table& table, const Column& column)
{
    const QString serial = serialCall(table, column);
    QString text = serial.isEmpty() ? call(column) : serial;
    if (column.defaultSql && serial.isEmpty())
        text += defaultOf(column);
    if (table.primaryKey() == QStringList{column.name})
        text += u".primaryKey()"_s;
    if (column.notNull && column.identity == Identity::None)
        text += u".notNull()"_s;
    if (column.identity != Identity::None)
        text += identityOf(table, column);
    if (column.generated != Generated::None)
        text += u".generatedAlwaysAs(%1)"_s.arg(sqlText(withoutPublic(column.generatedSql)));
    return u"\t%1: %2,\n"_s.arg(key(column.name), text);
}

QString PostgresColumns::usualOpclass(const Table& table, const QString& column, const QString& method) const
{
    const Column* indexed = table.column(column);
    if (!indexed)
        return {};
    const TypeName type = typeName(indexed->type);
    if (method != u"btree" && method != u"hash" && method != u"gin")
        return {};
    if (type.isArray)
        return u"array_ops"_s;
    if (const Type* user = userType(m_database, type))
        return user->kind == TypeKind::Enum ? u"enum_ops"_s : QString();
    static const QHash<QString, QString> shared{{u"varchar"_s, u"text_ops"_s}, {u"cidr"_s, u"inet_ops"_s}};
    return shared.value(type.name, type.name + u"_ops"_s);
}

}  // namespace dewpoint::render::drizzle
