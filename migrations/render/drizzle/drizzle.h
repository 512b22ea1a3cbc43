// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// The two generations of drizzle-kit take some things for different that the other does not.
enum class DrizzleRelease { Zero, One };

/// schema.ts: what `drizzle-kit pull` (0.31, 1.0) finds out, as code that `drizzle-kit generate` reads back
/// to the same. PostgreSQL: the schema public, as the tool's own default; others too where it is empty.
QString drizzleSchema(const schema::Database& database, DrizzleRelease release = DrizzleRelease::Zero);

/// relations.ts of drizzle-orm 0.x, for the names of schema.ts.
QString drizzleRelations(const schema::Database& database);

}  // namespace dewpoint::render
