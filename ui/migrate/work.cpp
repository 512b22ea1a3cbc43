// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/work.h"

#include "apply/backup.h"
#include "apply/down.h"
#include "apply/preflight.h"
#include "project/code.h"
#include "rehearse/stamps.h"
#include "shadow/kept_replay.h"
#include "sql/statements.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

Result<QString> scriptText(const project::Project& project, const project::Migration& migration,
                           apply::Direction direction)
{
    if (direction == apply::Direction::Down && !migration.reversible())
        return QString();
    return project::script(project, migration, direction).transform([](const project::Script& script) {
        return QString::fromUtf8(script.text);
    });
}

/// What `after` has and `before` has not: it begins without rows or values.
QStringList newPlaces(const schema::Database& before, const schema::Database& after)
{
    QStringList places;
    for (const schema::Table& table : after.tables) {
        const schema::Table* known = before.table(table.schema, table.name);
        if (!known)
            places.append(table.name);
        for (const schema::Column& column : known ? table.columns : QList<schema::Column>()) {
            if (!known->column(column.name) && column.generated == schema::Generated::None)
                places.append(table.name + u'.' + column.name);
        }
    }
    return places;
}

/// A program's text; what it does is told by the picture alone, once it may run.
Result<Details> readSource(const apply::MigrationState& migration)
{
    return project::sourceOf(migration.migration).transform([&](const QString& text) {
        return Details{.up = text, .down = {}, .codeFile = migration.migration.path};
    });
}

Result<Details> readScripts(const project::Project& project, const apply::MigrationState& migration)
{
    const Result<QString> up = scriptText(project, migration.migration, apply::Direction::Up);
    const Result<QString> down = scriptText(project, migration.migration, apply::Direction::Down);
    if (!up || !down)
        return fail(up ? down.error() : up.error());
    return Details{.up = *up, .down = *down, .codeFile = {}};
}

Result<> readScripts(const project::Project& project, Engine engine, Proposal& proposal)
{
    const auto agreement = apply::agreementTo(project, proposal.steps);
    if (!agreement)
        return fail(agreement.error());
    proposal.digest = agreement->digest;
    if (project::runsCode(project))
        return {};
    for (const apply::Step& step : std::as_const(proposal.steps)) {
        const Result<QString> script = scriptText(project, step.migration, step.direction);
        if (!script)
            return fail(script.error());
        const auto statements = static_cast<int>(sql::split(*script, engine).size());
        proposal.statements += statements;
        if (statements == 0 && step.direction == apply::Direction::Down)
            proposal.idle += step.migration.folder;
    }
    return {};
}

/// The first call of the project's command for these steps, for people.
QString commandLine(const drivers::Connection& live, const project::Project& project,
                    const QList<apply::Step>& steps)
{
    using Request = project::CommandRequest;
    const apply::Direction direction = steps.first().direction;
    const auto last =
        std::ranges::find_if(steps, [&](const apply::Step& step) { return step.direction != direction; });
    const auto command = project::formatOf(project).command.command(
        project, {.kind = direction == apply::Direction::Up ? Request::Kind::Up : Request::Kind::Down,
                  .count = static_cast<int>(last - steps.begin()),
                  .version = std::prev(last)->migration.version,
                  .name = {},
                  .target = live.target()});
    return command ? command::shown(*command) : command.error().message;
}

// Redo takes the migration back first, so it loses what a revert loses.
Result<> weigh(drivers::Connection& live, const apply::Status& status, const QList<apply::Step>& steps,
               Proposal& proposal, const runtime::StopToken& stop)
{
    const auto [first, last] = apply::spanOf(steps);
    const drivers::StopAsked asked = [stop] { return stop.stopRequested(); };
    const Result<shadow::Preview> preview = shadow::preview(live, status.project, first, last, asked);
    if (!preview)
        return fail(preview.error());
    if (proposal.action == apply::Action::Run) {
        proposal.questions = apply::preflight(live, status.project, preview->migrations, preview->before,
                                              preview->after, asked);
    } else {
        QList<project::Migration> back;
        for (const apply::Step& step : steps) {
            if (step.direction == apply::Direction::Down)
                back << step.migration;
        }
        proposal.questions =
            lint::questionsOf(preview->after, preview->before,
                              apply::renamesIn(status.project, back, apply::Direction::Down, preview->after));
        apply::countRows(live, proposal.questions, asked);
    }
    proposal.questions.removeIf([](const lint::Question& question) { return question.isHarmless(); });
    if (proposal.action == apply::Action::Revert)
        proposal.emptied = newPlaces(preview->after, preview->before);
    return {};
}

