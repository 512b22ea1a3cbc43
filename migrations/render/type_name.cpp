// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/type_name.h"

#include "sql/lexer.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

namespace {

/// What format_type() spells out (PostgreSQL, format_type.c).
const QHash<QString, QString>& spelledOut()
{
    static const QHash<QString, QString> names{
        {u"smallint"_s, u"int2"_s},
        {u"integer"_s, u"int4"_s},
        {u"bigint"_s, u"int8"_s},
        {u"real"_s, u"float4"_s},
        {u"double precision"_s, u"float8"_s},
        {u"boolean"_s, u"bool"_s},
        {u"character varying"_s, u"varchar"_s},
        {u"character"_s, u"bpchar"_s},
        {u"bit varying"_s, u"varbit"_s},
        {u"time without time zone"_s, u"time"_s},
        {u"time with time zone"_s, u"timetz"_s},
        {u"timestamp without time zone"_s, u"timestamp"_s},
        {u"timestamp with time zone"_s, u"timestamptz"_s},
    };
    return names;
}

QString unquoted(const QString& word)
{
    if (!word.startsWith(u'"'))
        return word;
    return word.sliced(1, word.size() - 2).replace(u"\"\""_s, u"\""_s);
}

/// Words and dots of the text; what stands in parentheses goes to `arguments`.
QStringList wordsOf(const QString& text, QStringList& arguments)
{
    QStringList words;
    bool inside = false;
    for (qsizetype at = 0; at < text.size();) {
        const sql::Token token = sql::nextToken(text, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        at = token.start + token.length;
        const QString word = token.text(text).toString();
        if (word == u"(" || word == u")")
            inside = word == u"(";
        else if (token.kind != sql::TokenKind::Space && word != u"," && word != u"[" && word != u"]")
            (inside ? arguments : words).append(word);
    }
    return words;
}

}  // namespace

TypeName typeName(const QString& formatted)
{
    TypeName type{.isArray = formatted.endsWith(u"[]")};
    const QStringList words = wordsOf(formatted, type.arguments);
    if (words.value(1) == u".") {
        type.schema = unquoted(words.constFirst());
        type.name = unquoted(words.value(2));
        return type;
    }
    type.schema = u"pg_catalog"_s;
    const QString joined = words.join(u' ');
    if (words.value(0) == u"interval")
        type.name = words.constFirst();
    else
        type.name = spelledOut().value(joined, unquoted(joined));
    return type;
}

const schema::Type* userType(const schema::Database& database, const TypeName& type)
{
    const auto found = std::ranges::find_if(database.types, [&](const schema::Type& candidate) {
        return candidate.schema == type.schema && candidate.name == type.name;
    });
    return found == database.types.end() ? nullptr : &*found;
}

}  // namespace dewpoint::render
