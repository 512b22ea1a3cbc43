// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/query_writer.h"
#include "rows/view_spec.h"

namespace dewpoint::rows {

/// A filter as a condition of a WHERE clause; what was typed is bound, never pasted.
QString filterCondition(QueryWriter& writer, const Relation& relation, const Filter& filter);

/// A pattern for LIKE … ESCAPE '\\' that takes the text as it is.
QString likePattern(const QString& text, const QString& before, const QString& after);

}  // namespace dewpoint::rows
