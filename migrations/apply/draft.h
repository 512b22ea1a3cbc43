// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/executor.h"
#include "plan/plan.h"

namespace dewpoint::apply {

/// A change that is no migration yet: the name that it would have, and what each direction sends.
struct Draft {
    QString name;
    project::Script up;
    project::Script down;  ///< empty: nothing takes it back

    const project::Script& script(Direction direction) const
    {
        return direction == Direction::Up ? up : down;
    }
    /// As a step of a run, for those that go along with one. Outside a transaction where the script begins
    /// and commits by itself, or holds what can only stand alone.
    Step step(Direction direction, Engine engine) const;
};

/// A plan and its way back, as the project's tool would send them; without a project as a shell would, in
/// the parts that the server takes.
Draft draftOf(const QString& name, const plan::Plan& up, const plan::Plan& down,
              const std::optional<project::Project>& project);

/// Runs one direction under the rules of the project's tool, where there is a project. No ledger hears of
/// it. Escort and progress are those of a migration's run; an Error means that nothing was begun. Blocking:
/// for a lane.
Result<Report> execute(drivers::Connection& connection, const Draft& draft, Direction direction,
                       const std::optional<project::Project>& project, const Watch& watch = {});

}  // namespace dewpoint::apply
