// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/down.h"

#include "base/words.h"
#include "project/for_database.h"
#include "project/format.h"
#include "project/new_file.h"
#include "shadow/replay.h"
#include "sql/statements.h"

#include <QFileInfo>

#include <algorithm>

namespace dewpoint::apply {

namespace {

using project::Migration;

Result<Migration> migrationOf(const project::Project& project, const QString& version, Engine engine)
{
    const auto all = project::list(project);
    if (!all)
        return fail(all.error());
    const auto place = project::indexOf(*all, version);
    if (!place)
        return fail(place.error());
    const Migration& found = all->at(*place);
    if (hasDown(project, found, engine))
        return fail(ErrorKind::Conflict,
                    Words::tr("%1 has down SQL already: %2").arg(found.folder, found.downPath));
    if (found.downPlace.isEmpty())
        return fail(ErrorKind::Unsupported, Words::tr("%1 has no place for the down SQL of %2.")
                                                .arg(project::toolTitle(project), found.folder));
    return found;
}

}  // namespace

bool hasDown(const project::Project& project, const Migration& migration, Engine engine)
{
    if (!migration.reversible())
        return false;
    const auto script = project::script(project, migration, project::Direction::Down);
    return !script || !sql::split(QString::fromUtf8(script->text), engine).isEmpty();
}

bool lacksDown(const project::Project& project, const Migration& migration, Engine engine)
{
    return !migration.downPlace.isEmpty() && !hasDown(project::forEngine(project, engine), migration, engine);
}

Result<WayBack> workOutDown(drivers::Connection& live, const project::Project& project,
                            const QString& version, const shadow::Answers& answers,
                            const drivers::StopAsked& stop)
{
    const project::Project known = project::forDatabase(project, live.target());
    const auto migration = migrationOf(known, version, live.engine());
    if (!migration)
        return fail(migration.error());
    const auto states = shadow::preview(live, known, version, version, stop);
    if (!states)
        return fail(states.error());
    auto way = wayBack(states->before, states->after, live.target(), known, answers, stop);
    if (!way || !way->open.isEmpty())
        return way;
    if (way->script.isEmpty())
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 changes nothing in the schema, so there is nothing to work out.")
                        .arg(migration->folder),
                    Words::tr("Write its down SQL by hand: %1").arg(migration->downPlace));
    way->script.prepend("-- What takes " + migration->folder.toUtf8()
                        + " back, worked out from the schemas before and after it.\n");
    return way;
}

Result<QString> writeDown(const project::Project& project, const QString& version, Engine engine,
                          const QByteArray& script)
{
    const auto migration = migrationOf(project::forEngine(project, engine), version, engine);
    if (!migration)
        return fail(migration.error());
    const QString& path = migration->downPlace;
    const auto written = [&] { return path; };
    if (!QFileInfo::exists(path)) {
        if (auto made = project::makeFolder(QFileInfo(path).path()); !made)
            return fail(made.error());
        return project::writeNew(path, script).transform(written);
    }
    auto there = project::readScript(path);
    if (!there)
        return fail(there.error());
    if (!there->isEmpty() && !there->endsWith('\n'))
        *there += '\n';
    return project::replaceFile(path, *there + script).transform(written);
}

}  // namespace dewpoint::apply
