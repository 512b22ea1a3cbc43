// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/query_builder.h"

namespace dewpoint::rows {

/// Where the engine's own indexes have NULLs: behind all values on PostgreSQL, before them on SQLite, and the other
/// way round in descending order.
bool nullsLast(const OrderTerm& term, Engine engine);

/// One direction and no NULLs.
bool isUniform(const QList<OrderTerm>& order);

/// True of the row with these values of the order's terms, and of all behind it.
QString keysetFrom(QueryWriter& writer, const QList<OrderTerm>& order, const RowKey& from, Engine engine);

}  // namespace dewpoint::rows
