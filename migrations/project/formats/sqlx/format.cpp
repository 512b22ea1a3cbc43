// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/sqlx/sqlx.h"
#include "project/joined.h"
#include "project/states.h"

namespace dewpoint::project::sqlx {

namespace {

/// SQLx' sessions enforce foreign keys and are in UTC.
Rules rules(const Project&)
{
    return {.revertSkipsIrreversible = true,
            .foreignKeys = true,
            .withoutTransaction = "-- no-transaction\n",
            .sessionSql = "SET TIME ZONE 'UTC'"};
}

QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    return statesByVersion(files, rows, numberLess);
}

/// In the tool's words; the tool finds an edited one only when its walk comes there, after having run
/// the earlier ones.
Result<> check(const QList<MigrationState>& states, Direction direction, bool allowMissing)
{
    for (const auto& state : states) {
        const QString& version = state.migration.version;
        if (state.state == State::Failed)
            return fail(ErrorKind::Conflict,
                        Words::tr("migration %1 is partially applied; fix and remove row from the ledger")
                            .arg(version));
        if (state.state == State::Missing && !allowMissing)
            return fail(
                ErrorKind::Conflict,
                Words::tr("migration %1 was previously applied but is missing in the resolved migrations")
                    .arg(version),
                Words::tr("Bring its file back, or go on with --ignore-missing."));
        if (state.state == State::Modified && direction == Direction::Up)
            return fail(
                ErrorKind::Conflict,
                Words::tr("migration %1 was previously applied but has been modified").arg(version),
                Words::tr(
                    "Bring back the file that ran, and write the change as a new migration. If the schema "
                    "already is what the file says now, accept the edited file (a repair)."));
    }
    return {};
}

QByteArray outsideTransaction(QByteArray file)
{
    return file.prepend("-- no-transaction\n");
}

Result<QByteArray> body(const Project& project, const Migration& migration, Direction direction)
{
    return scriptOfFile(project, migration, direction).transform([](const Script& file) {
        return file.text.startsWith("-- no-transaction") ? belowFirstLine(file.text) : file.text;
    });
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("sqlx"),
                               .title = QLatin1StringView("SQLx"),
                               .detect = detect,
                               .list = list,
                               .script = scriptOfFile,
                               .readsUtf8Only = true,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .ledger = ledgerFormat(),
                               .squash = {.body = body}};
    return format;
}

}  // namespace dewpoint::project::sqlx
