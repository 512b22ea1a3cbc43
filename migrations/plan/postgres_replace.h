// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::plan::postgres {

/// True where CREATE OR REPLACE takes the new one in place of the old one.
bool canReplace(const schema::View& from, const schema::View& to);
bool canReplace(const schema::Routine& from, const schema::Routine& to);

}  // namespace dewpoint::plan::postgres
