// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/names.h"

#include "render/references.h"
#include "render/rust_names.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

namespace {

bool isIdentifier(const QString& word)
{
    static const QRegularExpression plain(u"^[A-Za-z_$][A-Za-z0-9_$]*$"_s);
    return plain.match(word).hasMatch();
}

QString escaped(const QString& value, QChar quote)
{
    QString result;
    for (const QChar c : value) {
        if (c == quote || c == u'\\')
            result += u'\\';
        result += c == u'\n' ? u"\\n"_s : c == u'\r' ? u"\\r"_s : QString(c);
    }
    return quote + result + quote;
}

/// What a module cannot name a variable, and what schema.ts imports.
bool isTaken(const QString& word)
{
    static const QSet<QString> words{
        u"break"_s,     u"case"_s,       u"catch"_s,   u"class"_s,      u"const"_s,      u"continue"_s,
        u"debugger"_s,  u"default"_s,    u"delete"_s,  u"do"_s,         u"else"_s,       u"enum"_s,
        u"export"_s,    u"extends"_s,    u"false"_s,   u"finally"_s,    u"for"_s,        u"function"_s,
        u"if"_s,        u"import"_s,     u"in"_s,      u"instanceof"_s, u"new"_s,        u"null"_s,
        u"return"_s,    u"super"_s,      u"switch"_s,  u"this"_s,       u"throw"_s,      u"true"_s,
        u"try"_s,       u"typeof"_s,     u"var"_s,     u"void"_s,       u"while"_s,      u"with"_s,
        u"yield"_s,     u"let"_s,        u"static"_s,  u"await"_s,      u"sql"_s,        u"index"_s,
        u"check"_s,     u"unique"_s,     u"integer"_s, u"text"_s,       u"date"_s,       u"time"_s,
        u"timestamp"_s, u"interval"_s,   u"json"_s,    u"jsonb"_s,      u"uuid"_s,       u"boolean"_s,
        u"numeric"_s,   u"point"_s,      u"line"_s,    u"serial"_s,     u"real"_s,       u"blob"_s,
        u"bit"_s,       u"char"_s,       u"varchar"_s, u"bigint"_s,     u"smallint"_s,   u"inet"_s,
        u"cidr"_s,      u"customType"_s, u"vector"_s,  u"geometry"_s,   u"primaryKey"_s, u"foreignKey"_s};
    return words.contains(word);
}

}  // namespace

QString camel(const QString& name)
{
    const QString joined = rust::upperCamel(name);
    return joined.isEmpty() ? u"_"_s : joined.first(1).toLower() + joined.sliced(1);
}

QString key(const QString& column)
{
    const QString name = camel(column);
    return isIdentifier(name) ? name : escaped(name, u'"');
}

QString member(const QString& object, const QString& column)
{
    const QString name = key(column);
    return name.startsWith(u'"') ? object + u'[' + name + u']' : object + u'.' + name;
}

QString text(const QString& value)
{
    return escaped(value, u'"');
}

QString single(const QString& value)
{
    return escaped(value, u'\'');
}

QString sqlText(const QString& value)
{
    QString inner = value;
    inner.replace(u'\\', u"\\\\"_s).replace(u'`', u"\\`"_s).replace(u"${"_s, u"\\${"_s);
    return u"sql`"_s + inner + u'`';
}

QString singular(const QString& name)
{
    for (const QString& end : {u"sses"_s, u"xes"_s, u"ches"_s, u"shes"_s}) {
        if (name.endsWith(end))
            return name.chopped(2);
    }
    if (name.endsWith(u"ies"_s) && name.size() > 4)
        return name.chopped(3) + u'y';
    const bool keeps = name.endsWith(u"ss"_s) || name.endsWith(u"us"_s) || name.endsWith(u"is"_s);
    return name.endsWith(u's') && !keeps && name.size() > 1 ? name.chopped(1) : name;
}

QString plural(const QString& name)
{
    if (singular(name) != name)
        return name;
    static const QRegularExpression consonantY(u"[^aeiou]y$"_s);
    if (consonantY.match(name).hasMatch())
        return name.chopped(1) + u"ies"_s;
    for (const QString& end : {u"s"_s, u"x"_s, u"ch"_s, u"sh"_s}) {
        if (name.endsWith(end))
            return name + u"es"_s;
    }
    return name + u's';
}

std::optional<QString> literalText(const QString& sql)
{
    static const QRegularExpression shape(u"^'((?:[^']|'')*)'(?:::[\\w\" .,()\\[\\]]+)?$"_s);
    const auto match = shape.match(sql);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).replace(u"''"_s, u"'"_s);
}

Scope::Scope(const schema::Database& database)
{
    const QList<const schema::Table*> all = ownTables(database);
    const bool isSqlite = database.engine == Engine::Sqlite;
    const bool hasPublic =
        std::ranges::any_of(all, [](const auto* table) { return table->schema == u"public"; });
    for (const schema::Table* table : all) {
        const bool isRow =
            table->kind == schema::TableKind::Table || table->kind == schema::TableKind::Partitioned;
        if (!isRow || (!isSqlite && hasPublic && table->schema != u"public") || table->schema == u"drizzle")
            continue;
        tables.append(table);
        if (!schemas.contains(table->schema))
            schemas << table->schema;
    }
    if (schemas.isEmpty())
        schemas << (isSqlite ? u"main"_s : u"public"_s);
    for (const schema::Table* table : std::as_const(tables))
        m_variables.insert(table, newVariable(table->schema, table->name));
}

QString Scope::newVariable(const QString& schema, const QString& name)
{
    QString word = camel(name);
    if (schema != u"public" && schema != u"main")
        word += u"In"_s + rust::upperCamel(schema);
    if (!isIdentifier(word))
        word.prepend(u'_');
    if (isTaken(word))
        word += u"Table"_s;
    QString free = word;
    for (int i = 1; m_taken.contains(free); ++i)
        free = word + QString::number(i);
    m_taken << free;
    return free;
}

QString Scope::variableOf(const QString& schema, const QString& name) const
{
    const auto found = std::ranges::find_if(tables, [&](const schema::Table* table) {
        return table->schema == schema
               && table->name.compare(name, schema == u"main" ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
    });
    return found == tables.end() ? QString() : variable(**found);
}

QString Imports::use(const QString& name)
{
    if (!m_names.contains(name))
        m_names << name;
    return name;
}

}  // namespace dewpoint::render::drizzle
