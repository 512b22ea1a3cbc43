// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/drizzle.h"

#include <QHash>

/// Names and literals of the TypeScript that both dialects share.
namespace dewpoint::render::drizzle {

QString camel(const QString& name);

/// An object's key: bare where it is an identifier, else in quotes.
QString key(const QString& column);

/// "table.userId", or "table["2nd"]".
QString member(const QString& object, const QString& column);

QString text(const QString& value);     ///< "with \"quotes\""
QString single(const QString& value);   ///< 'with \'quotes\''
QString sqlText(const QString& value);  ///< sql`…`
QString singular(const QString& name);
QString plural(const QString& name);

/// What an SQL text literal holds; nothing for anything else. A cast behind it is taken off.
std::optional<QString> literalText(const QString& sql);

/// The tables to write, and a variable for each.
struct Scope {
    explicit Scope(const schema::Database& database);

    QList<const schema::Table*> tables;
    QStringList schemas;

    QString variable(const schema::Table& table) const { return m_variables.value(&table); }
    QString variableOf(const QString& schema, const QString& name) const;
    QString newVariable(const QString& schema, const QString& name);

private:
    QHash<const schema::Table*, QString> m_variables;
    QStringList m_taken;
};

/// Words that end up in the import line, each once, in order of use.
class Imports final
{
public:
    explicit Imports(QStringList first) : m_names(std::move(first)) {}
    QString use(const QString& name);  ///< the name itself
    QString names() const { return m_names.join(QStringLiteral(", ")); }

private:
    QStringList m_names;
};

QString sqliteSchema(const schema::Database& database, DrizzleRelease release);
QString postgresSchema(const schema::Database& database, DrizzleRelease release);

}  // namespace dewpoint::render::drizzle
