// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::schema {

/// The type a domain is made over, as its definition begins with it.
QString baseOf(const Type& domain);

/// The type below a domain, and below the domains that one is made over; other types are their own. Names are
/// with their schema, as the catalog has those of all types that are not the server's.
QString typeBelow(const Database& database, const QString& name);

}  // namespace dewpoint::schema
