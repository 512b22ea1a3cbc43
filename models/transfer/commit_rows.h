// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::transfer {

/// Ends the transaction that rows were written in: deferred constraints speak up before COMMIT does.
Result<> commitRows(drivers::Connection& connection, drivers::Transaction& transaction);

}  // namespace dewpoint::transfer
