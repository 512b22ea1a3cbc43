// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QString>

namespace dewpoint::test {

/// A catalog as indented text, one fact a line, to compare with what a test expects.
QString describe(const schema::Database& database);
QString describe(const schema::Constraint& constraint);

}  // namespace dewpoint::test
