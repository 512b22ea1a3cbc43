// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/rows.h"

#include "base/words.h"
#include "sql/lexer.h"

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle {

namespace {

constexpr auto missing = -1;

/// What every row of a kind has: texts, and lists.
struct Needed {
    QStringList texts;
    QStringList lists;
};

const QHash<QString, Needed>& neededOf()
{
    static const QHash<QString, Needed> all{
        {u"schemas"_s, {{u"name"_s}, {}}},
        {u"enums"_s, {{u"name"_s}, {u"values"_s}}},
        {u"tables"_s, {{u"name"_s}, {}}},
        {u"columns"_s, {{u"name"_s, u"table"_s, u"type"_s}, {}}},
        {u"indexes"_s, {{u"name"_s, u"table"_s}, {u"columns"_s}}},
        {u"fks"_s, {{u"name"_s, u"table"_s, u"tableTo"_s}, {u"columns"_s, u"columnsTo"_s}}},
        {u"pks"_s, {{u"table"_s}, {u"columns"_s}}},
        {u"uniques"_s, {{u"name"_s, u"table"_s}, {u"columns"_s}}},
        {u"checks"_s, {{u"name"_s, u"table"_s, u"value"_s}, {}}},
        {u"sequences"_s, {{u"name"_s}, {}}},
        {u"roles"_s, {{u"name"_s}, {}}},
        {u"policies"_s, {{u"name"_s, u"table"_s}, {}}},
        {u"views"_s, {{u"name"_s}, {}}},
        {u"privileges"_s, {}}};  // of roles, which are the server's
    return all;
}

Result<> check(const Json& row)
{
    const QString kind = row.value(u"entityType"_s);
    const auto needed = neededOf().constFind(kind);
    if (needed == neededOf().constEnd())
        return damagedSnapshot(Words::tr("“%1” is not known.").arg(kind));
    const auto without = [&](const QString& member) {
        return damagedSnapshot(Words::tr("One of its %1 has no “%2”.").arg(kind, member));
    };
    for (const QString& member : needed->texts) {
        if (row.value(member).isEmpty())
            return without(member);
    }
    for (const QString& member : needed->lists) {
        const Json* list = row.member(member);
        if (!list || list->kind != Json::Kind::List)
            return without(member);
    }
    if (kind == u"views" && !isTrue(row, u"isExisting"_s) && row.value(u"definition"_s).isEmpty())
        return without(u"definition"_s);
    return {};
}

QString schemaOf(const Json& row)
{
    return row.value(u"schema"_s);
}

}  // namespace

Rows::Rows(QList<Json> rows) : m_rows(std::move(rows))
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Json& row = m_rows.at(i);
        const QString kind = row.value(u"entityType"_s);
        m_places[{kind}] << i;
        if (const QString table = row.value(u"table"_s); !table.isEmpty())
            m_places[{kind, schemaOf(row), table}] << i;
    }
}

QList<const Json*> Rows::of(const QString& kind) const
{
    QList<const Json*> found;
    for (const qsizetype place : m_places.value({kind}))
        found << &m_rows.at(place);
    return found;
}

QList<const Json*> Rows::of(const QString& kind, const Json& table) const
{
    QList<const Json*> found;
    for (const qsizetype place : m_places.value({kind, schemaOf(table), table.value(u"name"_s)}))
        found << &m_rows.at(place);
    return found;
}

std::unexpected<Error> damagedSnapshot(const QString& what)
{
    return fail(ErrorKind::InvalidInput, Words::tr("The snapshot is damaged: %1").arg(what),
                Words::tr("drizzle-kit check says what is wrong with it."));
}

Result<> checkRows(const QList<Json>& rows)
{
    for (const Json& row : rows) {
        if (auto fine = check(row); !fine)
            return fine;
    }
    return {};
}

bool isTrue(const Json& row, QAnyStringView member)
{
    const Json* value = row.member(member);
    return value && *value == Json::boolean(true);
}

bool isFalse(const Json& row, QAnyStringView member)
{
    const Json* value = row.member(member);
    return value && *value == Json::boolean(false);
}

QString spelled(const Json* value)
{
    const bool isPlain = value && value->kind != Json::Kind::List && value->kind != Json::Kind::Object;
    return isPlain ? value->text : QString();
}

QStringList textsIn(const Json* list)
{
    QStringList texts;
    for (const Json& item : list ? list->items : QList<Json>())
        texts << item.text;
    return texts;
}

QString quotedList(const QStringList& names)
{
    QStringList quoted;
    for (const QString& name : names)
        quoted << sql::quoted(name);
    return quoted.join(u", "_s);
}

QString defaultOf(const Json& column)
{
    const Json* value = column.member(u"default"_s);
    // The first releases of 1.0 kept the kind beside the value.
    if (value && value->kind == Json::Kind::Object)
        value = value->member(u"value"_s);
    return spelled(value);
}

bool isParenthesised(const QString& expression, Engine engine)
{
    int depth = 0;
    qsizetype closed = missing;
    for (qsizetype at = 0; at < expression.size();) {
        const sql::Token token = sql::nextToken(expression, at, engine);
        if (token.kind == sql::TokenKind::End)
            break;
        const bool opens = token.text(expression) == u"(";
        if (token.kind != sql::TokenKind::Space && !opens && depth == 0)
            return false;
        if (opens && closed != missing)
            return false;
        depth += opens ? 1 : token.text(expression) == u")" ? -1 : 0;
        if (depth == 0 && token.kind != sql::TokenKind::Space)
            closed = token.start;
        at = token.start + token.length;
    }
    return closed != missing && depth == 0;
}

}  // namespace dewpoint::project::drizzle
