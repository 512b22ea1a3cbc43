// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"

#include <QByteArray>

namespace dewpoint::diff {

/// What a change is, whatever language its sentence is in: the same for the same change of the same thing.
/// Of something that comes or goes the name counts, of something that changes both of its forms.
QByteArray contentOf(const change::Change& change, Engine engine);

/// The same for two databases between which compare() sees no difference, unless one spells it otherwise;
/// never the same where it sees one.
QByteArray fingerprint(const schema::Database& database);

}  // namespace dewpoint::diff
