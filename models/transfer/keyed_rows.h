// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/query_builder.h"

#include <span>

namespace dewpoint::transfer {

/// The row with a key: its cells, without a hidden key.
using KeyedRow = std::function<Result<>(const rows::RowKey& key, std::vector<Value>& row)>;

/// The rows with these keys in the keys' order, a few hundred in memory at once. One that is gone is an error.
Result<> streamByKeys(drivers::Connection& connection, const rows::Relation& relation,
                      std::span<const rows::RowKey> keys, const KeyedRow& sink);

/// Asked of the connection; a server may have sent all its rows before a cancel reaches it.
Result<> checkStop(const drivers::Connection& connection);

}  // namespace dewpoint::transfer
