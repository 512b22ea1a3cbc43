// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/plan.h"

#include <QByteArray>

namespace dewpoint::plan {

/// Who sends the script, and so who begins and commits.
enum class Sender {
    Shell,       ///< psql -f, sqlite3: the script begins and commits
    Transaction  ///< a migration tool, inside its transaction
};

/// The plan as a file: each step with its sentence as a comment. Empty for an empty plan.
QByteArray script(const Plan& plan, Sender sender);

/// The same in parts that are sent one after the other: what the server only accepts committed by itself
/// must not travel with what comes behind it.
QList<QByteArray> pieces(const Plan& plan, Sender sender);

}  // namespace dewpoint::plan
