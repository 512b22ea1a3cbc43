// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/repair.h"

#include <QJsonObject>

namespace dewpoint::cli {

/// A repair for standard output: which migrations, the SQL, and what else there is to know.
QString repairText(const apply::Repair& repair, Engine engine);
QJsonObject repairJson(const apply::Repair& repair, Engine engine, bool dryRun, const QString& backup);

/// "Marked 1_a as applied." One line for each migration.
QString repairedText(const apply::Repair& repair);

}  // namespace dewpoint::cli
