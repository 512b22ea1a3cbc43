// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// A script that builds the schema in an empty database of the same engine, each object behind what it
/// needs.
QString sql(const schema::Database& database);

}  // namespace dewpoint::render
