// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"

namespace dewpoint::diff {

/// The order of columns makes no difference (compare.h), except in `tables`, where somebody chose one:
/// those of them that would not have it once what goes is gone and what is new stands at the end. It is a
/// change of the table as such, beside those of what is in it.
QList<change::Change> columnOrders(const schema::Database& from, const schema::Database& to,
                                   const QList<change::Name>& tables);

}  // namespace dewpoint::diff
