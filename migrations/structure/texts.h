// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/table.h"
#include "sql/dialect.h"

#include <QString>

/// Definitions taken apart for editing, and put together again. What a form does not show stays as it is.
namespace dewpoint::structure {

/// A CREATE INDEX text of either engine.
struct IndexText {
    QString name;
    bool unique = false;
    QString method;     ///< PostgreSQL: "btree"
    QString parts;      ///< as written between the parentheses: "lower(email), created_at DESC"
    QString included;   ///< PostgreSQL's INCLUDE, as written
    QString options;    ///< NULLS NOT DISTINCT, WITH (…), TABLESPACE …
    QString predicate;  ///< behind WHERE
    bool operator==(const IndexText&) const = default;
};

IndexText readIndex(const QString& definition);
QString writeIndex(const IndexText& index, const QString& schemaName, const QString& table, Engine engine);

/// What a CHECK tests, without CHECK and its parentheses.
QString checkExpression(const schema::Constraint& check, Engine engine);
void setCheckExpression(schema::Constraint& check, const QString& expression, Engine engine);

/// EXCLUDE, of PostgreSQL. Whether it waits for the end of the transaction the constraint says.
struct ExclusionText {
    QString method;     ///< "gist"
    QString elements;   ///< as written between the parentheses: "room WITH =, during range_ops WITH &&"
    QString options;    ///< INCLUDE (…), WITH (…), USING INDEX TABLESPACE …
    QString predicate;  ///< behind WHERE, without its parentheses
    bool operator==(const ExclusionText&) const = default;
};

ExclusionText readExclusion(const QString& definition);
QString writeExclusion(const ExclusionText& exclusion, const schema::Constraint& constraint);
/// Whether each element says by which operator it is compared.
bool saysOperators(const ExclusionText& exclusion);

/// The definition that says what the fields of `after` say. PostgreSQL's; `before` is what it was, if it was.
QString postgresDefinition(const schema::Constraint& after, const schema::Constraint* before);

/// " ON DELETE CASCADE DEFERRABLE": what a foreign key says behind its target, on both engines.
QString referenceActions(const schema::Constraint& key);

/// As PostgreSQL would call it: users_email_key.
QString usualName(const QString& table, const schema::Constraint& constraint);
QString usualIndexName(const QString& table, const IndexText& index);

/// The name that a CREATE TRIGGER text gives; empty where it is none.
QString triggerName(const QString& definition);

/// "a, "b c"" as names; and the way back, quoted where they must be.
QStringList readNames(const QString& list);
QString writeNames(const QStringList& names, Engine engine);

/// Splits at the commas that are in no parentheses.
QStringList readParts(const QString& list);

}  // namespace dewpoint::structure
