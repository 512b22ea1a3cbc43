// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drift/way.h"

#include "apply/preflight.h"
#include "base/words.h"
#include "diff/compare.h"
#include "diff/mixed.h"
#include "plan/script.h"
#include "project/for_database.h"
#include "shadow/replay.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::drift {

namespace {

using schema::Database;

QList<diff::Part> partsOf(const QList<Item>& items, Engine engine)
{
    QList<diff::Part> parts;
    for (const Item& item : items) {
        for (const change::Change& change : item.changes)
            parts.append(diff::partOf(change, engine));
    }
    return parts;
}

const Database& baseOf(const Report& report, Way way)
{
    return way == Way::Adopt ? report.made->state : report.there;
}

const Database& goalOf(const Report& report, Way way)
{
    return way == Way::Adopt ? report.there : report.made->state;
}

Database mixed(const Report& report, const QList<Item>& items, Way way)
{
    return diff::mixed(baseOf(report, way), goalOf(report, way), partsOf(items, report.there.engine));
}

/// Nothing is lost of what only gets its old name back.
QList<lint::Question> lossesOf(const Undoing& undoing, const QList<plan::Rename>& renames)
{
    QList<lint::ColumnRename> columns;
    QStringList tables;
    for (const plan::Rename& rename : renames) {
        if (rename.what == plan::Renamed::Column)
            columns.append({.table = lint::RelationName::of(rename.schema, rename.owner),
                            .from = rename.from,
                            .to = rename.to});
        else if (rename.what == plan::Renamed::Table)
            tables << rename.schema + u'.' + rename.from << rename.schemaAfter() + u'.' + rename.to;
    }
    QList<lint::Question> losses = lint::questionsOf(undoing.from, undoing.to, columns);
    losses.removeIf([&](const lint::Question& question) {
        return tables.contains(question.schema + u'.' + question.table);
    });
    return losses;
}

/// SQLite's tables and views are taken whole: what a pending migration makes of them would be undone with it.
QString changedByPending(const Database& applied, const Database& end, const QList<Item>& items)
{
    const auto differs = [](const auto* one, const auto* other) {
        return one && other ? !(*one == *other) : one != other;
    };
    for (const Item& item : items) {
        for (const change::Change& change : item.changes) {
            const change::Name name = change::relation(change);
            if (differs(applied.table(name.schema, name.name), end.table(name.schema, name.name))
                || differs(applied.view(name.schema, name.name), end.view(name.schema, name.name)))
                return name.name;
        }
    }
    return {};
}

/// With what a person can do about it.
Error explained(Error error)
{
    if (error.kind != ErrorKind::Cancelled && error.hint.isEmpty())
        error.hint = Words::tr("Choose the differences that hang together with it as well, or all of them.");
    return error;
}

}  // namespace

Result<QByteArray> sketch(const Report& report, const QList<Item>& items, Way way)
{
    plan::Options options;
    options.oneTransaction = true;
    return plan::plan(baseOf(report, way), mixed(report, items, way), options)
        .transform([](const plan::Plan& plan) { return plan::script(plan, plan::Sender::Transaction); });
}

Result<apply::Scripts> adopt(const drivers::Target& server, const project::Project& project,
                             const Report& report, const QList<Item>& items, const shadow::Answers& answers,
                             const drivers::StopAsked& stop)
{
    const project::Project known = project::forDatabase(project, server);
    const auto migrations = apply::migrationsThere(known);
    if (!migrations)
        return fail(migrations.error());
    const auto end = shadow::stateAfter(server, known, *migrations, stop, catalog::extentOf(report.there));
    if (!end)
        return fail(end.error());
    if (const QString name = changedByPending(report.made->state, *end, items);
        server.engine == Engine::Sqlite && !name.isEmpty())
        return fail(ErrorKind::Conflict, Words::tr("A pending migration changes %1 as well.").arg(name),
                    Words::tr("Run what is pending first, then adopt this."));
    const Database goal = diff::mixed(*end, report.there, partsOf(items, server.engine));
    const auto scripts = apply::scriptsBetween(*end, goal, server, known, answers, stop);
    if (!scripts)
        return fail(explained(scripts.error()));
    return scripts;
}

Result<Undoing> workOutUndo(drivers::Connection& live, const Report& report, const QList<Item>& items,
                            const shadow::Answers& answers, const drivers::StopAsked& stop)
{
    Undoing undoing{.from = report.there, .to = mixed(report, items, Way::Undo)};
    shadow::Answers wanted = answers;
    wanted.options.oneTransaction = true;
    auto difference = shadow::difference(live.target(), undoing.from, undoing.to, wanted, stop);
    if (!difference)
        return fail(explained(difference.error()));
    undoing.open = difference->open;
    undoing.plan = std::move(difference->up);
    undoing.back = std::move(difference->down);
    undoing.script = plan::script(undoing.plan, plan::Sender::Shell);
    if (!undoing.open.isEmpty() || undoing.plan.isEmpty())
        return undoing;
    undoing.losses = lossesOf(undoing, difference->renames);
    apply::countRows(live, undoing.losses, stop);
    undoing.losses.removeIf([](const lint::Question& question) { return question.isHarmless(); });
    return undoing;
}

}  // namespace dewpoint::drift
