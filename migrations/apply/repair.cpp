// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/repair.h"

#include "apply/plan.h"
#include "base/words.h"
#include "project/for_database.h"
#include "project/format.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace dewpoint::apply {

namespace {

using Statements = QList<ledger::Statement>;

QString nameOf(const MigrationState& state)
{
    return state.migration.folder.isEmpty() ? state.migration.version : state.migration.folder;
}

bool isRowOf(const ledger::AppliedRow& row, const project::Migration& migration)
{
    return row.version == migration.version || (!row.key.isEmpty() && row.key == migration.key);
}

/// A row is there, whatever it says.
bool isRecorded(const MigrationState& state)
{
    return state.isApplied() || state.state == State::Failed || state.state == State::Partial;
}

bool isBroken(const MigrationState& state)
{
    return state.state == State::Failed || state.state == State::Partial;
}

Result<> refuseUnknown(const project::Format& format, RepairKind kind)
{
    const project::RepairFormat& repair = format.ledger.repair;
    if (kind == RepairKind::AcceptFile && !repair.accept)
        return fail(
            ErrorKind::Unsupported,
            Words::tr("%1's ledger keeps no checksums, so there is nothing to accept.").arg(format.title));
    if (kind == RepairKind::ClearFailed && !repair.clear)
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1's ledger knows no failure that stops it, so there is nothing to clear.")
                        .arg(format.title));
    if (!repair.mark || !repair.create)
        return fail(ErrorKind::Unsupported,
                    Words::tr("Dewpoint cannot change %1's ledger by hand.").arg(format.title),
                    Words::tr("Use the tool's own command."));
    return {};
}

/// Why this migration cannot be repaired like that.
Result<> refuseUnfit(const MigrationState& state, RepairKind kind)
{
    const QString name = nameOf(state);
    if (kind == RepairKind::MarkApplied && state.isApplied())
        return fail(ErrorKind::Conflict, Words::tr("%1 counts as applied already.").arg(name));
    if (kind == RepairKind::MarkApplied && state.migration.folder.isEmpty())
        return fail(ErrorKind::NotFound, Words::tr("There is no file of %1.").arg(name));
    if (kind == RepairKind::MarkPending && !isRecorded(state))
        return fail(ErrorKind::Conflict, Words::tr("%1 is not applied.").arg(name));
    if (kind == RepairKind::AcceptFile && state.state != State::Modified)
        return fail(ErrorKind::Conflict,
                    Words::tr("The file of %1 is not different from the one that ran.").arg(name));
    if (kind == RepairKind::ClearFailed && !isBroken(state))
        return fail(ErrorKind::Conflict, Words::tr("%1 has not failed.").arg(name));
    return {};
}

bool isInNeed(const MigrationState& state, RepairKind kind)
{
    return kind == RepairKind::AcceptFile ? state.state == State::Modified
                                          : kind == RepairKind::ClearFailed && isBroken(state);
}

/// In the order of the list, each once.
Result<QList<MigrationState>> chosen(const Status& status, const RepairRequest& request)
{
    QSet<qsizetype> wanted;
    for (const QString& text : request.versions) {
        const auto index = indexOf(status.migrations, text);
        if (!index)
            return fail(index.error());
        if (auto fits = refuseUnfit(status.migrations[*index], request.kind); !fits)
            return fail(fits.error());
        wanted.insert(*index);
    }
    QList<MigrationState> list;
    for (qsizetype i = 0; i < status.migrations.size(); ++i) {
        if (wanted.contains(i) || (request.all && isInNeed(status.migrations[i], request.kind)))
            list.append(status.migrations[i]);
    }
    return list;
}

/// Where one row stands for all before it, those go with it.
QList<MigrationState> withNeighbours(const Status& status, const QList<MigrationState>& list, RepairKind kind)
{
    const bool up = kind == RepairKind::MarkApplied;
    const auto edge = up ? std::ranges::find(status.migrations, list.last())
                         : std::ranges::find(status.migrations, list.first());
    QList<MigrationState> all;
    if (up)
        std::ranges::copy_if(status.migrations.begin(), edge + 1, std::back_inserter(all),
                             [](const MigrationState& state) { return !state.isApplied(); });
    else
        std::ranges::copy_if(edge, status.migrations.end(), std::back_inserter(all), isRecorded);
    return all;
}

