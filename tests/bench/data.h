// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::bench {

std::unique_ptr<drivers::Connection> connect(const drivers::Target& target);

/// A table of events with that many rows, made in the database itself.
void makeEvents(drivers::Connection& connection, const QString& table, qint64 rows);

/// Tables of ten columns, each with a key, two indexes, and a foreign key to one before.
void makeTables(drivers::Connection& connection, int tables);

}  // namespace dewpoint::bench
