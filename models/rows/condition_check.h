// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/relation.h"

namespace dewpoint::rows {

/// What the server says of a condition before it is used as a WHERE: it is parsed and planned, no row is
/// read. The error's position counts from the condition's beginning.
Result<> checkCondition(drivers::Connection& connection, const Relation& relation, const QString& condition);

}  // namespace dewpoint::rows