/// What could be kept of that, and what was kept of the way there.
void findParcels(drivers::Connection& live, const apply::Status& status, Proposal& proposal,
                 const runtime::StopToken& stop)
{
    if (project::codeOf(status.project))
        return;
    // What could not be counted may be something.
    const bool loses = std::ranges::any_of(proposal.questions, [](const lint::Question& question) {
        return question.means == lint::Question::Means::Lost && !question.isHarmless();
    });
    if (loses) {
        const auto parcels =
            park::parcelsOf(live, status.project, proposal.steps, [stop] { return stop.stopRequested(); });
        if (!parcels)
            proposal.unparked << parcels.error().oneLine();
        for (const park::Parcel& parcel : parcels.value_or(QList<park::Parcel>())) {
            if (parcel.isPossible())
                proposal.parcels << parcel;
            else if (parcel.values > 0)
                proposal.unparked << park::sentence({parcel}) + u": "_s + parcel.problem;
        }
    }
    proposal.waiting = park::waitingFor(live, status.project, proposal.steps).value_or(QList<park::Parcel>());
    for (const park::Parcel& parcel : std::as_const(proposal.waiting)) {
        proposal.emptied.removeAll(parcel.table);
        for (const QString& column : parcel.columns)
            proposal.emptied.removeAll(parcel.table + u'.' + column);
    }
}

}  // namespace

Result<Details> readDetails(drivers::Connection& live, const project::Project& project,
                            const apply::MigrationState& migration, shadow::KeptReplay& previews,
                            const runtime::StopToken& stop)
{
    if (migration.migration.folder.isEmpty())
        return Details{};
    Result<Details> read =
        project::runsCode(project) ? readSource(migration) : readScripts(project, migration);
    if (!read)
        return read;
    Details& details = *read;
    details.lacksDown = apply::lacksDown(project, migration.migration, live.engine());
    const QString& version = migration.migration.version;
    const drivers::StopAsked asked = [stop] { return stop.stopRequested(); };
    Result<shadow::Preview> preview = previews.preview(live, project, version, version, asked);
    if (!preview) {
        if (preview.error().kind == ErrorKind::Cancelled)
            return fail(preview.error());
        details.pictureError = preview.error();
        return read;
    }
    details.cards = cardsOf(preview->before, preview->after);
    details.questions =
        migration.isApplied()
            ? lint::questionsOf(
                  preview->before, preview->after,
                  apply::renamesIn(project, preview->migrations, apply::Direction::Up, preview->before))
            : apply::preflight(live, project, preview->migrations, preview->before, preview->after, asked);
    if (!details.cards.isEmpty())
        details.states = std::make_shared<const diagram::States>(
            diagram::States{.before = std::move(preview->before), .after = std::move(preview->after)});
    return read;
}

Result<Proposal> propose(drivers::Connection& live, const apply::Status& status, apply::Action action,
                         const apply::Scope& scope, const runtime::StopToken& stop)
{
    const Result<QList<apply::Step>> steps = apply::plan(status, action, scope);
    if (!steps)
        return fail(steps.error());
    Proposal proposal{.action = action,
                      .scope = scope,
                      .steps = *steps,
                      .passedOver = apply::passedOver(status, action, scope)};
    if (steps->isEmpty())
        return proposal;
    const auto code = project::codeOf(status.project);
    if (const auto read = readScripts(status.project, status.engine, proposal); !read)
        return fail(read.error());
    proposal.command = code ? commandLine(live, status.project, *steps) : QString();
    if (const auto weighed = weigh(live, status, *steps, proposal, stop); !weighed) {
        proposal.unknown = weighed.error().oneLine();
        // What comes before the step that fails would stand, so its losses are said all the same.
        for (qsizetype n = code ? 0 : steps->size() - 1; n > 0 && !stop.stopRequested(); --n) {
            if (weigh(live, status, steps->first(n), proposal, stop))
                break;
        }
    }
    findParcels(live, status, proposal, stop);
    return proposal;
}

std::shared_ptr<RunProgress> makeRunProgress()
{
    return {new RunProgress, [](RunProgress* progress) { progress->deleteLater(); }};
}

Result<RunResult> runProposal(drivers::Connection& live, const project::Project& project,
                              const Proposal& proposal, const runtime::StopToken& stop, RunProgress& progress)
{
    if (auto rehearsed = rehearse::wantRehearsed(live.target(), project, proposal.steps); !rehearsed)
        return fail(rehearsed.error());
    const Result<QString> backup = proposal.steps.isEmpty() ? Result<QString>() : apply::backUp(live);
    if (!backup)
        return fail(backup.error());
    const apply::Watch watch{
        .stopRequested = [stop] { return stop.stopRequested(); },
        .progress = [&progress](const apply::Progress& step) { Q_EMIT progress.stepped(step); },
        .output = [&progress](const QStringList& lines) { progress.output.append(lines); }};
    Result<park::Outcome> outcome =
        park::execute(live, project, proposal.action, proposal.scope, watch,
                      apply::Agreed{.steps = proposal.steps, .digest = proposal.digest}, proposal.parcels);
    if (!outcome)
        return fail(outcome.error());
    return RunResult{
        .report = std::move(outcome->report), .account = std::move(outcome->account), .backup = *backup};
}

}  // namespace dewpoint::migrate
