// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

/// What both the schema.ts and the snapshots say of a PostgreSQL schema, in drizzle's terms.
namespace dewpoint::render::drizzle {

struct IdentityFacts {
    QString name, start, increment, minimum, maximum, cache;
    bool cycles = false;
};

/// The sequence has the tool's own name, whatever it is called.
IdentityFacts identityOf(const schema::Table& table, const schema::Column& column);

/// "serial", "bigserial", "smallserial" where it counts by its own sequence of the usual name, else empty.
QString serialOf(const schema::Table& table, const schema::Column& column);

/// What an index on the column uses when nothing is said, as the tool lists it; empty when not known.
QString usualOpclass(const schema::Database& database, const schema::Table& table, const QString& column,
                     const QString& method);

/// "CHECK ((a > 0))" as the tool reads it: a > 0.
QString checkExpression(const QString& definition);

/// The tool keeps a view's query on one line.
QString viewQuery(const schema::View& view);

/// Names in public without their schema, as a session with the usual search path sees them.
QString withoutPublic(const QString& sql);

}  // namespace dewpoint::render::drizzle
