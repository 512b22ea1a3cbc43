// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <optional>

namespace dewpoint::plan::postgres {

/// ALTER TYPE or ALTER DOMAIN, where that is enough.
std::optional<QStringList> alterType(const schema::Type& from, const schema::Type& to);

/// Whether that alteration is refused where columns hold the type within another one, or, of a composite
/// type, hold it at all (https://www.postgresql.org/docs/current/sql-altertype.html).
enum class Refusal { Never, WhereWithin, WhereUsed };
Refusal refusal(const schema::Type& from, const schema::Type& to);

/// Whether values go with an attribute, where some column holds the type.
bool dropsAttributes(const schema::Type& from, const schema::Type& to);

/// What stands after USING when a column gets the type made again; `goal` is that type, a list of it where
/// the column is one. Nothing where attributes moved within a list or another type: what is written of a
/// composite value has no names.
std::optional<QString> remade(const QString& column, const schema::Type& from, const schema::Type& to,
                              const QString& goal);

/// The name of the old one meanwhile, of 63 bytes at most.
QString oldName(const QString& type);

}  // namespace dewpoint::plan::postgres
