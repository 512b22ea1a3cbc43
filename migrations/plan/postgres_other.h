// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <optional>

namespace dewpoint::plan::postgres {

/// In place: settings, options of a server, mappings of a text search configuration, and what is switched on a
/// rule, an event trigger or statistics. Nothing where it must be made anew.
std::optional<QStringList> alterOther(const schema::OtherObject& from, const schema::OtherObject& to);

}  // namespace dewpoint::plan::postgres
