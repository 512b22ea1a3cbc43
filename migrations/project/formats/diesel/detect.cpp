// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/diesel/diesel.h"
#include "project/places.h"
#include "project/toml_file.h"

#include <QDir>
#include <QFileInfo>

namespace dewpoint::project::diesel {

namespace {

QString textAt(const toml::table& table, std::string_view section, std::string_view key)
{
    const auto text = table[section][key].value<std::string>();
    return text ? QString::fromStdString(*text) : QString();
}

/// A migrations folder that was opened itself: it belongs to the folder above.
bool looksLikeMigrations(const QDir& directory)
{
    const auto folders = directory.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::ranges::any_of(folders, [](const QFileInfo& folder) {
        return QFileInfo(folder.filePath() + QStringLiteral("/up.sql")).isFile();
    });
}

Result<QString> findConfig(const QString& folder, const Environment& environment)
{
    const QString given = environment.value(QStringLiteral("DIESEL_CONFIG_FILE"));
    if (!given.isEmpty()) {
        const QString path = absoluteFrom(folder, given);
        if (!QFileInfo(path).isFile())
            return fail(ErrorKind::NotFound,
                        Words::tr("DIESEL_CONFIG_FILE names %1, which is not there.").arg(path));
        return path;
    }
    const QString root = nearestWithFile(folder, QStringLiteral("diesel.toml"));
    return root.isEmpty() ? QString() : QDir(root).filePath(QStringLiteral("diesel.toml"));
}

QString findDirectory(const QString& folder, const Project& project, const Config& config,
                      const Environment& environment)
{
    const QString given = environment.value(QStringLiteral("MIGRATION_DIRECTORY"));
    if (!given.isEmpty())
        return absoluteFrom(folder, given);
    if (!config.directory.isEmpty())
        return absoluteFrom(project.root, config.directory);
    const QString above = nearestWithFolder(folder, QStringLiteral("migrations"));
    if (!above.isEmpty())
        return QDir(above).filePath(QStringLiteral("migrations"));
    return looksLikeMigrations(QDir(folder)) ? QDir::cleanPath(folder) : QString();
}

}  // namespace

Result<Config> readConfig(const QString& path)
{
    const auto table = readToml(path);
    if (!table)
        return fail(table.error());
    if (auto known = checkKeys(*table); !known)
        return fail(ErrorKind::File,
                    Words::tr("Failed to parse config file %1: %2").arg(path, known.error().message));
    const Config config{.directory = textAt(*table, "migrations_directory", "dir"),
                        .schemaFile = textAt(*table, "print_schema", "file")};
    if (table->contains("migrations_directory") && config.directory.isEmpty())
        return fail(ErrorKind::File, Words::tr("%1: [migrations_directory] has no dir.").arg(path));
    return config;
}

Result<Project> configured(const QString& folder, const Environment& environment)
{
    const auto configFile = findConfig(folder, environment);
    if (!configFile)
        return fail(configFile.error());
    Project project{.tool = format().id, .configFile = *configFile};
    if (!project.configFile.isEmpty())
        project.root = QFileInfo(project.configFile).absolutePath();
    return project;
}

namespace {

Result<std::optional<Project>> withMigrations(Project project, const QString& folder,
                                              const Environment& environment)
{
    const auto config = project.configFile.isEmpty() ? Result<Config>() : readConfig(project.configFile);
    if (!config)
        return fail(config.error());
    project.directory = findDirectory(folder, project, *config, environment);
    if (project.directory.isEmpty())
        return std::nullopt;
    if (project.root.isEmpty())
        project.root = QFileInfo(project.directory).absolutePath();
    project.schemaFile = absoluteFrom(project.root, config->schemaFile);
    if (!project.configFile.isEmpty() || environment.contains(QStringLiteral("MIGRATION_DIRECTORY")))
        project.evidence = Evidence::Own;
    else if (looksLikeMigrations(QDir(project.directory)))
        project.evidence = Evidence::Content;
    return findDatabase(folder, environment, QStringLiteral("DATABASE_URL"), project, dotenvy).transform([&] {
        return std::optional(project);
    });
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto found = existingFolder(given);
    if (!found)
        return fail(found.error());
    const QString& folder = *found;
    auto project = configured(folder, environment);
    if (!project)
        return fail(project.error());
    return withMigrations(*std::move(project), folder, environment);
}

}  // namespace dewpoint::project::diesel
