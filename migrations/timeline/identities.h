// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "timeline/parts.h"

#include <QHash>

namespace dewpoint::timeline {

/// PostgreSQL: what each thing is, whatever it is called: its OID, and of a column the number behind it.
using Identities = QHash<QByteArray, Part>;

/// Of SQLite nothing: it knows its things by their names alone.
Result<Identities> identitiesIn(drivers::Connection& connection);

}  // namespace dewpoint::timeline
