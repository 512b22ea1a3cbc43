// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diff/part.h"
#include "schema/database.h"

#include <QList>

namespace dewpoint::diff {

/// `base` with these parts as `other` has them: there, gone, or otherwise. With the parts of all that
/// compare(base, other) says, it is equal to `other`. What else a part needs is the caller's to choose.
schema::Database mixed(const schema::Database& base, const schema::Database& other, const QList<Part>& parts);

/// Whether the object, as pg_depend names it, is this part or inside of it.
bool covers(const Part& part, const schema::ObjectId& object);

}  // namespace dewpoint::diff
