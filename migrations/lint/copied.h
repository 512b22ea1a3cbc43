// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/report.h"

#include <QSet>

namespace dewpoint::lint {

/// Names, in small letters, in all other statements that write rows: one of them may bring the values of a
/// column that a copy leaves out.
QSet<QString> namedByOthers(const Report& report, int statement);

}  // namespace dewpoint::lint
