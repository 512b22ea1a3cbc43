// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "structure/edits.h"

/// What staged edits make of a catalog. Pure: texts are taken as they were typed, and what they mean the
/// server says (propose.h).
namespace dewpoint::structure {

/// `renamed` is the catalog after renamesOf, as the server has it, so that whatever names a renamed thing
/// has followed. The definitions in the result are as typed, so it is for building, not for comparing.
schema::Database targetOf(const schema::Database& catalog, const schema::Database& renamed,
                          const Edits& edits);

/// What can be said without asking a server.
QList<Problem> problemsOf(const schema::Database& catalog, const Edits& edits);

/// Why a table's structure cannot be edited here; empty where it can be.
QString lockedBecause(const schema::Table& table);

}  // namespace dewpoint::structure
