// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

namespace dewpoint::rows {

/// The column a refusal is about: the server's own word, the columns it lists in its detail, the only
/// column that was set, or the only one in the broken foreign key. Empty when it cannot be told.
QString blamedColumn(const Error& error, const Relation& relation, const QStringList& setColumns);

}  // namespace dewpoint::rows
