// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/course.h"

#include "catalog/inspect.h"
#include "project/code.h"
#include "shadow/code_replay.h"
#include "shadow/outside_effects.h"
#include "shadow/replay.h"

namespace dewpoint::rehearse {

namespace {

using apply::Action;
using apply::Direction;
using apply::Step;

constexpr Direction bothWays[]{Direction::Up, Direction::Down};

/// A script that reaches beyond its database would reach the real world from the copy as well.
Result<> refuseReach(const Course& course, Engine engine)
{
    for (const Step& step : course.steps) {
        for (const Direction direction : bothWays) {
            if (direction == Direction::Down && !step.migration.reversible())
                continue;
            const auto script = course.script(step.migration, direction);
            if (!script)
                return fail(script.error());
            if (auto refused = shadow::refuseOutsideEffects(*script, engine); !refused)
                return refused;
        }
    }
    return {};
}

/// How many of the newest steps the opposite action takes back, and nothing else with them.
Result<int> returnable(drivers::Connection& copy, const project::Project& project, const QList<Step>& steps,
                       Action action, apply::Scope scope)
{
    const auto now = apply::status(copy, project);
    if (!now)
        return fail(now.error());
    for (auto count = static_cast<int>(steps.size()); count > 0; --count) {
        scope.count = count;
        const auto back = apply::plan(*now, action, scope);
        if (!back || back->size() != count)
            continue;
        bool same = true;
        for (int i = 0; i < count; ++i)
            same = same && (*back)[i].migration.version == steps[steps.size() - 1 - i].migration.version;
        if (same)
            return count;
    }
    return 0;
}

}  // namespace

Result<Course> courseOf(drivers::Connection& live, const project::Project& project, const Options& options,
                        const drivers::StopAsked& stop)
{
    const auto now = apply::status(live, project);
    if (!now)
        return fail(now.error());
    auto steps = apply::plan(*now, options.action, options.scope);
    if (!steps)
        return fail(steps.error());
    Course course{.steps = *std::move(steps)};
    course.script = [&project](const project::Migration& migration, Direction direction) {
        return project::script(project, migration, direction).transform([](const project::Script& script) {
            return QString::fromUtf8(script.text);
        });
    };
    const bool code = project::runsCode(project);
    if (auto may = code ? shadow::wantCodePreview(project) : refuseReach(course, live.engine()); !may)
        return fail(may.error());
    QList<park::Parcel> parcels;
    if (options.parks && !code) {
        auto found = park::parcelsOf(live, project, course.steps, stop);
        if (!found)
            return fail(found.error());
        parcels = *std::move(found);
        // What cannot be parked is told as lost.
        parcels.removeIf([](const park::Parcel& parcel) { return !parcel.isPossible(); });
    }
    course.catalog = [&project](drivers::Connection& copy) {
        return shadow::inspectWithoutLedger(copy, project);
    };
    course.there = [&project, action = options.action, scope = options.scope,
                    parcels](drivers::Connection& copy, const apply::Watch& watch) {
        return park::execute(copy, project, action, scope, watch, std::nullopt, parcels);
    };
    course.back = [&project, steps = course.steps,
                   action = options.action == Action::Run ? Action::Revert : Action::Run,
                   missing = options.scope.allowMissing](
                      drivers::Connection& copy, const apply::Watch& watch) -> Result<Course::Return> {
        apply::Scope scope = apply::Scope::first(0);
        scope.allowMissing = missing;
        const auto count = returnable(copy, project, steps, action, scope);
        if (!count)
            return fail(count.error());
        scope.count = *count;
        if (*count == 0)
            return Course::Return{};
        return park::execute(copy, project, action, scope, watch).transform([&](park::Outcome outcome) {
            return Course::Return{.steps = *count, .outcome = std::move(outcome)};
        });
    };
    return course;
}

Result<Course> courseOf(Engine engine, const apply::Draft& draft,
                        const std::optional<project::Project>& project)
{
    Course course{.steps = {draft.step(Direction::Up, engine)}};
    course.script = [&draft](const project::Migration&, Direction direction) {
        return Result<QString>(QString::fromUtf8(draft.script(direction).text));
    };
    if (auto may = refuseReach(course, engine); !may)
        return fail(may.error());
    course.catalog = [&project](drivers::Connection& copy) {
        return project ? shadow::inspectWithoutLedger(copy, *project) : catalog::inspect(copy);
    };
    const auto gone = [&draft, &project](Direction direction) {
        return [&draft, &project, direction](drivers::Connection& copy, const apply::Watch& watch) {
            return apply::execute(copy, draft, direction, project, watch).transform([](apply::Report report) {
                return park::Outcome{.report = std::move(report)};
            });
        };
    };
    course.there = gone(Direction::Up);
    course.back = [&draft, down = gone(Direction::Down)](
                      drivers::Connection& copy, const apply::Watch& watch) -> Result<Course::Return> {
        if (draft.down.text.isEmpty())
            return Course::Return{};
        return down(copy, watch).transform([](park::Outcome outcome) {
            return Course::Return{.steps = 1, .outcome = std::move(outcome)};
        });
    };
    return course;
}

}  // namespace dewpoint::rehearse
