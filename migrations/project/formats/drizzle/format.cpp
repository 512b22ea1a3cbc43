// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/drizzle.h"
#include "project/formats/drizzle/snapshot.h"
#include "project/joined.h"
#include "project/new_file.h"
#include "sql/lexer.h"
#include "sql/statements.h"

#include <algorithm>

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

/// From the end of a statement's text: comments may stand before its semicolon.
qsizetype behindSemicolon(const QString& text, qsizetype end, Engine engine)
{
    sql::Token token = sql::nextToken(text, end, engine);
    while (token.kind == sql::TokenKind::Comment || token.kind == sql::TokenKind::Space)
        token = sql::nextToken(text, token.start + token.length, engine);
    return token.start + token.length;
}

/// better-sqlite3 and libSQL both enforce foreign keys and take no quoted name for a text.
Rules rules(const Project&)
{
    return {.wholeRun = true, .foreignKeys = true, .strictQuotes = true};
}

/// The first migration of drizzle-kit pull is a comment: its tables were there.
Script uncommented(const Script& script)
{
    constexpr QByteArrayView pulled("-- Current sql file was generated after introspecting the database");
    const qsizetype start = script.text.indexOf("/*");
    const qsizetype end = script.text.lastIndexOf("*/");
    if (!script.text.startsWith(pulled) || start < 0 || end < start)
        return script;
    return cutAtBreakpoints(script.text.sliced(start + 2, end - start - 2));
}

/// Without the markers, which generate sets anew.
Result<QByteArray> body(const Project& project, const Migration& migration, Direction direction)
{
    return project::script(project, migration, direction).transform([&](const Script& file) {
        return ofPieces(file, project.engine.value_or(Engine::Postgres));
    });
}

Result<> forget(const Project& project, const QList<Migration>& gone)
{
    return isJournal(project) ? journal::forget(project, gone) : Result<>{};
}

Result<QByteArray> snapshotBeside(const Migration& migration)
{
    const auto found = std::ranges::find_if(migration.sideFiles, [](const QString& path) {
        return path.endsWith(QLatin1String("snapshot.json"));
    });
    return found == migration.sideFiles.end() ? QByteArray() : readScript(*found);
}

/// The last snapshot says it in the words of schema.ts; one that was worked out is in the database's.
Result<> describe(const Migration& made, const QList<Migration>& old)
{
    const auto first = snapshotBeside(old.first());
    const auto last = snapshotBeside(old.last());
    if (!first || !last)
        return fail(first ? last.error() : first.error());
    const QByteArray text = snapshot::inPlaceOf(*first, *last);
    if (text.isEmpty())
        return {};
    const auto path = std::ranges::find_if(
        made.sideFiles, [](const QString& each) { return each.endsWith(QLatin1String("snapshot.json")); });
    return path == made.sideFiles.end() ? Result<>{} : replaceFile(*path, text);
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

QByteArray withBreakpoints(const Project& project, const QByteArray& script, Engine engine)
{
    if (project.settings.value(keys::breakpoints) == QLatin1String("false") || script.contains(marker))
        return script;
    const QString text = QString::fromUtf8(script);
    const auto statements = sql::split(text, engine);
    QString result;
    qsizetype at = 0;
    for (qsizetype i = 1; i < statements.size(); ++i) {
        const qsizetype end =
            behindSemicolon(text, statements[i - 1].start + statements[i - 1].length, engine);
        // The marker reads as a comment elsewhere, so it ends its line.
        const bool lineEnds = text.sliced(end).startsWith(u'\n') || text.sliced(end).startsWith(u"\r\n");
        result += text.sliced(at, end - at) + QLatin1StringView(marker)
                  + (lineEnds ? QLatin1StringView() : QLatin1StringView("\n"));
        at = end;
    }
    return (result + text.sliced(at)).toUtf8();
}

const Format& format()
{
    static const Format format{
        .id = QLatin1StringView("drizzle"),
        .title = QLatin1StringView("Drizzle"),
        .usualPlace = QLatin1StringView("drizzle"),
        .detect = detect,
        .list = list,
        .script = script,
        .onEmptyDatabase = uncommented,
        .readsUtf8Only = true,
        .generate = generate,
        .describesSchema = true,
        .rules = rules,
        .states = states,
        .ledger = ledgerFormat(),
        .squash = {.body = body, .numbersItself = true, .forget = forget, .describe = describe}};
    return format;
}

}  // namespace dewpoint::project::drizzle
