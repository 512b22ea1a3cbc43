// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/side.h"

#include "base/words.h"
#include "project/format.h"
#include "shadow/difference.h"
#include "shadow/replay.h"
#include "shadow/shadow_database.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::shadow {

namespace {

constexpr QLatin1StringView ofProject("migrations");
constexpr QLatin1StringView nothing("empty");
constexpr int mostAbove = 3;

/// The project that the folder is of.
std::optional<project::Project> projectOfFolder(const QString& path)
{
    const QDir named(path);
    QDir folder(named.absolutePath());
    // Detection asks the folder that a tool is started in, which is above that of the migrations.
    for (int above = 0; QFileInfo(path).isDir() && above < mostAbove; ++above) {
        // What is wrong with a project further up is not this folder's business.
        const auto projects = project::detectAll(folder.path()).value_or(QList<project::Project>());
        const auto found = std::ranges::find_if(
            projects, [&](const project::Project& each) { return QDir(each.directory) == named; });
        if (found != projects.end())
            return *found;
        if (!folder.cdUp())
            break;
    }
    return {};
}

/// Whose ledger is no part of a database that is compared with this.
std::optional<project::Project> keeperOf(const Side& other, const Reading& reading)
{
    if (reading.project)
        return reading.project;
    return other.kind == Side::Kind::Sql ? projectOfFolder(other.path) : std::nullopt;
}

Result<schema::Database> stateOfMigrations(const QString& version, const Reading& reading)
{
    if (!reading.project)
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations project here."));
    const project::Project& project = *reading.project;
    if (project.engine && *project.engine != reading.server.engine)
        return fail(differentEngines(*project.engine, reading.server.engine));
    auto migrations = project::list(project);
    if (!migrations)
        return fail(migrations.error());
    if (!version.isEmpty()) {
        const auto found = std::ranges::find_if(*migrations, [&](const project::Migration& migration) {
            return migration.version == version || migration.version == project::normalisedVersion(version);
        });
        if (found == migrations->end())
            return fail(ErrorKind::NotFound,
                        Words::tr("There is no migration with version %1.").arg(version));
        migrations->erase(found + 1, migrations->end());
    }
    return stateAfter(reading.server, project, *migrations, reading.stop, reading.extent);
}

Result<schema::Database> emptySchema(const Reading& reading)
{
    auto scratch = ShadowDatabase::make(reading.server);
    if (!scratch)
        return fail(scratch.error());
    scratch->connection().setStopAsked(reading.stop);
    return catalog::inspect(scratch->connection(), reading.extent);
}

}  // namespace

bool isSql(const QString& text)
{
    const QFileInfo file(text);
    return file.isDir() || text.endsWith(QLatin1String(".sql"), Qt::CaseInsensitive);
}

Result<Side> sideOf(const QString& text)
{
    // Before the folder of that name, which most projects have: "./migrations" is that one.
    if (text == ofProject || text.startsWith(ofProject + QStringLiteral(":")))
        return Side{.kind = Side::Kind::Migrations, .version = text.mid(ofProject.size() + 1)};
    if (text == nothing)
        return Side{.kind = Side::Kind::Empty};
    if (isSql(text))
        return Side{.kind = Side::Kind::Sql, .path = text};
    return drivers::parseTarget(text).transform(
        [](const drivers::Target& target) { return Side{.kind = Side::Kind::Database, .target = target}; });
}

Result<drivers::Target> serverFor(const QList<Side>& sides, const drivers::Target& otherwise)
{
    const drivers::Target* server = nullptr;
    for (const Side& side : sides) {
        if (side.kind != Side::Kind::Database)
            continue;
        if (server && server->engine != side.target.engine)
            return fail(differentEngines(server->engine, side.target.engine));
        if (!server)
            server = &side.target;
    }
    return server ? *server : otherwise;
}

Result<schema::Database> schemaOf(const Side& side, const Side& other, const Reading& reading)
{
    switch (side.kind) {
    case Side::Kind::Sql: return schemaOfSql(reading.server, side.path, reading.stop, reading.extent);
    case Side::Kind::Migrations: return stateOfMigrations(side.version, reading);
    case Side::Kind::Empty: return emptySchema(reading);
    case Side::Kind::Database: break;
    }
    const auto connection = drivers::Connection::open(forReading(side.target), reading.stop);
    return connection ? schemaOf(**connection, other, reading) : fail(connection.error());
}

Result<schema::Database> schemaOf(drivers::Connection& there, const Side& other, const Reading& reading)
{
    const auto keeper = keeperOf(other, reading);
    return keeper ? inspectWithoutLedger(there, *keeper, reading.extent)
                  : inspectWithoutParking(there, reading.extent);
}

drivers::Target forReading(drivers::Target target)
{
    if (target.engine == Engine::Postgres)
        target.guard = drivers::Guard::ReadOnly;
    return target;
}

}  // namespace dewpoint::shadow
