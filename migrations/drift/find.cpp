// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drift/find.h"

#include "base/words.h"
#include "diff/compare.h"
#include "diff/content.h"
#include "project/code.h"
#include "project/for_database.h"
#include "rehearse/stamps.h"
#include "shadow/replay.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::drift {

namespace {

using Migrations = QList<project::Migration>;

/// Those that have run, as far as their files are still there.
Migrations appliedOnes(const apply::Status& status)
{
    Migrations applied;
    for (const apply::MigrationState& one : status.migrations) {
        if (one.isApplied() && !one.migration.upPath.isEmpty())
            applied.append(one.migration);
    }
    return applied;
}

/// The same server and the same program make the same of the same files.
QByteArray contentOf(const drivers::Connection& live, const project::Project& project,
                     const Migrations& migrations)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData((sql::engineName(live.engine()) + live.serverVersion() + u'\n'
                  + QCoreApplication::applicationVersion())
                     .toUtf8());
    for (const project::Migration& migration : migrations)
        hash.addData('\n' + rehearse::contentOf(project, migration));
    return hash.result().toHex();
}

QString names(const apply::Status& status, apply::State state)
{
    QStringList all;
    for (const apply::MigrationState& one : status.migrations) {
        if (one.state == state)
            all << (one.migration.name.isEmpty() ? one.migration.version : one.migration.name);
    }
    return all.join(u", "_s);
}

QStringList notesOf(const apply::Status& status)
{
    using apply::State;
    QStringList notes;
    const auto note = [&](State state, const QString& text) {
        if (const QString which = names(status, state); !which.isEmpty())
            notes << text.arg(which);
    };
    note(State::Missing, Words::tr("Applied, but the file is gone, so what it made is listed here: %1."));
    note(State::Modified,
         Words::tr("Edited since it ran: the comparison is with what the file says now: %1."));
    note(State::Failed, Words::tr("Failed, so what it left is listed here: %1."));
    note(State::Partial, Words::tr("Stopped half-way, so what it left is listed here: %1."));
    note(State::Baseline,
         Words::tr("Recorded as there already, never run; the comparison is with what it would make: %1."));
    return notes;
}

/// One comparison, as far as it has come.
struct Sides {
    project::Project project;
    apply::Status status;
    Migrations applied;
    QByteArray content;
    schema::Database there;
};

Result<Sides> read(drivers::Connection& live, const project::Project& project, catalog::Extent extent)
{
    Sides sides{.project = project::forDatabase(project, live.target())};
    auto status = apply::status(live, sides.project);
    if (!status)
        return fail(status.error());
    sides.status = *std::move(status);
    sides.applied = appliedOnes(sides.status);
    sides.content = contentOf(live, sides.project, sides.applied);
    auto there = shadow::inspectWithoutLedger(live, sides.project, extent);
    if (!there)
        return fail(there.error());
    sides.there = *std::move(there);
    return sides;
}

Result<Report> compare(const drivers::Target& server, const Sides& sides, const drivers::StopAsked& stop,
                       std::shared_ptr<const Made> made)
{
    const catalog::Extent extent = catalog::extentOf(sides.there);
    if (!made || made->content != sides.content || catalog::extentOf(made->state) != extent) {
        auto state = shadow::stateAfter(server, sides.project, sides.applied, stop, extent);
        if (!state)
            return fail(state.error());
        made = std::make_shared<const Made>(Made{.content = sides.content, .state = *std::move(state)});
    }
    return Report{.made = made,
                  .there = sides.there,
                  .items = itemsOf(diff::compare(made->state, sides.there), server.engine),
                  .renames = plan::questions(made->state, sides.there),
                  .notes = notesOf(sides.status)};
}

/// Nothing is in trouble; what is pending has made nothing yet.
bool isTellable(const apply::Status& status)
{
    using apply::State;
    return status.problem.isEmpty() && std::ranges::all_of(status.migrations, [](const auto& one) {
               return one.state == State::Applied || one.state == State::Baseline
                      || one.state == State::Pending || one.state == State::OutOfOrder
                      || (one.state == State::Skipped && one.migration.summary);
           });
}

QStringList keysOf(const QList<Item>& items)
{
    QStringList keys;
    for (const Item& item : items)
        keys << item.key;
    return keys;
}

}  // namespace

Result<Report> find(drivers::Connection& live, const project::Project& project,
                    const drivers::StopAsked& stop, std::shared_ptr<const Made> known, catalog::Extent extent)
{
    auto sides = read(live, project, extent);
    if (!sides)
        return fail(sides.error());
    return compare(live.target(), *sides, stop, std::move(known));
}

catalog::Extent extentOf(const store::DriftMemory& memory)
{
    return memory.comparesPrivileges() ? catalog::Extent::WithPrivileges : catalog::Extent::Structure;
}

Result<std::optional<Glance>> glance(drivers::Connection& live, const project::Project& project,
                                     const store::DriftMemory& memory, bool mayReplay,
                                     const drivers::StopAsked& stop, const std::shared_ptr<const Made>& known)
{
    const std::optional<Glance> untold;
    if (project::runsCode(project) || !project.unknowns.isEmpty())
        return untold;
    auto sides = read(live, project, extentOf(memory));
    if (!sides)
        return fail(sides.error());
    if (!isTellable(sides->status) || sides->applied.isEmpty())
        return untold;
    const auto last = memory.last();
    if (last && last->migrations == sides->content && last->database == diff::fingerprint(sides->there))
        return Glance{.keys = last->keys, .made = known};
    const bool isKnown = known && known->content == sides->content;
    if (!mayReplay && !isKnown)
        return untold;
    const auto report = compare(live.target(), *sides, stop, known);
    if (!report)
        return fail(report.error());
    (void)remember(*report, memory);
    return Glance{.keys = keysOf(report->items), .made = report->made};
}

Result<> remember(const Report& report, const store::DriftMemory& memory)
{
    return memory.keep({.database = diff::fingerprint(report.there),
                        .migrations = report.made->content,
                        .keys = keysOf(report.items),
                        .at = QDateTime::currentDateTimeUtc()});
}

}  // namespace dewpoint::drift
