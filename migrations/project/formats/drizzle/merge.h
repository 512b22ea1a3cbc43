// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/json.h"

namespace dewpoint::project::drizzle {

using render::drizzle::Json;

/// `kept` with what turned `before` into `after`. Both are told from a catalog, which does not know all that
/// `kept` says: what did not change there stays as it is, down to single members.
Json merged(const Json& kept, const Json& before, const Json& after);

/// Rows of 1.0, each under its key.
Json rowsByKey(const Json& list);

/// The rows as a list again, kind by kind, without the parts of tables that are gone.
Json listOfRows(const Json& rows);

/// What 1.0 keeps instead of whole lists: the operations that lead from one to the other.
Json deltas(const Json& from, const Json& to);

/// The rows after such operations. Renames go on to what refers to the renamed.
Json applied(Json rows, const Json& deltas);

}  // namespace dewpoint::project::drizzle
