// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/lint_project.h"
#include "lint/question.h"
#include "migrate/review.h"
#include "rehearsal/rehearsal_run.h"
#include "runtime/job.h"
#include "shadow/difference.h"
#include "shadow/side.h"

#include <expected>
#include <memory>

/// What the compare tab has done on a lane: blocking functions over values.
namespace dewpoint::migrate {

/// Two schemas, and the proven way from one to the other and back.
struct Comparison {
    drivers::Target server;  ///< where scratch databases were made
    schema::Database from, to;
    shadow::Difference way;
    QString up, down;  ///< as a shell runs them, like `schema diff` prints it; empty where a question is open
    apply::Linted linted;
    QList<lint::Question> questions;  ///< counted where the first is a database
    int pending = 0;                  ///< migrations behind which this one comes

    bool isEqual() const { return way.changes.isEmpty() && way.renames.isEmpty() && way.open.isEmpty(); }
    bool isPlanned() const { return !way.up.isEmpty(); }
};
using SharedComparison = std::shared_ptr<const Comparison>;

struct ComparisonWish {
    enum class Own { Neither, From, To, Both };  ///< which of them is the open database

    shadow::Side from, to;
    Own own = Own::Neither;
    std::optional<project::Project> project;
    bool withPrivileges = false;
    bool asMigration = false;  ///< all of it has to run in one transaction
    shadow::Answers answers;
    SharedComparison read;  ///< of the same two, so that they are not read again
};

/// What stopped it, and which of the two it is about: 0 for neither, 1 the first, 2 the second.
struct ComparisonFailure {
    Error error;
    int side = 0;
};
using Compared = std::expected<SharedComparison, ComparisonFailure>;

/// Both are only read. `progress` hears what is being done.
Result<Compared> compare(drivers::Connection& live, const ComparisonWish& wish,
                         const runtime::StopToken& stop, rehearsal::Progress& progress);

/// "2 steps lose values", and what of the rows is lost or in the way: a line each, the worst first.
QStringList risksOf(const Comparison& comparison);

/// As one file for somebody else. `name` is what was compared, `database` the one of the window.
Review reviewOf(const Comparison& comparison, const QString& name, const QString& database);

}  // namespace dewpoint::migrate
