// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/blame.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

QStringList intersection(const QStringList& left, const QStringList& right)
{
    QStringList both;
    for (const QString& name : left) {
        if (right.contains(name))
            both += name;
    }
    return both;
}

// PostgreSQL: `Key (email, team_id)=(…) already exists.`
QStringList detailColumns(const QString& detail)
{
    static const QRegularExpression pattern(u"^Key \\(([^)]*)\\)="_s);
    QStringList columns = pattern.match(detail).captured(1).split(u", "_s, Qt::SkipEmptyParts);
    for (QString& column : columns) {
        if (column.startsWith(u'"'))
            column = column.mid(1, column.size() - 2).replace(u"\"\""_s, u"\""_s);
    }
    return columns;
}

// SQLite: `UNIQUE constraint failed: users.email, users.team_id`.
QStringList messageColumns(const Error& error, const Relation& relation)
{
    QStringList columns;
    const QString text = error.detail + u' ' + error.message;
    for (const RelationColumn& column : relation.columns) {
        if (text.contains(relation.name + u'.' + column.name))
            columns += column.name;
    }
    return columns;
}

/// The name stands in it with nothing of this kind beside it.
bool isPartOf(const QString& text, const QString& name, const QString& letter)
{
    const QRegularExpression whole(u"(?<!%1)%2(?!%1)"_s.arg(letter, QRegularExpression::escape(name)));
    return whole.match(text).hasMatch();
}

}  // namespace

QString blamedColumn(const Error& error, const Relation& relation, const QStringList& setColumns)
{
    if (relation.indexOf(error.column) >= 0)
        return error.column;
    QStringList named = detailColumns(error.detail);
    if (named.isEmpty())
        named = messageColumns(error, relation);
    if (named.isEmpty() && error.kind == ErrorKind::ForeignKey) {
        for (const RelationForeignKey& key : relation.foreignKeys)
            named += key.columns;
    }
    if (const QStringList both = intersection(named, setColumns); !both.isEmpty())
        return both.size() == 1 || error.kind != ErrorKind::ForeignKey ? both.first() : QString();
    if (setColumns.size() == 1)
        return setColumns.first();
    // A check is usually named after its column: "products_price_check". SQLite tells its condition instead.
    for (const QString& column : setColumns) {
        if (error.kind == ErrorKind::Check
            && (isPartOf(error.constraint, column, u"[\\p{L}\\p{N}]"_s)
                || (relation.engine == Engine::Sqlite && isPartOf(error.detail, column, u"\\w"_s))))
            return column;
    }
    return named.value(0);
}

bool mayBeOfValue(const Error& error, const RelationColumn& column)
{
    const bool isRule = error.kind == ErrorKind::Check || error.kind == ErrorKind::NotNull;
    return error.kind == ErrorKind::Type || (isRule && !column.domain.isEmpty());
}

Result<> tellRule(drivers::Connection& connection, const QString& table, Error& error)
{
    if (connection.engine() != Engine::Postgres || error.kind != ErrorKind::Check
        || error.constraint.isEmpty())
        return {};
    // A domain's has no table; of two with one name nothing is said rather than the wrong thing.
    const auto rule = connection.scalar(u"SELECT min(pg_get_constraintdef(oid, true)) FROM pg_constraint "
                                        u"WHERE contype = 'c' AND conname = $1 "
                                        "AND (contypid <> 0 OR conrelid = to_regclass(nullif($2, ''))) "
                                        "HAVING count(DISTINCT pg_get_constraintdef(oid, true)) = 1"_s,
                                        {textValue(error.constraint), textValue(table)});
    if (!rule)
        return fail(rule.error());
    if (const QString text = displayText(*rule); !isNull(*rule) && !text.isEmpty())
        error.message += u": "_s + text;
    return {};
}

Result<> blameCast(drivers::Connection& connection, const Relation& relation, const PlannedChange& change,
                   Violation& violation)
{
    if (!violation.column.isEmpty() || relation.engine != Engine::Postgres)
        return {};
    const QStringList names = setColumns(change);
    for (const QString& name : names) {
        const auto* plain = std::get_if<Value>(givenValue(change, name));
        const int column = relation.indexOf(name);
        if (!plain || column < 0 || !mayBeOfValue(violation.error, relation.columns[column]))
            continue;
        const auto cast = connection.scalar(
            u"SELECT CAST(CAST($1 AS text) AS %1)"_s.arg(relation.columns[column].declared()), {*plain});
        if (cast)
            continue;
        violation.column = name;
        if (auto back = connection.execute(u"ROLLBACK TO SAVEPOINT dewpoint_row"_s); !back)
            return fail(back.error());
        return {};
    }
    return {};
}

}  // namespace dewpoint::rows
