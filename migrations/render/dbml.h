// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// Tables, keys, indexes and references in DBML (https://dbml.dbdiagram.io/docs).
QString dbml(const schema::Database& database);

}  // namespace dewpoint::render
