// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/postgres_facts.h"

#include "render/drizzle/names.h"
#include "render/type_name.h"
#include "sql/lexer.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

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

QString smallest(const QString& type)
{
    return type == u"int2" ? u"-32768"_s : type == u"int4" ? u"-2147483648"_s : u"-9223372036854775808"_s;
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

IdentityFacts identityOf(const Table& table, const Column& column)
{
    const QString& options = column.identityOptions;
    const QString type = typeName(column.type).name;
    const QString increment = option(options, u"INCREMENT BY"_s, u"1"_s);
    const bool down = increment.startsWith(u'-');
    const QString minimum = option(options, u"MINVALUE"_s, down ? smallest(type) : u"1"_s);
    const QString maximum = option(options, u"MAXVALUE"_s, down ? u"-1"_s : largest(type));
    return {.name = table.name + u'_' + column.name + u"_seq"_s,
            .start = option(options, u"START WITH"_s, down ? maximum : minimum),
            .increment = increment,
            .minimum = minimum,
            .maximum = maximum,
            .cache = option(options, u"CACHE"_s, u"1"_s),
            .cycles = options.contains(u"CYCLE"_s)};
}

QString serialOf(const Table& table, const Column& column)
{
    static const QHash<QString, QString> serials{
        {u"integer"_s, u"serial"_s}, {u"bigint"_s, u"bigserial"_s}, {u"smallint"_s, u"smallserial"_s}};
    const QString usual = table.name + u'_' + column.name + u"_seq"_s;
    const QString sql = column.defaultSql.value_or(QString());
    const bool counts = sql.startsWith(u"nextval("_s)
                        && (sql.contains(u'.' + usual + u'\'') || sql.contains(u'.' + text(usual) + u'\''));
    return counts ? serials.value(column.type) : QString();
}

QString usualOpclass(const Database& database, const Table& table, const QString& column,
                     const QString& method)
{
    const Column* indexed = table.column(column);
    if (!indexed)
        return {};
    const TypeName type = typeName(indexed->type);
    if (method != u"btree" && method != u"hash" && method != u"gin")
        return {};
    if (type.isArray)
        return u"array_ops"_s;
    if (const Type* user = userType(database, type))
        return user->kind == TypeKind::Enum ? u"enum_ops"_s : QString();
    static const QHash<QString, QString> shared{{u"varchar"_s, u"text_ops"_s}, {u"cidr"_s, u"inet_ops"_s}};
    return shared.value(type.name, type.name + u"_ops"_s);
}

QString checkExpression(const QString& definition)
{
    const QString plain = withoutPublic(definition);
    if (plain.startsWith(u"CHECK (("_s) && plain.endsWith(u"))"_s))
        return plain.sliced(8).chopped(2);
    return plain.startsWith(u"CHECK ("_s) && plain.endsWith(u')') ? plain.sliced(7).chopped(1) : plain;
}

QString viewQuery(const View& view)
{
    return withoutPublic(view.definition.simplified());
}

}  // namespace dewpoint::render::drizzle
