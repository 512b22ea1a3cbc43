// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/convert.h"

#include "apply/match.h"
#include "base/words.h"
#include "project/for_database.h"
#include "project/format.h"

#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::apply {

namespace {

using project::Project;

/// The old tool's project; where its files are gone, one with the tool's defaults and no migrations.
Result<Project> oldProject(const project::Format& format, const QString& folder, const Project& now,
                           Engine engine)
{
    auto found = project::detectAs(format.id, folder.isEmpty() ? now.root : folder);
    if (!found)
        return fail(found.error());
    if (*found)
        return project::forEngine(**std::move(found), engine);
    if (!folder.isEmpty())
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no project of %1 in %2.").arg(format.title, folder));
    return Project{.tool = format.id, .root = now.root, .directory = now.root, .engine = engine};
}

QList<project::Migration> filesOf(const Project& project)
{
    return project::list(project).value_or(QList<project::Migration>());
}

/// Some tools share a table's name: one with a column that the tool's own does not have is not its.
Result<bool> isOwn(drivers::Connection& connection, const project::Format& format, const Project& project)
{
    if (!format.ledger.repair.create)
        return true;
    const auto made = format.ledger.repair.create(connection.engine(), project);
    const auto columns =
        made ? ledger::columnsOf(connection, format.ledger.table(project, connection.engine()))
             : fail(made.error());
    return columns.transform([&](const QStringList& names) {
        static const QRegularExpression separator(QStringLiteral(R"(\W+)"));
        const QStringList words = ledger::displayed(*made, connection.engine()).split(separator);
        return std::ranges::all_of(names, [&](const QString& name) { return words.contains(name); });
    });
}

/// What the other ledger has, with the names of its files where they are still there.
Result<QList<MigrationState>> statesOf(drivers::Connection& connection, const Project& project)
{
    const project::Format& format = project::formatOf(project);
    const auto rows = readLedger(connection, project);
    if (!rows)
        return fail(rows.error());
    if (!rows->exists)
        return fail(
            ErrorKind::NotFound,
            Words::tr("The database has no ledger of %1 (%2).")
                .arg(format.title, ledger::displayed(format.ledger.table(project, connection.engine()))),
            Words::tr("Name the tool whose ledger is there, and its project where it is configured."));
    if (const auto own = isOwn(connection, format, project); !own || !*own)
        return own ? fail(ErrorKind::Conflict, Words::tr("That table is not %1's.").arg(format.title))
                   : fail(own.error());
    return format.states(project, filesOf(project), rows->rows);
}

Result<QList<MigrationState>> appliedOnly(const QList<MigrationState>& states, const project::Format& format)
{
    QList<MigrationState> applied;
    for (const MigrationState& state : states) {
        if (state.state == State::Failed || state.state == State::Partial)
            return fail(ErrorKind::Conflict,
                        Words::tr("%1 has %2 as failed.").arg(format.title, state.migration.version),
                        Words::tr("Put that right first."));
        if (state.isApplied())
            applied.append(state);
    }
    return applied;
}

Matching matched(const project::Format& from, const QList<MigrationState>& applied, const Status& status,
                 const ConvertRequest& request)
{
    QList<MigrationState> files = status.migrations;
    files.removeIf([](const MigrationState& state) { return state.migration.folder.isEmpty(); });
    if (request.byOrder)
        return matchByOrder(applied, files);
    // Without its files such a ledger is one row that stands for all before it.
    if (from.ledger.keepsOnlyNewest && applied.size() == 1 && applied.first().migration.folder.isEmpty())
        return matchUpTo(applied.first(), files);
    return matchByName(applied, files);
}

Result<> refuseUnclear(const Matching& matching, const ConvertRequest& request)
{
    const QString separator = QStringLiteral("; ");
    if (!matching.ambiguous.isEmpty())
        return fail(
            ErrorKind::Conflict,
            Words::tr("It is not clear which file is meant by: %1.").arg(matching.ambiguous.join(separator)),
            Words::tr("Give the files different numbers or names, or match them by their order."));
    if (!matching.unmatched.isEmpty() && !request.ignoreUnmatched)
        return fail(ErrorKind::NotFound,
                    Words::tr("No file of the project is: %1.").arg(matching.unmatched.join(separator)),
                    Words::tr("Bring their files here, match them by their order, or go on without them."));
    return {};
}

/// One row for all before it can only be written where nothing is left out.
Result<> refuseGaps(const Repair& repair, const project::Format& format)
{
    if (!format.ledger.keepsOnlyNewest || repair.migrations.isEmpty())
        return {};
    const auto open = std::ranges::find_if(repair.expect, &MigrationState::isPending);
    const auto later = std::find_if(open, repair.expect.end(),
                                    [](const MigrationState& state) { return state.isApplied(); });
    if (later == repair.expect.end())
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("%1's ledger is one number: %2 cannot count as applied while %3 does not.")
                    .arg(format.title, later->migration.folder, open->migration.folder));
}

