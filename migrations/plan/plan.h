// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "change/change.h"
#include "schema/database.h"

#include <QStringList>

#include <optional>

namespace dewpoint::plan {

/// One thing that is done: its statements (without semicolons), what takes them back, and why.
struct Step {
    QStringList sql;
    QStringList reverse;  ///< of the way back, what touches the same object; see pairReverses
    QString sentence;
    std::optional<change::Change> source;  ///< none where another step needs it: a view out of the way
    bool inTransaction = true;             ///< false: must be committed before what follows
    bool losesData = false;                ///< values that no way back brings again
};

struct Plan {
    Engine engine = Engine::Sqlite;
    QList<Step> steps;
    /// SQLite: foreign keys must be off, or dropping a table deletes what refers to it.
    bool foreignKeysOff = false;
    /// PostgreSQL: routines come before what their bodies name, so bodies must not be looked into.
    bool looseBodies = false;
    bool isEmpty() const { return steps.isEmpty(); }
};

struct Options {
    /// Everything must be able to run in one transaction: an enum value that is used at once makes its
    /// type be rebuilt, instead of being added and committed first.
    bool oneTransaction = false;
};

/// What turns `from` into `to`, in an order that runs. Pure. Nothing is taken for a rename here: what was
/// renamed has its new name in `from` already (rename.h).
Result<Plan> plan(const schema::Database& from, const schema::Database& to, const Options& options = {});

/// Gives each step of one direction the statements of the other that touch the same thing.
void pairReverses(Plan& up, Plan& down);

}  // namespace dewpoint::plan
