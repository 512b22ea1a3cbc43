// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/dbmate/dbmate.h"
#include "project/joined.h"
#include "project/states.h"

#include <algorithm>

namespace dewpoint::project::dbmate {

namespace {

Result<Script> script(const Project&, const Migration& migration, Direction direction)
{
    const auto text = readScript(migration.upPath);
    if (!text)
        return fail(text.error());
    const auto blocks = parseBlocks(*text);
    if (!blocks)
        return fail(blocks.error());
    const auto& block = direction == Direction::Up ? blocks->up : blocks->down;
    Script script = wholeScript(text->sliced(block.start, block.length));
    script.linesBefore = static_cast<int>(text->first(block.start).count('\n'));
    return script;
}

/// dbmate's SQLite does not enforce foreign keys; what is gone from disk does not exist for it.
Rules rules(const Project&)
{
    return {.revertSkipsMissing = true, .foreignKeys = false};
}

/// By file name; rows without a file by their version.
QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    auto states = statesByVersion(files, rows, versionLess);
    std::ranges::stable_sort(states, versionLess, [](const MigrationState& state) {
        return state.migration.folder.isEmpty() ? state.migration.version : state.migration.folder;
    });
    return states;
}

/// dbmate finds out by its primary key, after it has run the second one.
Result<> check(const QList<MigrationState>& states, Direction direction, bool)
{
    for (qsizetype i = 1; direction == Direction::Up && i < states.size(); ++i) {
        const Migration& migration = states[i].migration;
        const auto twin =
            std::ranges::find(states.begin(), states.begin() + i, migration.version,
                              [](const MigrationState& state) { return state.migration.version; });
        if (twin != states.begin() + i)
            return fail(ErrorKind::Conflict,
                        Words::tr("%1 and %2 have the same version %3.")
                            .arg(twin->migration.folder, migration.folder, migration.version),
                        Words::tr("Rename one of the two files."));
    }
    return {};
}

QByteArray outsideTransaction(QByteArray file)
{
    const qsizetype word = file.indexOf("-- migrate:up");
    return word < 0 ? file : file.insert(word + qsizetype(sizeof "-- migrate:up" - 1), " transaction:false");
}

/// Without the block's own line.
Result<QByteArray> body(const Project& project, const Migration& migration, Direction direction)
{
    return project::script(project, migration, direction).transform([](const Script& block) {
        return belowFirstLine(block.text);
    });
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("dbmate"),
                               .title = QLatin1StringView("dbmate"),
                               .usualPlace = QLatin1StringView("db/migrations"),
                               .detect = detect,
                               .spelled = spelled,
                               .list = list,
                               .script = script,
                               .generate = generate,
                               .outsideTransaction = outsideTransaction,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .afterChange = writeSchemaFile,
                               .ledger = ledgerFormat(),
                               .squash = {.body = body}};
    return format;
}

}  // namespace dewpoint::project::dbmate
