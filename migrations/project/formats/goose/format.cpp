// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/goose/goose.h"
#include "project/joined.h"
#include "project/states.h"

namespace dewpoint::project::goose {

namespace {

Result<Script> script(const Project&, const Migration& migration, Direction direction)
{
    const auto text = readScript(migration.upPath);
    if (!text)
        return fail(text.error());
    const auto parsed = parse(*text);
    if (!parsed)
        return fail(parsed.error());
    return direction == Direction::Up ? parsed->up : parsed->down;
}

/// The Go drivers for SQLite do not enforce foreign keys.
Rules rules(const Project&)
{
    return {.foreignKeys = false};
}

QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    return statesByVersion(files, rows, numberLess);
}

Result<> check(const QList<MigrationState>& states, Direction direction, bool allowMissing)
{
    for (const auto& state : states) {
        const QString& name = state.migration.folder;
        if (direction == Direction::Up && state.state == State::OutOfOrder && !allowMissing)
            return fail(ErrorKind::Conflict,
                        Words::tr("found a missing migration before the current version: version %1: %2")
                            .arg(state.migration.version, name),
                        Words::tr("Renumber it, or go on with --ignore-missing (goose: -allow-missing)."));
        if (direction == Direction::Up && state.isPending() && name.endsWith(QLatin1String(".go")))
            return fail(ErrorKind::Unsupported,
                        Words::tr("%1 is Go code, which only the project's own goose can run.").arg(name),
                        Words::tr("Name that program in a dewpoint.toml (MIGRATIONS.md has an example)."));
    }
    return {};
}

QByteArray outsideTransaction(QByteArray file)
{
    return file.prepend("-- +goose NO TRANSACTION\n");
}

Result<QByteArray> body(const Project& project, const Migration& migration, Direction direction)
{
    return project::script(project, migration, direction).transform([&](const Script& section) {
        return ofPieces(section, project.engine.value_or(Engine::Postgres));
    });
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("goose"),
                               .title = QLatin1StringView("goose"),
                               .detect = detect,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .ledger = ledgerFormat(),
                               .squash = {.body = body}};
    return format;
}

}  // namespace dewpoint::project::goose
