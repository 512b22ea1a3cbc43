// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/prisma/prisma.h"
#include "project/states.h"

#include <QHash>

#include <algorithm>

namespace dewpoint::project::prisma {

namespace {

/// Prisma's SQLite enforces foreign keys.
Rules rules(const Project&)
{
    return {.foreignKeys = true};
}

/// By name. Line endings make no difference.
QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    auto states = statesByVersion(files, rows, versionLess);
    QHash<QString, QString> checksums;
    for (const auto& row : rows)
        checksums.insert(row.version, row.checksum);
    for (MigrationState& state : states) {
        if (state.state != State::Modified)
            continue;
        const auto text = readScript(state.migration.upPath);
        if (text && sha256Fits(checksums.value(state.migration.version), *text))
            state.state = State::Applied;
    }
    return states;
}

/// What it left may be in the way of reverting those before it, too.
Result<> check(const QList<MigrationState>& states, Direction direction, bool)
{
    const auto failed = std::ranges::find(states, State::Failed, &MigrationState::state);
    if (failed == states.end())
        return {};
    const QString& version = failed->migration.version;
    return fail(
        ErrorKind::Conflict,
        direction == Direction::Up
            ? Words::tr("migrate found failed migrations in the target database, new migrations will not be "
                        "applied: %1 (P3009)")
                  .arg(version)
            : Words::tr("%1 failed or did not finish, so nothing can be reverted before that is put right.")
                  .arg(version),
        Words::tr(
            "Put right what it left, then: dewpoint migrate repair --clear-failed (it counts as pending "
            "then) or --mark-applied, or Repair in the window."));
}

QByteArray outsideTransaction(QByteArray file)
{
    return file;  // a statement that is alone runs outside one
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("prisma"),
                               .title = QLatin1StringView("Prisma"),
                               .usualPlace = QLatin1StringView("prisma/migrations"),
                               .detect = detect,
                               .spelled = spelled,
                               .list = list,
                               .script = scriptOfFile,
                               .readsUtf8Only = true,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .ledger = ledgerFormat()};
    return format;
}

}  // namespace dewpoint::project::prisma
