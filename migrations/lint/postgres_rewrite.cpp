// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/postgres_rewrite.h"

#include "base/words.h"
#include "lint/pg_type.h"
#include "lint/tree.h"
#include "sql/lexer.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

constexpr qsizetype longestName = 63;  // NAMEDATALEN - 1, in bytes

QString written(const QString& name)
{
    return sql::quotedIfNeeded(name, Engine::Postgres);
}

QString written(const RelationName& table)
{
    return table.schema.isEmpty() ? written(table.name) : written(table.schema) + u'.' + written(table.name);
}

/// A place that the grammar counts in bytes, in characters.
qsizetype placeOf(const QString& sql, qsizetype bytes)
{
    return QString::fromUtf8(sql.toUtf8().first(bytes)).size();
}

/// A name that the server takes as it is.
QString fitting(const QString& name)
{
    return name.toUtf8().size() <= longestName ? name : QString();
}

QString joined(const QStringList& columns)
{
    QStringList names;
    for (const QString& column : columns)
        names.append(written(column));
    return names.join(u", ");
}

/// The end of the statement, before comments that follow it.
qsizetype endOf(const QString& sql)
{
    qsizetype end = 0;
    for (auto token = sql::nextToken(sql, 0, Engine::Postgres); token.kind != sql::TokenKind::End;
         token = sql::nextToken(sql, token.start + token.length, Engine::Postgres)) {
        if (token.kind != sql::TokenKind::Space && token.kind != sql::TokenKind::Comment)
            end = token.start + token.length;
    }
    return end;
}

}  // namespace

QString constraintName(const RelationName& table, const QJsonValue& constraint)
{
    const QString given = constraint[u"conname"].toString();
    if (!given.isEmpty())
        return given;
    const QString kind = constraint[u"contype"].toString();
    if (kind == "CONSTR_FOREIGN"_L1)
        return fitting(table.name + u'_' + strings(constraint[u"fk_attrs"]).join(u'_') + u"_fkey"_s);
    if (kind == "CONSTR_UNIQUE"_L1)
        return fitting(table.name + u'_' + strings(constraint[u"keys"]).join(u'_') + u"_key"_s);
    if (kind == "CONSTR_PRIMARY"_L1)
        return fitting(table.name + u"_pkey"_s);
    if (kind != "CONSTR_CHECK"_L1)
        return {};
    const QStringList columns = columnsIn(constraint[u"raw_expr"]);
    return fitting(columns.size() == 1 ? table.name + u'_' + columns.first() + u"_check"_s
                                       : table.name + u"_check"_s);
}

std::optional<Rewrite> validatedLater(const QString& sql, const RelationName& table,
                                      const QJsonObject& command, const Known& known, bool alone)
{
    const QJsonValue constraint = command[u"def"][u"Constraint"];
    const QString name = constraintName(table, constraint);
    const KnownTable* there = known.table(table);
    const bool isKey = constraint[u"contype"].toString() == "CONSTR_FOREIGN"_L1;
    if (!alone || name.isEmpty() || (isKey && there && there->partitioned))
        return std::nullopt;
    QString changed = sql;
    changed.insert(endOf(sql), u" NOT VALID"_s);
    if (constraint[u"conname"].toString().isEmpty())
        changed.insert(placeOf(sql, constraint[u"location"].toInt()),
                       u"CONSTRAINT "_s + written(name) + u' ');
    return Rewrite{.title = Words::tr("Validate it later"),
                   .statement = changed,
                   .outside = false,
                   .nextName = u"validate_"_s + name,
                   .nextSql =
                       u"ALTER TABLE %1 VALIDATE CONSTRAINT %2;\n"_s.arg(written(table), written(name))};
}

