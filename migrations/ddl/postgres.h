// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

/// PostgreSQL's statements that make one object each, from the object as a value (manual, SQL Commands).
/// Statements come without their semicolon; names are quoted where they must be, and always qualified.
namespace dewpoint::ddl::postgres {

QString name(const QString& word);
QString name(const QString& schema, const QString& word);
QString names(const QStringList& words);  ///< "a, b"
QString literal(const QString& text);     ///< 'it''s'

/// What the server printed, so that it prints the same again after reading it.
QString readsBackTheSame(const QString& sql);

QString createSchema(const QString& schema);
QString createExtension(const schema::Extension& extension);
QString createType(const schema::Type& type);

QString createSequence(const schema::Sequence& sequence);
/// Ties it to its serial column, whose table must be there.
QString ownSequence(const schema::Sequence& sequence, const schema::Table& table,
                    const schema::Column& column);

/// "price numeric(10,2) DEFAULT 0 NOT NULL"
QString columnText(const schema::Column& column);

/// "CONSTRAINT c CHECK ((a > 0))"
QString constraintText(const schema::Constraint& constraint);

/// Columns and those constraints that need no other table and are validated (isInTable); a partition
/// comes as a table of its own, for attachPartition.
QString createTable(const schema::Table& table);
bool isInTable(const schema::Constraint& constraint);
QString addConstraint(const schema::Table& table, const schema::Constraint& constraint);
QString attachPartition(const schema::Table& table);

/// Row-level security switches; often none.
QStringList rowSecurity(const schema::Table& table);
QString policyRoles(const schema::Policy& policy);  ///< as TO takes them
QString createPolicy(const schema::Table& table, const schema::Policy& policy);

QString createIndex(const schema::Index& index);  ///< none for one that a constraint makes
QString createView(const schema::View& view);

/// The trigger, and how it fires where that is not the usual way. `owner` is the qualified table or view.
QStringList createTrigger(const QString& owner, const schema::Trigger& trigger);

/// "COMMENT ON TABLE public.t IS 'what it is for'"; `object` as the manual's COMMENT wants it.
QString comment(const QString& object, const QString& text);
QStringList commentsOf(const schema::Table& table);
QStringList commentsOf(const schema::View& view);
QStringList commentsOf(const schema::Type& type);
QStringList commentsOf(const schema::Routine& routine);
QStringList commentsOf(const schema::OtherObject& object);

/// As DROP, COMMENT ON and GRANT name it: "FUNCTION public.total(integer)".
QString called(const schema::Routine& routine);

/// The statements that make it, without its comment.
QStringList createOther(const schema::OtherObject& object);

}  // namespace dewpoint::ddl::postgres
