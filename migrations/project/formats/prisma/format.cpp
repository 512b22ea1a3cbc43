// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/prisma/prisma.h"
#include "project/states.h"

#include <QHash>

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

Result<> check(const QList<MigrationState>& states, Direction direction, bool)
{
    for (const auto& state : states) {
        if (direction == Direction::Up && state.state == State::Failed)
            return fail(
                ErrorKind::Conflict,
                Words::tr(
                    "migrate found failed migrations in the target database, new migrations will not be "
                    "applied: %1 (P3009)")
                    .arg(state.migration.version),
                Words::tr("Put right what it left, then: prisma migrate resolve."));
    }
    return {};
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
                               .detect = detect,
                               .spelled = spelled,
                               .list = list,
                               .script = scriptOfFile,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .ledger = ledgerFormat()};
    return format;
}

}  // namespace dewpoint::project::prisma
