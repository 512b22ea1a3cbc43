// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// Summing up the files anew, where a tool refuses everything once they are not as its sums say.
namespace dewpoint::project {

/// Only reads. Unsupported where the tool keeps no sums; equal bytes where they fit.
Result<SumChange> sumChange(const Project& project);

/// Conflict where the files are not any more what they were for the change.
Result<> writeSum(const Project& project, const SumChange& agreed);

}  // namespace dewpoint::project
