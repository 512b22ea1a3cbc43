// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/sqlx/sqlx.h"
#include "project/places.h"
#include "project/toml_file.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::sqlx {

namespace {

QString textOf(const toml::node_view<const toml::node>& node)
{
    const auto text = node.value<std::string>();
    return text ? QString::fromStdString(*text) : QString();
}

QString joined(const toml::node_view<const toml::node>& node, const QString& separator)
{
    QStringList parts;
    if (const auto* array = node.as_array()) {
        for (const auto& element : *array)
            parts << QString::fromStdString(element.value_or(std::string()));
    }
    return parts.join(separator);
}

/// True for a folder in which a file has the grammar's name.
bool hasMigrations(const QString& folder)
{
    return std::ranges::any_of(QDir(folder).entryList(QDir::Files), [](const QString& name) {
        const auto parsed = parseFileName(name);
        return parsed && *parsed;
    });
}

struct Config {
    QString directory;
    QString variable = QStringLiteral("DATABASE_URL");
    QMap<QString, QString> settings;
};

Result<Config> readConfig(const QString& path)
{
    const auto read = readToml(path);
    if (!read)
        return fail(read.error());
    const toml::table& table = *read;
    Config config;
    const auto migrate = table["migrate"];
    config.directory = textOf(migrate["migrations-dir"]);
    if (const QString variable = textOf(table["common"]["database-url-var"]); !variable.isEmpty())
        config.variable = variable;
    config.settings = {
        {keys::tableName, textOf(migrate["table-name"])},
        {keys::createSchemas, joined(migrate["create-schemas"], QStringLiteral("\n"))},
        {keys::ignoredChars, joined(migrate["ignored-chars"], {})},
        {keys::migrationType, textOf(migrate["defaults"]["migration-type"])},
        {keys::versioning, textOf(migrate["defaults"]["migration-versioning"])},
    };
    config.settings.removeIf([](const auto& entry) { return entry.value().isEmpty(); });
    return config;
}

QString findDirectory(const QString& folder)
{
    const QString above = nearestWithFolder(folder, QStringLiteral("migrations"));
    if (!above.isEmpty())
        return QDir(above).filePath(QStringLiteral("migrations"));
    return hasMigrations(folder) ? QDir::cleanPath(folder) : QString();
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id};
    Config config;
    project.root = nearestWithFile(*folder, QStringLiteral("sqlx.toml"));
    if (!project.root.isEmpty()) {
        project.configFile = QDir(project.root).filePath(QStringLiteral("sqlx.toml"));
        auto read = readConfig(project.configFile);
        if (!read)
            return fail(read.error());
        config = *std::move(read);
        const QString wanted = config.directory.isEmpty() ? QStringLiteral("migrations") : config.directory;
        project.directory = absoluteFrom(project.root, wanted);
    } else {
        project.directory = findDirectory(*folder);
        if (project.directory.isEmpty())
            return std::nullopt;
        project.root = QFileInfo(project.directory).absolutePath();
    }
    project.settings = config.settings;
    // Simple numbered files could be anybody's: only Cargo.toml or .sqlx/ says that they are SQLx'.
    const bool own = !project.configFile.isEmpty() || cargoDependsOn(project.root, QStringLiteral("sqlx"))
                     || QFileInfo(QDir(project.root).filePath(QStringLiteral(".sqlx"))).isDir();
    project.evidence = own ? Evidence::Own : Evidence::Name;
    if (project.evidence == Evidence::Name && !hasMigrations(project.directory))
        return std::nullopt;
    return findDatabase(*folder, environment, config.variable, project, dotenvy).transform([&] {
        return std::optional(project);
    });
}

}  // namespace dewpoint::project::sqlx
