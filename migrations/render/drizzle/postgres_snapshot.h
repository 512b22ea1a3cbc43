// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/defaults.h"
#include "render/drizzle/drizzle.h"
#include "render/drizzle/json.h"

/// What the snapshots of both generations say alike of a PostgreSQL schema.
namespace dewpoint::render::drizzle {

/// Of all schemas: a project that uses several names them in its own schema.ts.
QList<const schema::Table*> snapshotTables(const schema::Database& database);

QStringList snapshotSchemas(const schema::Database& database);

Json listText(const Default& array, DrizzleRelease release);  ///< '{1,2}'
Json generatedOf(const schema::Column& column);
Json rolesOf(const schema::Policy& policy);
bool isUniqueNullsToo(const schema::Constraint& constraint);
QString typeSchemaOf(const schema::Database& database, const schema::Column& column);

Json postgresRows(const schema::Database& database);  ///< 1.0

}  // namespace dewpoint::render::drizzle
