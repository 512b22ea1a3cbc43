// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QByteArray>

#include <vector>

namespace dewpoint::rows {

/// What identifies a row: its key columns' values, in the relation's key order.
struct RowKey {
    std::vector<Value> values;

    bool isEmpty() const { return values.empty(); }
    bool operator==(const RowKey&) const = default;
};

/// One byte string per key, different for different keys: for hashing and lookup.
QByteArray encoded(const RowKey& key);

/// Bytes a list of values occupies, roughly, for memory budgets.
qsizetype memoryOf(const std::vector<Value>& values);

/// "7", "fr · 2": a key as people read it.
QString displayText(const RowKey& key);

}  // namespace dewpoint::rows
