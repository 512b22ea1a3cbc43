// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QByteArray>

namespace dewpoint::transfer {

/// A cell in COPY's text format (PostgreSQL manual, "COPY", Text Format).
void appendCopyCell(QByteArray& out, const Value& value);

}  // namespace dewpoint::transfer
