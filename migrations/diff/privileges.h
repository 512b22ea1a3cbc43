// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "schema/database.h"

#include <QList>

namespace dewpoint::diff {

/// The privileges of everything that `to` has, also where they are the same, with what is granted in `from`:
/// the usual where it is new. What goes, what is granted on columns that go, and what owners may do is not in
/// it. None where one side was read without privileges.
QList<change::SetPrivileges> privilegePairs(const schema::Database& from, const schema::Database& to);

}  // namespace dewpoint::diff
