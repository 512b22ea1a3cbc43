// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/diesel/model.h"

namespace dewpoint::render::diesel_schema {

/// By the declared type, in the tool's order of rules; an error for a type that it does not know.
Result<ColumnType> sqliteType(const QString& declared, bool isNullable, bool isRowid);

/// By the type's name in pg_type; a domain by what it is made on, unless the options want it kept.
ColumnType postgresType(const schema::Database& database, const schema::Column& column,
                        const DieselOptions& options);

/// True for the names that Diesel itself defines.
bool isProvided(const QString& rustName, Engine engine);

}  // namespace dewpoint::render::diesel_schema
