// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/dbmate/dbmate.h"
#include "project/numbered_files.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::project::dbmate {

namespace {

Evidence evidenceIn(const QString& directory)
{
    const auto hasDirective = [&](const QString& name) {
        const auto text = readHead(QDir(directory).filePath(name));
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

/// Several are divided by commas; a new migration goes into the first.
QStringList foldersOf(const Setting& named)
{
    QStringList folders;
    for (const QString& folder : named.value.split(u',', Qt::SkipEmptyParts))
        folders << absoluteFrom(named.base, folder.trimmed());
    return folders;
}

/// DBMATE_SCHEMA_FILE, by default db/schema.sql; none where DBMATE_NO_DUMP_SCHEMA says so.
void setSchemaFile(const QString& folder, const Environment& environment, Project& project)
{
    static const QStringList yes{QStringLiteral("1"), QStringLiteral("t"), QStringLiteral("true")};
    if (yes.contains(setting(folder, environment, QStringLiteral("DBMATE_NO_DUMP_SCHEMA")).value.toLower()))
        return;
    const Setting named = setting(folder, environment, QStringLiteral("DBMATE_SCHEMA_FILE"));
    project.schemaFile =
        named.isEmpty() ? absoluteFrom(project.root, QStringLiteral("db/schema.sql")) : named.path();
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id};
    const Setting named = setting(*folder, environment, QStringLiteral("DBMATE_MIGRATIONS_DIR"));
    const QStringList folders = foldersOf(named);
    project.directory = folders.isEmpty() ? findDirectory(*folder) : folders.first();
    if (project.directory.isEmpty())
        return std::nullopt;
    // dbmate runs at the root, and reads the .env there.
    project.root = named.isEmpty() ? rootAbove(project.directory) : *folder;
    project.evidence = named.isEmpty() ? evidenceIn(project.directory) : Evidence::Own;
    const Setting table = setting(project.root, environment, QStringLiteral("DBMATE_MIGRATIONS_TABLE"));
    if (!table.isEmpty())
        project.settings.insert(keys::table, table.value);
    if (folders.size() > 1)
        project.settings.insert(keys::folders, folders.join(u'\n'));
    setSchemaFile(project.root, environment, project);
    if (auto found = findDatabase(project.root, environment, QStringLiteral("DATABASE_URL"), project); !found)
        return fail(found.error());
    project.databaseUrl = spelled(project, project.databaseUrl);
    return project;
}

QString spelled(const Project&, const QString& url)
{
    static const QRegularExpression socket(QStringLiteral("(?<=[?&])socket="));
    return forLibpq(QString(url).replace(socket, QStringLiteral("host=")), QStringLiteral("search_path"));
}

}  // namespace dewpoint::project::dbmate
