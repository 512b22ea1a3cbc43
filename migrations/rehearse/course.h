// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/draft.h"
#include "park/parking.h"
#include "rehearse/rehearsal.h"

namespace dewpoint::rehearse {

/// What is rehearsed: a way there and the way back, each gone by the executor of a real run.
struct Course {
    /// How many of the newest steps of the way there were taken back.
    struct Return {
        int steps = 0;
        park::Outcome outcome;
    };

    QList<apply::Step> steps;  ///< the way there
    std::function<Result<QString>(const project::Migration&, apply::Direction)> script;
    std::function<Result<schema::Database>(drivers::Connection&)> catalog;  ///< without what is the tool's
    std::function<Result<park::Outcome>(drivers::Connection& copy, const apply::Watch&)> there;
    std::function<Result<Return>(drivers::Connection& copy, const apply::Watch&)> back;
};

/// Migrations, pending ones run or applied ones reverted, and all of it back. `project` must outlive it.
Result<Course> courseOf(drivers::Connection& live, const project::Project& project, const Options& options,
                        const drivers::StopAsked& stop);

/// A change that is no migration yet. `draft` and `project` must outlive it.
Result<Course> courseOf(Engine engine, const apply::Draft& draft,
                        const std::optional<project::Project>& project);

}  // namespace dewpoint::rehearse
