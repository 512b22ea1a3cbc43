// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/console.h"
#include "transfer/row_writer.h"

#include <memory>

namespace dewpoint::cli {

/// Aligned columns on a terminal.
std::unique_ptr<transfer::RowWriter> makeTableWriter(Console& console);

}  // namespace dewpoint::cli
