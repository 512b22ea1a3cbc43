// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/report.h"

namespace dewpoint::lint {

/// Marks the findings that the file itself allows: "-- dewpoint: allow CODE, CODE: reason" on the lines
/// before a statement, or before the first one and a blank line for the whole file.
void applyComments(Report& report, const QString& script);

}  // namespace dewpoint::lint