std::optional<Rewrite> withProof(const RelationName& table, const QString& column, const Known& known,
                                 bool alone)
{
    Q_UNUSED(known)
    const QString name = fitting(table.name + u'_' + column + u"_not_null"_s);
    if (!alone || name.isEmpty())
        return std::nullopt;
    const QString alter = u"ALTER TABLE "_s + written(table);
    return Rewrite{
        .title = Words::tr("Prove it first"),
        .statement = u"%1 ADD CONSTRAINT %2 CHECK (%3 IS NOT NULL) NOT VALID"_s.arg(alter, written(name),
                                                                                    written(column)),
        .outside = false,
        .nextName = u"set_not_null_"_s + table.name + u'_' + column,
        .nextSql =
            u"%1 VALIDATE CONSTRAINT %2;\n%1 ALTER COLUMN %3 SET NOT NULL;\n%1 DROP CONSTRAINT %2;\n"_s.arg(
                alter, written(name), written(column))};
}

std::optional<Rewrite> withIndexFirst(const RelationName& table, const QStringList& columns,
                                      const QJsonObject& command, const Known& known, bool alone)
{
    const QJsonValue constraint = command[u"def"][u"Constraint"];
    const QString name = constraintName(table, constraint);
    const KnownTable* there = known.table(table);
    const bool plain = constraint[u"including"].isUndefined() && constraint[u"options"].isUndefined()
                       && constraint[u"nulls_not_distinct"].isUndefined()
                       && constraint[u"deferrable"].isUndefined();
    if (!alone || name.isEmpty() || columns.isEmpty() || !plain || (there && there->partitioned))
        return std::nullopt;
    const bool isKey = constraint[u"contype"].toString() == "CONSTR_PRIMARY"_L1;
    return Rewrite{.title = Words::tr("Build the index first"),
                   .statement = u"CREATE UNIQUE INDEX CONCURRENTLY %1 ON %2 (%3)"_s.arg(
                       written(name), written(table), joined(columns)),
                   .outside = true,
                   .nextName = u"add_"_s + name,
                   .nextSql = u"ALTER TABLE %1 ADD CONSTRAINT %2 %3 USING INDEX %2;\n"_s.arg(
                       written(table), written(name), isKey ? u"PRIMARY KEY"_s : u"UNIQUE"_s)};
}

std::optional<Rewrite> concurrently(const QString& sql, const QString& behind)
{
    for (auto token = sql::nextToken(sql, 0, Engine::Postgres); token.kind != sql::TokenKind::End;
         token = sql::nextToken(sql, token.start + token.length, Engine::Postgres)) {
        if (token.kind != sql::TokenKind::Word || token.text(sql).compare(behind, Qt::CaseInsensitive) != 0)
            continue;
        QString changed = sql;
        changed.insert(token.start + token.length, u" CONCURRENTLY"_s);
        return Rewrite{.title = Words::tr("Do it concurrently"),
                       .statement = changed,
                       .outside = true,
                       .nextName = {},
                       .nextSql = {}};
    }
    return std::nullopt;
}

std::optional<Rewrite> withDefault(const QString& sql, const QJsonObject& command, bool alone)
{
    static const QHash<QString, QString> beginnings{{u"int2"_s, u"0"_s},
                                                    {u"int4"_s, u"0"_s},
                                                    {u"int8"_s, u"0"_s},
                                                    {u"numeric"_s, u"0"_s},
                                                    {u"float4"_s, u"0"_s},
                                                    {u"float8"_s, u"0"_s},
                                                    {u"text"_s, u"''"_s},
                                                    {u"varchar"_s, u"''"_s},
                                                    {u"bool"_s, u"false"_s},
                                                    {u"timestamp"_s, u"now()"_s},
                                                    {u"timestamptz"_s, u"now()"_s},
                                                    {u"date"_s, u"current_date"_s},
                                                    {u"jsonb"_s, u"'{}'"_s},
                                                    {u"json"_s, u"'{}'"_s}};
    const PgType type = typeOfNode(command[u"def"][u"ColumnDef"][u"typeName"]);
    const QString value = type.isArray ? u"'{}'"_s : beginnings.value(type.name);
    if (!alone || value.isEmpty())
        return std::nullopt;
    QString changed = sql;
    changed.insert(endOf(sql), u" DEFAULT "_s + value);
    return Rewrite{.title = Words::tr("Give it a default"),
                   .statement = changed,
                   .outside = false,
                   .nextName = {},
                   .nextSql = {}};
}

}  // namespace dewpoint::lint::postgres
