// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_type.h"

#include "ddl/postgres.h"
#include "sql/lexer.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan::postgres {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

bool addsLabels(const Type& from, const Type& to)
{
    QStringList kept = to.labels;
    kept.removeIf([&](const QString& label) { return !from.labels.contains(label); });
    return from.kind == TypeKind::Enum && to.kind == TypeKind::Enum && kept == from.labels;
}

QStringList addLabels(const Type& from, const Type& to)
{
    QStringList sql;
    QStringList there = from.labels;
    const QString alter = u"ALTER TYPE "_s + pg::name(to.schema, to.name) + u" ADD VALUE "_s;
    for (qsizetype i = 0; i < to.labels.size(); ++i) {
        const QString& label = to.labels.at(i);
        if (there.contains(label))
            continue;
        QString place;
        if (i > 0)
            place = u" AFTER "_s + pg::literal(to.labels.at(i - 1));
        else if (!there.isEmpty())
            place = u" BEFORE "_s + pg::literal(there.constFirst());
        sql << alter + pg::literal(label) + place;
        there << label;
    }
    return sql;
}

const Column* find(const QList<Column>& attributes, const QString& name)
{
    const auto found = std::ranges::find(attributes, name, &Column::name);
    return found == attributes.end() ? nullptr : &*found;
}

/// Attributes dropped anywhere, retyped in their place and added at the end; nothing when one comes in between.
std::optional<QStringList> alterAttributes(const Type& from, const Type& to)
{
    const QString alter = u"ALTER TYPE "_s + pg::name(to.schema, to.name);
    QStringList sql;
    qsizetype kept = 0;
    for (const Column& before : from.attributes) {
        const Column* after = find(to.attributes, before.name);
        if (!after) {
            sql << alter + u" DROP ATTRIBUTE "_s + pg::name(before.name);
            continue;
        }
        if (to.attributes.at(kept++).name != before.name)
            return std::nullopt;
        if (before.type != after->type || before.collation != after->collation)
            sql << alter + u" ALTER ATTRIBUTE "_s + pg::name(before.name) + u" TYPE "_s + after->type
                       + (after->collation.isEmpty() ? QString() : u" COLLATE "_s + after->collation);
    }
    for (const Column& attribute : to.attributes.sliced(kept))
        sql << alter + u" ADD ATTRIBUTE "_s + pg::columnText(attribute);
    return sql;
}

struct Domain {
    QString base;
    QString defaultSql;
    bool notNull = false;
    QMap<QString, QString> checks;  ///< by name as written
};

/// The catalog's "base DEFAULT … NOT NULL CONSTRAINT name CHECK (…) …", cut where these words stand outside
/// of parentheses: the server writes every expression that could contain them within some.
Domain domain(const QString& text)
{
    QList<qsizetype> cuts;
    int depth = 0;
    for (qsizetype at = 0; at < text.size();) {
        const sql::Token token = sql::nextToken(text, at, Engine::Postgres);
        if (token.kind == sql::TokenKind::End)
            break;
        at = token.start + token.length;
        const QStringView word = token.text(text);
        depth += word == u"(" ? 1 : word == u")" ? -1 : 0;
        const bool begins = token.kind == sql::TokenKind::Word
                            && (word == u"DEFAULT" || word == u"NOT" || word == u"CONSTRAINT");
        if (depth == 0 && begins && !text.sliced(token.start).startsWith(u"NOT VALID"))
            cuts.append(token.start);
    }
    cuts.append(text.size());
    Domain result{.base = text.first(cuts.constFirst()).trimmed(), .defaultSql = {}, .checks = {}};
    for (qsizetype i = 0; i + 1 < cuts.size(); ++i) {
        const QString piece = text.sliced(cuts.at(i), cuts.at(i + 1) - cuts.at(i)).trimmed();
        if (piece.startsWith(u"DEFAULT"))
            result.defaultSql = piece;
        else if (piece.startsWith(u"NOT"))
            result.notNull = true;
        else
            result.checks.insert(piece.left(piece.indexOf(u" CHECK (")), piece);
    }
    return result;
}

std::optional<QStringList> alterDomain(const Type& from, const Type& to)
{
    const Domain before = domain(from.definition);
    const Domain after = domain(to.definition);
    if (before.base != after.base)
        return std::nullopt;
    const QString alter = u"ALTER DOMAIN "_s + pg::name(to.schema, to.name);
    QStringList sql;
    for (const auto& [name, check] : before.checks.asKeyValueRange()) {
        if (after.checks.value(name) != check)
            sql << alter + u" DROP "_s + name;
    }
    if (before.defaultSql != after.defaultSql)
        sql << alter + (after.defaultSql.isEmpty() ? u" DROP DEFAULT"_s : u" SET "_s + after.defaultSql);
    if (before.notNull != after.notNull)
        sql << alter + (after.notNull ? u" SET NOT NULL"_s : u" DROP NOT NULL"_s);
    for (const auto& [name, check] : after.checks.asKeyValueRange()) {
        if (before.checks.value(name) != check)
            sql << alter + u" ADD "_s + check;
    }
    return sql;
}

QStringList namesOf(const QList<Column>& attributes)
{
    QStringList names;
    for (const Column& attribute : attributes)
        names << attribute.name;
    return names;
}

}  // namespace

std::optional<QStringList> alterType(const Type& from, const Type& to)
{
    if (addsLabels(from, to))
        return addLabels(from, to);
    if (from.kind == TypeKind::Composite && to.kind == TypeKind::Composite)
        return alterAttributes(from, to);
    if (from.kind == TypeKind::Domain && to.kind == TypeKind::Domain)
        return alterDomain(from, to);
    return std::nullopt;
}

Refusal refusal(const Type& from, const Type& to)
{
    const QStringList sql = alterType(from, to).value_or(QStringList());
    const auto any = [&](QLatin1StringView words) {
        return std::ranges::any_of(sql, [&](const QString& one) { return one.contains(words); });
    };
    if (to.kind == TypeKind::Composite && any(" ALTER ATTRIBUTE "_L1))
        return Refusal::WhereUsed;
    if (to.kind == TypeKind::Domain && (any(" SET NOT NULL"_L1) || any(" ADD CONSTRAINT "_L1)))
        return Refusal::WhereWithin;
    return Refusal::Never;
}

bool dropsAttributes(const Type& from, const Type& to)
{
    return std::ranges::any_of(from.attributes,
                               [&](const Column& attribute) { return !find(to.attributes, attribute.name); });
}

std::optional<QString> remade(const QString& column, const Type& from, const Type& to, const QString& goal)
{
    const QString name = pg::name(column);
    const bool isList = goal.endsWith(u"[]");
    if (namesOf(from.attributes) == namesOf(to.attributes))
        return u"%1::text%2::%3"_s.arg(name, isList ? u"[]"_s : QString(), goal);
    if (isList)
        return std::nullopt;
    return u"pg_catalog.json_populate_record(NULL::%1, pg_catalog.to_json(%2))"_s.arg(goal, name);
}

QString oldName(const QString& type)
{
    constexpr qsizetype mostBytes = 63;  // of a name; the server would cut it, and two might be the same then
    const QString name = u"dewpoint_old_"_s + type;
    if (name.toUtf8().size() <= mostBytes)
        return name;
    const QString mark = u'_' + QString::number(qChecksum(type.toUtf8()), 16);
    QString cut = name;
    while (cut.toUtf8().size() + mark.size() > mostBytes)
        cut.chop(cut.back().isLowSurrogate() ? 2 : 1);
    return cut + mark;
}

}  // namespace dewpoint::plan::postgres
