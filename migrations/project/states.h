// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ledger/table.h"
#include "project/migration.h"

namespace dewpoint::project {

using VersionOrder = bool (*)(const QString& left, const QString& right);

/// The rule of most tools: pending is what has no row of its version; rows without a file are missing;
/// a checksum that differs means edited since. In the order of the versions.
QList<MigrationState> statesByVersion(const QList<Migration>& files, const QList<ledger::AppliedRow>& rows,
                                      VersionOrder less);

}  // namespace dewpoint::project