Result<QList<MigrationState>> baselined(const Status& status, const LedgerRows& rows,
                                        const RepairRequest& request)
{
    if (!rows.rows.isEmpty())
        return fail(ErrorKind::Conflict,
                    Words::tr("The ledger %1 has rows already, so it needs no baseline.").arg(status.ledger),
                    Words::tr("Mark single migrations as applied instead."));
    if (request.versions.isEmpty())
        return status.migrations;
    return indexOf(status.migrations, request.versions.first()).transform([&](qsizetype last) {
        return status.migrations.first(last + 1);
    });
}

Result<bool> hasTables(drivers::Connection& connection, const ledger::Table& own)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    return connection
        .scalar(postgres ? QStringLiteral("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = "
                                          "c.relnamespace WHERE relkind IN ('r', 'p') AND relname <> $1 AND "
                                          "nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'")
                         : QStringLiteral("SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND "
                                          "name <> ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"),
                {textValue(own.name)})
        .transform([](const Value& count) { return displayText(count) != QLatin1String("0"); });
}

/// One entry of the tool's table for each migration; where only one row is kept, for the last alone.
Result<Statements> statementsFor(const project::Project& project, Engine engine, RepairKind kind,
                                 QList<MigrationState> list)
{
    const project::LedgerFormat& ledger = project::formatOf(project).ledger;
    const bool down = kind == RepairKind::MarkPending;
    if (down)
        std::ranges::reverse(list);
    if (ledger.keepsOnlyNewest && !list.isEmpty())
        list = {list.last()};
    Statements all;
    for (const MigrationState& state : list) {
        const auto some =
            kind == RepairKind::AcceptFile ? ledger.repair.accept(engine, project, state)
            : kind == RepairKind::ClearFailed
                ? ledger.repair.clear(engine, project, state)
                : ledger.repair.mark(engine, project, state, down ? Direction::Down : Direction::Up);
        if (!some)
            return fail(some.error());
        all += *some;
    }
    return all;
}

QList<ledger::AppliedRow> without(QList<ledger::AppliedRow> rows, const QList<MigrationState>& gone)
{
    for (const MigrationState& state : gone)
        rows.removeIf([&](const ledger::AppliedRow& row) { return isRowOf(row, state.migration); });
    return rows;
}

QList<ledger::AppliedRow> rowsAfter(const Repair& repair, const project::LedgerFormat& ledger)
{
    const bool cleared = repair.kind == RepairKind::ClearFailed;
    const QList<MigrationState>& list = repair.migrations;
    const auto isFirst = [](const MigrationState& state) { return state.migration.version.startsWith(u'-'); };
    if (repair.kind == RepairKind::MarkPending || (cleared && !ledger.repair.clearedIsApplied)
        || (cleared && std::ranges::all_of(list, isFirst)))
        return without(repair.before.rows, list);
    return withRows(repair.before.rows, list);
}

Statements createdFirst(const Statements& made, const Statements& rows)
{
    return rows.isEmpty() ? rows : made + rows;
}

/// The table, where it is not there yet or is an older release's.
Result<Statements> makeTable(drivers::Connection& connection, const project::Project& project, bool exists)
{
    const project::RepairFormat& repair = project::formatOf(project).ledger.repair;
    if (!exists)
        return repair.create(connection.engine(), project);
    return repair.upgrade ? repair.upgrade(connection, project) : Statements();
}

}  // namespace

QString repairName(RepairKind kind)
{
    switch (kind) {
    case RepairKind::MarkApplied: return QStringLiteral("mark-applied");
    case RepairKind::MarkPending: return QStringLiteral("mark-pending");
    case RepairKind::AcceptFile: return QStringLiteral("accept");
    case RepairKind::ClearFailed: return QStringLiteral("clear-failed");
    case RepairKind::Baseline: return QStringLiteral("baseline");
    case RepairKind::Convert: return QStringLiteral("convert");
    }
    Q_UNREACHABLE_RETURN({});
}

LedgerRows sorted(LedgerRows rows)
{
    std::ranges::sort(rows.rows, {}, [](const ledger::AppliedRow& row) {
        return std::tuple(row.version, row.key, row.appliedAt, row.checksum);
    });
    return rows;
}

