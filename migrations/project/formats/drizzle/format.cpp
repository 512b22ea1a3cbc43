// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/drizzle.h"

namespace dewpoint::project::drizzle {

namespace {

constexpr QByteArrayView marker("--> statement-breakpoint");

Result<QList<Migration>> list(const Project& project)
{
    return isJournal(project) ? journal::list(project) : folders::list(project);
}

QList<MigrationState> states(const Project& project, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    return isJournal(project) ? journal::states(files, rows) : folders::states(files, rows);
}

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    return isJournal(project) ? journal::generate(project, wanted) : folders::generate(project, wanted);
}

Result<Script> script(const Project&, const Migration& migration, Direction direction)
{
    return readScript(direction == Direction::Up ? migration.upPath : migration.downPath)
        .transform(cutAtBreakpoints);
}

/// better-sqlite3 and libSQL both enforce foreign keys and take no quoted name for a text.
Rules rules(const Project&)
{
    return {.wholeRun = true, .foreignKeys = true, .strictQuotes = true};
}

}  // namespace

bool isJournal(const Project& project)
{
    return project.settings.value(keys::layout) != QLatin1String("folders");
}

QByteArray customHead()
{
    return "-- Custom SQL migration file, put your code below! --";
}

Script cutAtBreakpoints(const QByteArray& text)
{
    Script script{.text = text};
    qsizetype start = 0;
    while (true) {
        const qsizetype found = text.indexOf(marker, start);
        const qsizetype end = found < 0 ? text.size() : found;
        script.pieces.append({.start = start, .length = end - start});
        if (found < 0)
            return script;
        start = found + marker.size();
    }
}

const Format& format()
{
    static const Format format{.id = QLatin1StringView("drizzle"),
                               .title = QLatin1StringView("Drizzle"),
                               .detect = detect,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .rules = rules,
                               .states = states,
                               .ledger = ledgerFormat()};
    return format;
}

}  // namespace dewpoint::project::drizzle
