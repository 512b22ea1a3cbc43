// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/side.h"

#include "base/words.h"
#include "project/format.h"
#include "project/schema_script.h"
#include "shadow/difference.h"
#include "shadow/replay.h"
#include "shadow/scripted.h"
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
        const auto last = project::indexOf(*migrations, version);
        if (!last)
            return fail(last.error());
        migrations->resize(*last + 1);
    }
    return stateAfter(reading.server, project, *migrations, reading.stop, reading.extent);
}

bool isSnapshot(const QString& text)
{
    return text.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) && !QFileInfo(text).isDir();
}

/// Of which engine a side is; nothing where it becomes what the other one is.
Result<std::optional<Engine>> engineOf(const Side& side)
{
    switch (side.kind) {
    case Side::Kind::Database: return side.target.engine;
    case Side::Kind::Snapshot:
        return project::schemaScript(side.path).transform(
            [](const auto& script) { return std::optional(script.engine); });
    case Side::Kind::Sql:
    case Side::Kind::Migrations:
    case Side::Kind::Empty: break;
    }
    return std::nullopt;
}

/// Where a snapshot is built that is compared with no database.
Result<drivers::Target> serverOf(Engine engine, const drivers::Target& otherwise)
{
    if (engine == otherwise.engine)
        return otherwise;
    if (engine == Engine::Sqlite)
        return drivers::Target{.engine = Engine::Sqlite, .location = QStringLiteral(":memory:")};
    return fail(ErrorKind::InvalidInput,
                Words::tr("A snapshot of PostgreSQL is built on a server, and none was named."),
                Words::tr("Name a database of that server: a scratch database is made beside it."));
}

/// The server's word for a type, a function or an operator class that is not there.
Error withExtensionHint(Error error)
{
    const bool isUnknown =
        error.sqlState == QLatin1String("42704") || error.sqlState == QLatin1String("42883");
    if (isUnknown && error.hint.isEmpty())
        error.hint = Words::tr("A snapshot does not say which extensions its schema needs. Compare with the "
                               "migrations, or with a SQL file that makes them.");
    return error;
}

Result<schema::Database> stateOfSnapshot(const QString& path, const Reading& reading)
{
    const auto script = project::schemaScript(path);
    if (!script)
        return fail(script.error());
    if (script->engine != reading.server.engine)
        return fail(differentEngines(script->engine, reading.server.engine));
    auto made = Scripted::empty(reading.server, reading.stop);
    if (!made)
        return fail(made.error());
    if (const auto ran = made->run(script->sql, path); !ran)
        return fail(withExtensionHint(ran.error()));
    return made->schema(reading.extent);
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

bool isFile(const QString& text)
{
    return QFileInfo(text).isDir() || text.endsWith(QLatin1String(".sql"), Qt::CaseInsensitive)
           || isSnapshot(text);
}

Side sideOfFile(const QString& path)
{
    return {.kind = isSnapshot(path) ? Side::Kind::Snapshot : Side::Kind::Sql, .path = path};
}

Result<Side> sideOf(const QString& text)
{
    // Before the folder of that name, which most projects have: "./migrations" is that one.
    if (text == ofProject || text.startsWith(ofProject + QStringLiteral(":")))
        return Side{.kind = Side::Kind::Migrations, .version = text.mid(ofProject.size() + 1)};
    if (text == nothing)
        return Side{.kind = Side::Kind::Empty};
    if (isFile(text))
        return sideOfFile(text);
    return drivers::parseTarget(text).transform(
        [](const drivers::Target& target) { return Side{.kind = Side::Kind::Database, .target = target}; });
}

Result<drivers::Target> serverFor(const QList<Side>& sides, const drivers::Target& otherwise)
{
    const drivers::Target* server = nullptr;
    std::optional<Engine> engine;
    for (const Side& side : sides) {
        const auto own = engineOf(side);
        if (!own)
            return fail(own.error());
        if (engine && *own && *engine != **own)
            return fail(differentEngines(*engine, **own));
        if (*own)
            engine = *own;
        if (!server && side.kind == Side::Kind::Database)
            server = &side.target;
    }
    if (server)
        return *server;
    return engine ? serverOf(*engine, otherwise) : otherwise;
}

Result<schema::Database> schemaOf(const Side& side, const Side& other, const Reading& reading)
{
    switch (side.kind) {
    case Side::Kind::Sql:
        return schemaOfSql(reading.server, side.path, reading.stop, reading.extent)
            .transform([&](schema::Database database) {
                return reading.project ? withoutLedger(std::move(database), *reading.project, reading.server)
                                       : database;
            });
    case Side::Kind::Snapshot: return stateOfSnapshot(side.path, reading);
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
