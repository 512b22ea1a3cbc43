// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/propose.h"

#include "apply/preflight.h"
#include "apply/scripts.h"
#include "apply/status.h"
#include "base/words.h"
#include "catalog/inspect.h"
#include "plan/script.h"
#include "project/for_database.h"
#include "shadow/ordered_difference.h"
#include "shadow/outside_effects.h"
#include "shadow/replay.h"
#include "shadow/shadow_database.h"
#include "structure/renames.h"
#include "structure/target.h"

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;

namespace {

/// A scratch database that is empty again after each thing that is built on it.
class Workshop final
{
public:
    Workshop(drivers::Connection& scratch, const Database& catalog) : m_scratch(scratch), m_catalog(catalog)
    {}

    Result<> open()
    {
        return catalog::inspect(m_scratch).transform([this](Database empty) { m_empty = std::move(empty); });
    }

    /// The catalog with these edits, as the server reads it.
    Result<Database> with(const Edits& edits)
    {
        const QList<plan::Rename> renames = renamesOf(m_catalog, edits);
        const auto renamed = renames.isEmpty() ? Result<Database>(m_catalog) : build(m_catalog, renames);
        if (!renamed)
            return fail(renamed.error());
        return build(targetOf(m_catalog, *renamed, edits), {});
    }

private:
    Result<Database> build(const Database& wanted, const QList<plan::Rename>& renames)
    {
        auto begun = m_scratch.executeScript("BEGIN");
        if (!begun)
            return fail(begun.error());
        Result<Database> made = make(wanted, renames);
        const auto ended = m_scratch.executeScript("ROLLBACK");
        if (made && !ended)
            return fail(ended.error());
        return made;
    }

    Result<Database> make(const Database& wanted, const QList<plan::Rename>& renames)
    {
        auto plan = plan::plan(m_empty, wanted, {.oneTransaction = true});
        if (!plan)
            return fail(plan.error());
        for (const plan::Rename& rename : renames)
            plan->steps.append(plan::renameStep(rename, wanted.engine));
        for (const QByteArray& piece : plan::pieces(*plan, plan::Sender::Transaction)) {
            auto ran = shadow::refuseOutsideEffects(QString::fromUtf8(piece), wanted.engine);
            if (ran)
                ran = m_scratch.executeScript(piece);
            if (!ran)
                return fail(ran.error());
        }
        auto there = catalog::inspect(m_scratch);
        if (there && wanted.engine == Engine::Sqlite) {
            if (auto whole = insistOnWholeViews(); !whole)
                return fail(whole.error());
        }
        return there;
    }

    /// SQLite takes views and triggers that name what is not there; a RENAME looks into all of them.
    Result<> insistOnWholeViews()
    {
        return m_scratch.executeScript("CREATE TABLE dewpoint_probe (a);"
                                       "ALTER TABLE dewpoint_probe RENAME TO dewpoint_probed;");
    }

