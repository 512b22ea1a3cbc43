// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/dbmate/dbmate.h"
#include "project/numbered_files.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::dbmate {

namespace {

Evidence evidenceIn(const QString& directory)
{
    const auto hasDirective = [&](const QString& name) {
        const auto text = readScript(QDir(directory).filePath(name));
        return text && parseBlocks(*text);
    };
    const QStringList files = QDir(directory).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    return std::ranges::any_of(files, hasDirective) ? Evidence::Own : Evidence::Name;
}

QString findDirectory(const QString& folder)
{
    const QString above = nearestWithFolder(folder, QStringLiteral("db/migrations"));
    if (!above.isEmpty())
        return QDir(above).filePath(QStringLiteral("db/migrations"));
    const QString other = nearestWithFolder(folder, QStringLiteral("migrations"));
    const QString directory =
        other.isEmpty() ? QString() : QDir(other).filePath(QStringLiteral("migrations"));
    if (!directory.isEmpty() && evidenceIn(directory) == Evidence::Own)
        return directory;
    return evidenceIn(folder) == Evidence::Own ? folder : QString();
}

/// DBMATE_SCHEMA_FILE, by default db/schema.sql; none where DBMATE_NO_DUMP_SCHEMA says so.
Result<> setSchemaFile(const QString& folder, const Environment& environment, Project& project)
{
    const auto off = setting(folder, environment, QStringLiteral("DBMATE_NO_DUMP_SCHEMA"));
    const auto named = setting(folder, environment, QStringLiteral("DBMATE_SCHEMA_FILE"));
    if (!off || !named)
        return fail(off ? named.error() : off.error());
    static const QStringList yes{QStringLiteral("1"), QStringLiteral("t"), QStringLiteral("true")};
    if (!yes.contains(off->toLower()))
        project.schemaFile =
            absoluteFrom(project.root, named->isEmpty() ? QStringLiteral("db/schema.sql") : *named);
    return {};
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id};
    const auto named = setting(*folder, environment, QStringLiteral("DBMATE_MIGRATIONS_DIR"));
    const auto table = setting(*folder, environment, QStringLiteral("DBMATE_MIGRATIONS_TABLE"));
    if (!named || !table)
        return fail(named ? table.error() : named.error());
    project.directory = named->isEmpty() ? findDirectory(*folder) : absoluteFrom(*folder, *named);
    if (project.directory.isEmpty())
        return std::nullopt;
    project.root = named->isEmpty() ? rootAbove(project.directory) : *folder;
    project.evidence = named->isEmpty() ? evidenceIn(project.directory) : Evidence::Own;
    if (!table->isEmpty())
        project.settings.insert(keys::table, *table);
    if (auto set = setSchemaFile(*folder, environment, project); !set)
        return fail(set.error());
    if (auto found = findDatabase(*folder, environment, QStringLiteral("DATABASE_URL"), project); !found)
        return fail(found.error());
    project.databaseUrl = withoutSqliteOptions(project.databaseUrl);
    if (project.databaseUrl.startsWith(QLatin1String("sqlite3:")))
        project.databaseUrl.remove(6, 1);
    project.databaseUrl = forLibpq(project.databaseUrl, QStringLiteral("search_path"));
    return project;
}

}  // namespace dewpoint::project::dbmate
