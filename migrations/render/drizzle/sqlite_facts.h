// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

/// What both the schema.ts and the snapshots say of a SQLite schema, in drizzle's terms.
namespace dewpoint::render::drizzle {

/// The tool's affinities: by how the declared type begins; what it does not know is numeric.
QString sqliteAffinity(const QString& declared);
QString sqliteLength(const QString& declared);  ///< "20" of text(20); empty where there is none

bool countsUp(const schema::Table& table);  ///< AUTOINCREMENT

/// The name to write: that of an automatic one is the tool's. Empty where it only serves the primary key.
QString sqliteIndexName(const schema::Table& table, const schema::Index& index);

QStringList keyTargets(const schema::Database& database, const schema::Table& table,
                       const schema::Constraint& key);

struct NamedCheck {
    QString name;
    QString expression;
};

/// drizzle-orm has no CHECK without a name: those without get one.
QList<NamedCheck> namedChecks(const schema::Table& table);

QString sqliteQuery(const schema::View& view);  ///< the SELECT alone

}  // namespace dewpoint::render::drizzle
