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

}  // namespace dewpoint::plan::postgres
