// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// schema.prisma as `prisma db pull` writes it: data source, models with relations, enums.
QString prisma(const schema::Database& database);

}  // namespace dewpoint::render