void describePairs(Repair& repair, const Matching& matching, const project::Format& from)
{
    for (const Matching::Pair& pair : matching.pairs) {
        if (pair.to.isApplied())
            continue;
        repair.migrations << pair.to;
        repair.sources << (pair.from.migration.folder.isEmpty() ? pair.from.migration.version
                                                                : pair.from.migration.folder);
        if (!pair.sameName)
            repair.notes << Words::tr("%1 and %2 have one number and different names.")
                                .arg(repair.sources.last(), pair.to.migration.folder);
    }
    for (const QString& left : matching.unmatched)
        repair.notes << Words::tr("%1 is left out: no file of the project is it.").arg(left);
    repair.notes << Words::tr("%1's own ledger stays as it is.").arg(from.title);
}

}  // namespace

Result<Repair> planConvert(drivers::Connection& connection, const Project& project,
                           const ConvertRequest& request)
{
    const Project known = project::forDatabase(project, connection.target());
    const project::Format& to = project::formatOf(known);
    const project::Format* from = project::formatNamed(request.fromTool);
    if (!from)
        return fail(ErrorKind::InvalidInput, Words::tr("There is no format “%1”.").arg(request.fromTool),
                    Words::tr("Known are %1.").arg(project::toolNames().join(QStringLiteral(", "))));
    if (from == &to)
        return fail(ErrorKind::InvalidInput, Words::tr("The project is %1's already.").arg(to.title));
    if (!to.ledger.repair.mark || !to.ledger.repair.create)
        return fail(ErrorKind::Unsupported,
                    Words::tr("Dewpoint cannot change %1's ledger by hand.").arg(to.title));
    const auto old = oldProject(*from, request.fromFolder, known, connection.engine());
    if (!old)
        return fail(old.error());
    const Engine engine = connection.engine();
    const ledger::Table table = to.ledger.table(known, engine);
    if (from->ledger.table(*old, engine) == table)
        return fail(ErrorKind::Conflict,
                    Words::tr("%1 and %2 both keep their ledger in %3, and one table cannot be both.")
                        .arg(from->title, to.title, ledger::displayed(table)),
                    Words::tr("Rename the old one, or name another one in this project's configuration."));
    const auto now = status(connection, known);
    const auto rows = now ? readLedger(connection, known) : fail(now.error());
    const auto states = rows ? statesOf(connection, *old) : fail(rows.error());
    const auto applied = states ? appliedOnly(*states, *from) : fail(states.error());
    if (!applied)
        return fail(applied.error());
    Matching matching = matched(*from, *applied, *now, request);
    std::ranges::sort(matching.pairs, {}, [&](const Matching::Pair& pair) {
        return now->migrations.indexOf(pair.to);  // the new tool's order
    });
    if (auto clear = refuseUnclear(matching, request); !clear)
        return fail(clear.error());
    Repair repair{.kind = RepairKind::Convert, .before = *rows};
    describePairs(repair, matching, *from);
    const auto statements = markingApplied(connection, known, rows->exists, repair.migrations);
    if (!statements)
        return fail(statements.error());
    repair.statements = *statements;
    foresee(repair, *now, withRows(repair.before.rows, repair.migrations));
    if (auto whole = refuseGaps(repair, to); !whole)
        return fail(whole.error());
    return repair;
}

Result<QList<OtherLedger>> otherLedgers(drivers::Connection& connection, const Project& project)
{
    QList<OtherLedger> found;
    const ledger::Table own = project::formatOf(project).ledger.table(
        project::forDatabase(project, connection.target()), connection.engine());
    for (const project::Format* format : project::formats()) {
        if (format->id == project.tool)
            continue;
        const auto old = oldProject(*format, {}, project, connection.engine());
        const ledger::Table table =
            old ? format->ledger.table(*old, connection.engine()) : ledger::Table{.schema = {}, .name = {}};
        if (!old || table == own)
            continue;
        const auto exists = ledger::exists(connection, table);
        if (!exists)
            return fail(exists.error());
        // Another tool's table of the same name is no ledger of this one.
        const bool fits = *exists && isOwn(connection, *format, *old).value_or(false);
        const auto rows = fits ? format->ledger.rows(connection, *old) : Result<QList<ledger::AppliedRow>>();
        if (rows && !rows->isEmpty())
            found.append({.tool = format->id,
                          .title = format->title,
                          .table = ledger::displayed(table),
                          .applied = static_cast<int>(rows->size())});
    }
    return found;
}

}  // namespace dewpoint::apply
