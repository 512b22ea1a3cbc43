// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/column.h"

#include <optional>

namespace dewpoint::render::drizzle {

/// A column's default as drizzle-orm knows it: a value of JavaScript where it is one, else SQL.
struct Default {
    enum class Kind { Text, Number, Bool, Json, Array, Now, Random, Sql };

    Kind kind = Kind::Sql;
    QString value;         ///< Json: compact; Now, Random, Sql: the expression
    QStringList items;     ///< of an array
    bool numbers = false;  ///< the array's items are
};

std::optional<Default> sqliteDefault(const schema::Column& column);
std::optional<Default> postgresDefault(const schema::Column& column);

/// A boolean as SQL: drizzle-orm 1.0 takes none for a column of SQLite's numeric affinity.
Default withoutBool(Default value);

QString defaultCall(const Default& value);  ///< .default("x"), .defaultNow() …

}  // namespace dewpoint::render::drizzle
