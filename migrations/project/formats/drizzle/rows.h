// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "render/drizzle/json.h"
#include "sql/dialect.h"

#include <QHash>

namespace dewpoint::project::drizzle {

using render::drizzle::Json;

/// The rows of a snapshot, found by their kind ("columns") and by the table that they are part of.
class Rows final
{
public:
    explicit Rows(QList<Json> rows);

    QList<const Json*> of(const QString& kind) const;
    QList<const Json*> of(const QString& kind, const Json& table) const;  ///< in their order

private:
    QList<Json> m_rows;
    QHash<QStringList, QList<qsizetype>> m_places;  ///< by kind, and by kind, schema and table
};

/// InvalidInput where something is missing that each row of its kind has, or a kind is not known.
Result<> checkRows(const QList<Json>& rows);

/// The error of a file that is a snapshot but not a whole one.
std::unexpected<Error> damagedSnapshot(const QString& what);

/// The rows that 1.0 has for what a snapshot of 0.x says, as `drizzle-kit up` makes them; only what it takes
/// to build the schema.
QList<Json> rowsOfPostgres7(const Json& snapshot);
QList<Json> rowsOfSqlite6(const Json& snapshot);

/// The statements that make the rows' schema on an empty database, in an order in which they run.
QByteArray postgresSql(const Rows& rows);
QByteArray sqliteSql(const Rows& rows);

bool isTrue(const Json& row, QAnyStringView member);
bool isFalse(const Json& row, QAnyStringView member);
QString spelled(const Json* value);  ///< a text, number or boolean as SQL has it; empty for anything else
QStringList textsIn(const Json* list);
QString quotedList(const QStringList& names);  ///< "a", "b"

/// A column's default; empty where there is none.
QString defaultOf(const Json& column);

/// Whether the expression is in parentheses as a whole: (a) + (b) is not.
bool isParenthesised(const QString& expression, Engine engine);

}  // namespace dewpoint::project::drizzle
