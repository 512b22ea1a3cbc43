// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"

#include <optional>

namespace dewpoint::rows {

/// What one element of a PostgreSQL array is, as a column of its own; nothing where the column holds no array.
std::optional<RelationColumn> elementColumn(const RelationColumn& column, Engine engine);

/// Of an enum, in its order; none for any other type.
QStringList labelsOfType(const schema::Database& database, const QString& type);

}  // namespace dewpoint::rows
