// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/golang_migrate/golang_migrate.h"
#include "project/states.h"

namespace dewpoint::project::golang_migrate {

namespace {

/// The Go driver for SQLite does not enforce foreign keys.
Rules rules(const Project& project)
{
    const int timeout = optionsOf(project, project.engine).value_or(Options()).statementTimeout;
    return {.foreignKeys = false,
            .sessionSql =
                timeout > 0 ? "SET statement_timeout = " + QByteArray::number(timeout) : QByteArray()};
}

/// The ledger only knows the newest version: everything up to it counts as applied.
QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    return statesByVersion(files, rows, numberLess);
}

Result<> check(const QList<MigrationState>& states, Direction, bool)
{
    for (const auto& state : states) {
        const QString& version = state.migration.version;
        if (state.state == State::Failed)
            return refuseDirty(version);
        if (state.state == State::Missing)
            return fail(ErrorKind::NotFound, Words::tr("no migration found for version %1").arg(version),
                        Words::tr("Bring its files back, e.g. from version control."));
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
    static const Format format{.id = QLatin1StringView("golang-migrate"),
                               .title = QLatin1StringView("golang-migrate"),
                               .detect = detect,
                               .spelled = spelled,
                               .heedsUrlOptions = true,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .ledger = ledgerFormat()};
    return format;
}

}  // namespace dewpoint::project::golang_migrate
