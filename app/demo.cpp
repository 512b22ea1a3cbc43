// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "demo.h"

#include "apply/executor.h"
#include "base/words.h"
#include "drivers/connection.h"
#include "project/migration.h"
#include "project/project.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

namespace dewpoint {

namespace {

constexpr int pendingMigrations = 2;

Result<> copyTree(const QString& from, const QString& to)
{
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString source = files.next();
        const QString target = to + source.mid(from.size());
        if (!QDir().mkpath(QFileInfo(target).path()) || !QFile::copy(source, target))
            return fail(ErrorKind::File, Words::tr("The sample shop could not be copied to %1.").arg(to),
                        Words::tr("Free some space there, or set TMPDIR to another folder."));
        QFile::setPermissions(target,
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    }
    return {};
}

/// Not the process's environment: a DATABASE_URL of the user's own work must not reach the sample shop.
Result<project::Project> projectIn(const QString& folder)
{
    const auto found = project::detect(folder, {});
    if (!found)
        return fail(found.error());
    if (!found->has_value())
        return fail(ErrorKind::NotFound, Words::tr("The sample shop's migrations were not found."));
    return **found;
}

/// What somebody has made, in whichever schema; what belongs to an extension is the server's own.
Result<> refuseFull(drivers::Connection& connection)
{
    if (connection.engine() == Engine::Sqlite)
        return {};
    const auto found = connection.scalar(
        QStringLiteral("SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n"
                       " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
                       " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
                       " AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass"
                       " AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1 LIMIT 1"));
    if (!found)
        return fail(found.error());
    if (isNull(*found))
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("The database is not empty: it has %1.").arg(displayText(*found)),
                Words::tr("The sample shop wants a database of its own. Nothing was changed."));
}

Result<> build(const Demo& demo, const QString& rowsFile)
{
    auto connection = drivers::Connection::open(demo.target);
    if (!connection)
        return fail(connection.error());
    if (auto empty = refuseFull(**connection); !empty)
        return empty;
    const auto project = projectIn(demo.folder);
    if (!project)
        return fail(project.error());
    const auto migrations = project::list(*project);
    if (!migrations)
        return fail(migrations.error());
    const auto count = static_cast<int>(migrations->size()) - pendingMigrations;
    const auto report =
        apply::execute(**connection, *project, apply::Action::Run, apply::Scope::first(count));
    if (!report)
        return fail(report.error());
    if (report->failure)
        return fail(report->failure->error);
    QFile rows(rowsFile);
    if (!rows.open(QIODevice::ReadOnly))
        return fail(ErrorKind::File, Words::tr("The sample shop's rows were not found."));
    auto transaction = drivers::Transaction::begin(**connection);
    if (!transaction)
        return fail(transaction.error());
    if (auto loaded = (*connection)->executeScript(rows.readAll()); !loaded)
        return loaded;
    if (auto committed = transaction->commit(); !committed)
        return committed;
    return (*connection)->execute(QStringLiteral("ANALYZE")).transform([](qint64) {});
}

}  // namespace

Result<Demo> makeDemo(const drivers::Target& postgres)
{
    if (postgres.engine == Engine::Sqlite && !postgres.location.isEmpty())
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("The sample shop is built in a PostgreSQL database, or without --db in a SQLite "
                      "file of its own."));
    QTemporaryDir scratch(QDir::tempPath() + QStringLiteral("/dewpoint-shop-XXXXXX"));
    if (!scratch.isValid())
        return fail(ErrorKind::File,
                    Words::tr("No scratch folder could be made in %1.").arg(QDir::tempPath()),
                    Words::tr("Free some space there, or set TMPDIR to another folder."));
    const bool onPostgres = postgres.engine == Engine::Postgres;
    const QString name = onPostgres ? QStringLiteral("postgres") : QStringLiteral("sqlite");
    Demo demo{.target = postgres, .folder = scratch.path()};
    if (!onPostgres) {
        demo.target.location = scratch.filePath(QStringLiteral("shop.sqlite"));
        demo.target.create = true;
    }
    if (auto copied = copyTree(QStringLiteral(":/dewpoint/demo/") + name, demo.folder); !copied)
        return fail(copied.error());
    if (auto built = build(demo, QStringLiteral(":/dewpoint/demo/rows.%1.sql").arg(name)); !built)
        return fail(built.error());
    demo.target.create = false;
    scratch.setAutoRemove(false);  // the caller works on it, and takes it away
    return demo;
}

}  // namespace dewpoint
