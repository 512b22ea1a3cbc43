// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::rehearse {

/// A checksum of everything in a database: its structure and the rows of every table, whatever their order.
/// PostgreSQL's is read in one snapshot; of tables over a gigabyte only the size.
Result<QString> checksumOf(drivers::Connection& connection);

}  // namespace dewpoint::rehearse
