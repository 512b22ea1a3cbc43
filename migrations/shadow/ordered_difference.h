// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "shadow/difference.h"

namespace dewpoint::shadow {

/// difference() that also tells, plans and proves the order of the columns in these tables, under their names
/// before and after.
Result<Difference> orderedDifference(const drivers::Target& server, const schema::Database& from,
                                     const schema::Database& to, const Answers& answers,
                                     const QList<change::Name>& ordered, const drivers::StopAsked& stop = {});

}  // namespace dewpoint::shadow
