// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QString>

namespace dewpoint::render {

/// Applies a unified diff of one file. Each hunk goes where it says, else to the nearest place where all
/// its lines match; one that matches nowhere is an error.
Result<QString> applyUnifiedDiff(const QString& text, const QString& patch);

}  // namespace dewpoint::render
