// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/lint_project.h"

#include "base/words.h"
#include "project/code.h"
#include "shadow/replay.h"

#include <QCryptographicHash>

#include <algorithm>

namespace dewpoint::apply {

namespace {

using project::Direction;
using project::Migration;

/// The state before the first migration, and after each; as far as they can be replayed.
QList<schema::Database> statesOf(const project::Project& project, const QList<Migration>& migrations,
                                 const drivers::StopAsked& stop)
{
    const bool hasSummary = std::ranges::any_of(migrations, &Migration::summary);
    return hasSummary ? QList<schema::Database>()
                      : shadow::statesAfterEach({.engine = Engine::Sqlite}, project, migrations, stop);
}

void judgeOne(Linted& linted, const project::Project& project, Engine engine, bool hasDowns,
              lint::Known& known)
{
    const auto script = project::script(project, linted.migration, Direction::Up);
    if (!script) {
        linted.unreadable = script.error();
        return;
    }
    linted.script = QString::fromUtf8(script->text);
    linted.linesBefore = script->linesBefore;
    lint::Setting setting = settingOf(project, linted.migration, *script, engine);
    setting.wantsDown = setting.wantsDown && hasDowns;
    known.renames.clear();
    linted.report = lint::judge(linted.script, setting, known);
    linted.renames = known.renames;
}

}  // namespace

lint::Setting settingOf(const project::Project& project, const Migration& migration,
                        const project::Script& script, Engine engine)
{
    const project::Rules rules = project::formatOf(project).rules(project);
    return {.engine = engine,
            .inTransaction = migration.runInTransaction,
            .pieceByPiece = script.pieces.size() > 1,
            .foreignKeys = rules.foreignKeys.value_or(true),
            .wantsDown = !migration.reversible() && !migration.downPlace.isEmpty() && !migration.repeatable
                         && !migration.summary};
}

Result<QList<Linted>> lintProject(const project::Project& given, Engine engine,
                                  const drivers::StopAsked& stop)
{
    const project::Project project = project::forEngine(given, engine);
    if (project::runsCode(project))
        return QList<Linted>();
    const auto migrations = project::list(project);
    if (!migrations)
        return fail(migrations.error());
    const QList<schema::Database> states =
        engine == Engine::Sqlite ? statesOf(project, *migrations, stop) : QList<schema::Database>();
    const bool hasDowns = std::ranges::any_of(*migrations, &Migration::reversible);
    lint::Known known;
    known.whole = true;
    QList<Linted> all;
    for (qsizetype i = 0; i < migrations->size(); ++i) {
        if (stop && stop())
            return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
        Linted linted{.migration = migrations->at(i)};
        if (i < states.size())
            known = lint::Known::of(states.at(i));
        judgeOne(linted, project, engine, hasDowns, known);
        if (i + 1 < states.size())
            lint::judgeRebuilds(linted.report, linted.script, states.at(i), states.at(i + 1), linted.renames);
        linted.replayed = states.isEmpty() || i + 1 < states.size();
        all.append(std::move(linted));
    }
    return all;
}

Result<QByteArray> lintKey(const project::Project& given, Engine engine)
{
    const project::Project project = project::forEngine(given, engine);
    const auto migrations = project::list(project);
    if (!migrations)
        return fail(migrations.error());
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const Migration& migration : *migrations) {
        const auto script = project::script(project, migration, Direction::Up);
        hash.addData(migration.version.toUtf8() + (migration.reversible() ? "+" : "-")
                     + (migration.runInTransaction ? "t" : "n"));
        hash.addData(script ? script->text : script.error().message.toUtf8());
    }
    return hash.result();
}

}  // namespace dewpoint::apply
