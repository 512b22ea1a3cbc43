// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/needle.h"
#include "rows/query_writer.h"

namespace dewpoint::rows {

/// Whether a column holds what is looked for; empty where it cannot, whatever is in it.
QString searchCondition(QueryWriter& writer, const RelationColumn& column, const Needle& needle);

/// The part of the column's text around the hit.
QString searchExcerpt(QueryWriter& writer, const RelationColumn& column, const Needle& needle);

}  // namespace dewpoint::rows
