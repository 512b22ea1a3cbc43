// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/observer.h"

namespace dewpoint::rehearse {

/// What is to be said of each migration of a rehearsal, of which the newest `back` were taken back. Rows
/// that did not come back are laid to the migrations that changed their table, or else to all.
QList<Judgement> judge(const Rehearsal& rehearsal, const Observer& observer, const Course& course, int back);

/// "312 values of users.phone", "4 rows of orders": what is not as before, for each table.
QStringList lostOf(const QList<TableRows>& notBack);

}  // namespace dewpoint::rehearse
