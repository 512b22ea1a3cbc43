// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/repair.h"

/// The sentences of repairing a ledger: pure functions, so that tests can read them.
namespace dewpoint::migrate::texts {

QString repairQuestion(const apply::Repair& repair, const QString& ledger);
QString repairDetail(const apply::Repair& repair);  ///< which ones, and what else changes
QString repairAccept(const apply::Repair& repair);
QString repairDone(const apply::Repair& repair);

}  // namespace dewpoint::migrate::texts