Result<LedgerRows> readLedger(drivers::Connection& connection, const project::Project& project)
{
    const project::LedgerFormat& ledger = project::formatOf(project).ledger;
    const auto exists = ledger::exists(connection, ledger.table(project, connection.engine()));
    if (!exists)
        return fail(exists.error());
    if (!*exists)
        return LedgerRows{};
    return ledger.rows(connection, project).transform([](const QList<ledger::AppliedRow>& rows) {
        return sorted({.exists = true, .rows = rows});
    });
}

QList<ledger::AppliedRow> withRows(QList<ledger::AppliedRow> rows, const QList<MigrationState>& added)
{
    rows = without(std::move(rows), added);
    for (const MigrationState& state : added)
        rows.append({.version = state.migration.version,
                     .name = state.migration.name,
                     .key = state.migration.key,
                     .checksum = state.migration.checksum});
    return rows;
}

void foresee(Repair& repair, const Status& status, const QList<ledger::AppliedRow>& after)
{
    const project::Format& format = project::formatOf(status.project);
    QList<project::Migration> files;
    for (const MigrationState& state : status.migrations) {
        if (!state.migration.folder.isEmpty())
            files.append(state.migration);
    }
    repair.expect = format.states(status.project, files, after);
    for (const MigrationState& state : repair.expect) {
        const auto same = [&](const MigrationState& other) {
            return other.migration.version == state.migration.version;
        };
        const auto before = std::ranges::find_if(status.migrations, same);
        const bool moved = before != status.migrations.end() && before->state != state.state;
        if (moved && std::ranges::none_of(repair.migrations, same))
            repair.notes << Words::tr("%1 becomes “%2”.").arg(nameOf(state), stateTitle(state.state));
    }
}

Result<QList<ledger::Statement>> markingApplied(drivers::Connection& connection,
                                                const project::Project& project, bool ledgerExists,
                                                const QList<MigrationState>& list)
{
    const auto made = makeTable(connection, project, ledgerExists);
    if (!made)
        return fail(made.error());
    return statementsFor(project, connection.engine(), RepairKind::MarkApplied, list)
        .transform([&](const Statements& rows) { return createdFirst(*made, rows); });
}

Result<Repair> planRepair(drivers::Connection& connection, const project::Project& project,
                          const RepairRequest& request)
{
    const project::Project known = project::forDatabase(project, connection.target());
    const project::Format& format = project::formatOf(known);
    if (auto offered = refuseUnknown(format, request.kind); !offered)
        return fail(offered.error());
    const auto now = status(connection, known);
    const auto rows = now ? readLedger(connection, known) : fail(now.error());
    if (!rows)
        return fail(rows.error());
    auto list =
        request.kind == RepairKind::Baseline ? baselined(*now, *rows, request) : chosen(*now, request);
    if (!list)
        return fail(list.error());
    Repair repair{.kind = request.kind, .migrations = *std::move(list), .before = *rows};
    const bool marks = request.kind == RepairKind::MarkApplied || request.kind == RepairKind::MarkPending;
    if (format.ledger.keepsOnlyNewest && marks && !repair.migrations.isEmpty()) {
        const qsizetype asked = repair.migrations.size();
        repair.migrations = withNeighbours(*now, repair.migrations, request.kind);
        if (repair.migrations.size() > asked)
            repair.notes
                << (request.kind == RepairKind::MarkApplied
                        ? Words::tr("%1's ledger is one number, so those before it count as applied, too.")
                        : Words::tr("%1's ledger is one number, so those after it are pending, too."))
                       .arg(format.title);
    }
    if (request.kind == RepairKind::Baseline) {
        const auto tables = hasTables(connection, format.ledger.table(known, connection.engine()));
        if (tables && !*tables)
            repair.notes << Words::tr("The database has no tables: what these migrations make is not there.");
    }
    const auto made = makeTable(connection, known, rows->exists);
    const auto statements =
        made ? statementsFor(known, connection.engine(), request.kind, repair.migrations) : made;
    if (!statements)
        return fail(statements.error());
    repair.statements = createdFirst(*made, *statements);
    foresee(repair, *now, rowsAfter(repair, format.ledger));
    return repair;
}

}  // namespace dewpoint::apply
