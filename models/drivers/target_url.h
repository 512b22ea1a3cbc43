// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

namespace dewpoint::drivers {

/// The database as a URL that other programs understand, its password included: sqlite:///absolute/path,
/// or postgres://user:password@host:port/database?…, with a socket folder as ?host=/folder (WHATWG's URL
/// parsers refuse one with a user and no host). What libpq takes from PG* variables is written out.
/// InvalidInput for what no URL can say: a database in memory, or named by a service file.
Result<QString> targetUrl(const Target& target);

}  // namespace dewpoint::drivers