    drivers::Connection& m_scratch;
    const Database& m_catalog;
    Database m_empty;
};

/// The first part with which the whole does not stand, by halving.
std::optional<Refusal> firstWrong(Workshop& workshop, const QList<Stage>& stages)
{
    qsizetype good = 0;  // stages before this one stand
    qsizetype bad = stages.size();
    std::optional<Refusal> refusal;
    while (good < bad) {
        const qsizetype middle = good + (bad - good) / 2;
        const auto made = workshop.with(stages.at(middle).edits);
        if (!made && made.error().kind == ErrorKind::Cancelled)
            return Refusal{.error = made.error(), .place = {}};
        if (made) {
            good = middle + 1;
            continue;
        }
        bad = middle;
        refusal = Refusal{.error = made.error(), .place = stages.at(middle).place};
    }
    return refusal;
}

/// Positions and statements are of the scratch script, which nobody has seen.
Error plain(Error error)
{
    error.position = -1;
    return error;
}

/// A type like "int, b int" makes more than was asked for.
std::optional<Refusal> strayColumns(const Database& from, const Database& to, const Edits& edits)
{
    for (const Draft& draft : draftsOf(from, edits)) {
        if (draft.head.isDropped())
            continue;
        const Table* table = to.table(draft.head.willBe().schema, draft.head.willBe().name);
        const QStringList wanted = draft.columnNames();
        for (const Column& column : table ? table->columns : QList<Column>()) {
            if (column.hidden || wanted.contains(column.name))
                continue;
            return Refusal{
                .error = {.kind = ErrorKind::InvalidInput,
                          .message = Words::tr("What was typed makes a column %1 as well.").arg(column.name)},
                .place = Place{.table = draft.id}};
        }
    }
    return {};
}

void judge(Proposal& proposal, drivers::Connection& live, const std::optional<project::Project>& project,
           const drivers::StopAsked& stop)
{
    const QString script = QString::fromUtf8(proposal.up);
    lint::Known known = lint::Known::of(proposal.from);
    // Without a project, people send the script as it is.
    const bool sqlite = live.engine() == Engine::Sqlite;
    const bool alone = sqlite && (!project || project::controlsTransaction(script, live.engine()));
    lint::Setting setting{.engine = live.engine(), .inTransaction = !alone};
    if (sqlite && project)
        setting.foreignKeys = project::formatOf(*project).rules(*project).foreignKeys.value_or(true);
    proposal.findings = lint::judge(script, setting, known);
    if (sqlite)
        lint::judgeRebuilds(proposal.findings, script, proposal.from, proposal.to, known.renames);
    proposal.questions = lint::questionsOf(proposal.from, proposal.to, known.carried());
    apply::countRows(live, proposal.questions, stop);
}

/// Tables whose columns shall stand in an order of their own, by their names before and after.
QList<change::Name> orderedTables(const Database& from, const Edits& edits)
{
    QList<change::Name> names;
    for (const Draft& draft : draftsOf(from, edits)) {
        if (!draft.ordered || draft.head.isDropped())
            continue;
        for (const Head& head : {draft.head.shown(), draft.head.before.value_or(draft.head.shown())}) {
            if (const change::Name name{head.schema, head.name}; !names.contains(name))
                names.append(name);
        }
    }
    return names;
}

std::unexpected<Refusal> refused(const Error& error)
{
    return std::unexpected(Refusal{.error = plain(error), .place = {}});
}

/// What the server makes of the edits, or the place that it does not take.
std::expected<Database, Refusal> serversReading(const drivers::Target& server, const Database& from,
                                                const Edits& edits, const drivers::StopAsked& stop)
{
    auto scratch = shadow::ShadowDatabase::make(server);
    if (!scratch)
        return refused(scratch.error());
    scratch->connection().setStopAsked(stop);
    Workshop workshop(scratch->connection(), from);
    if (auto opened = workshop.open(); !opened)
        return refused(opened.error());
    auto to = workshop.with(edits);
    if (!to && to.error().kind == ErrorKind::Cancelled)
        return refused(to.error());
    if (to) {
        if (auto stray = strayColumns(from, *to, edits))
            return std::unexpected(*std::move(stray));
        return *std::move(to);
    }
    auto wrong = firstWrong(workshop, stagesOf(from, edits));
    if (!wrong)
        return refused(to.error());
    wrong->error = plain(std::move(wrong->error));
    return std::unexpected(*std::move(wrong));
}

}  // namespace

Proposed propose(drivers::Connection& live, const std::optional<project::Project>& project,
                 const Edits& edits, const drivers::StopAsked& stop)
{
    const std::optional<project::Project> known =
        project ? std::optional(project::forDatabase(*project, live.target())) : std::nullopt;
    auto from = known ? shadow::inspectWithoutLedger(live, *known) : catalog::inspect(live);
    if (!from)
        return refused(from.error());
    if (const auto problems = problemsOf(*from, edits); !problems.isEmpty())
        return std::unexpected(
            Refusal{.error = {.kind = ErrorKind::InvalidInput, .message = problems.constFirst().text},
                    .place = problems.constFirst().place});
    auto to = serversReading(live.target(), *from, edits, stop);
    if (!to)
        return std::unexpected(to.error());
    shadow::Answers answers{.renames = {}, .known = renamesOf(*from, edits), .dropAndAdd = true};
    answers.options.oneTransaction = known.has_value();
    auto way =
        shadow::orderedDifference(live.target(), *from, *to, answers, orderedTables(*from, edits), stop);
    if (!way)
        return refused(way.error());
    Proposal proposal{.from = *std::move(from), .to = *std::move(to), .way = *std::move(way)};
    const auto script = [&](const plan::Plan& plan) {
        return known ? apply::migrationScript(plan, *known) : plan::script(plan, plan::Sender::Transaction);
    };
    proposal.up = script(proposal.way.up);
    proposal.down = script(proposal.way.down);
    judge(proposal, live, known, stop);
    if (known) {
        const auto status = apply::status(live, *known);
        proposal.pending = status ? status->pendingCount() : 0;
        const auto there = apply::migrationsThere(*known);
        proposal.lacksBaseline = there && there->isEmpty() && !proposal.from.tables.isEmpty();
    }
    return proposal;
}

}  // namespace dewpoint::structure
