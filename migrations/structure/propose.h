// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/lint.h"
#include "lint/question.h"
#include "project/project.h"
#include "shadow/difference.h"
#include "structure/edits.h"

#include <expected>
#include <optional>

namespace dewpoint::structure {

/// What staged edits would do, proven on scratch databases.
struct Proposal {
    schema::Database from;
    schema::Database to;  ///< as the server reads it
    shadow::Difference way;
    QByteArray up;  ///< as the project's tool would run it, or in a transaction of its own
    QByteArray down;
    lint::Report findings;            ///< of `up`
    QList<lint::Question> questions;  ///< counted on the live database
    int pending = 0;                  ///< migrations that are not applied yet, behind which this one comes
    bool lacksBaseline = false;       ///< the project has no migration yet, and the database has tables
};

/// Why there is none, at the part that it comes from where that could be found out.
struct Refusal {
    Error error;
    std::optional<Place> place;
};

using Proposed = std::expected<Proposal, Refusal>;

/// The catalog with the edits is built on a scratch database, so that the server says what each text
/// means; then the planner finds the way there and back. `project` is whose format the scripts are for.
/// The live database is only read. Blocking: for a lane.
Proposed propose(drivers::Connection& live, const std::optional<project::Project>& project,
                 const Edits& edits, const drivers::StopAsked& stop = {});

/// The same edits bit by bit, each with the place that it adds something to: what is wrong with the whole
/// is wrong since one of them.
struct Stage {
    Place place;
    Edits edits;
};
QList<Stage> stagesOf(const schema::Database& catalog, const Edits& edits);

}  // namespace dewpoint::structure
