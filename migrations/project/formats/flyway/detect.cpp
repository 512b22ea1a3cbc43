// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/flyway/flyway.h"
#include "project/jdbc_url.h"
#include "project/places.h"
#include "project/toml_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::project::flyway {

namespace {

using Settings = QMap<QString, QString>;

/// "out-of-order" and "OUT_OF_ORDER" are outOfOrder.
QString camelCase(const QString& name, QChar separator)
{
    QStringList words = name.toLower().split(separator);
    for (qsizetype i = 1; i < words.size(); ++i)
        words[i] = words[i].left(1).toUpper() + words[i].mid(1);
    return words.join(QString());
}

QString textOf(const toml::node& node)
{
    if (const auto* array = node.as_array()) {
        QStringList parts;
        for (const auto& element : *array)
            parts << textOf(element);
        return parts.join(u',');
    }
    if (const auto text = node.value<std::string>())
        return QString::fromStdString(*text);
    if (const auto* flag = node.as_boolean())
        return flag->get() ? QStringLiteral("true") : QStringLiteral("false");
    const auto number = node.value<int64_t>();
    return number ? QString::number(*number) : QString();
}

void flatten(const toml::table& table, const QString& prefix, Settings& settings)
{
    for (const auto& [key, value] : table) {
        const QString name = prefix + QString::fromUtf8(key.data(), static_cast<qsizetype>(key.length()));
        if (const auto* inner = value.as_table())
            flatten(*inner, name + u'.', settings);
        else
            settings.insert(name, textOf(value));
    }
}

/// [flyway] and the environment it names; an environment's url, user and password are the database's.
Result<Settings> readTomlConfig(const QString& path)
{
    const auto table = readToml(path);
    if (!table)
        return fail(table.error());
    Settings settings;
    if (const auto* own = (*table)["flyway"].as_table())
        flatten(*own, {}, settings);
    const std::string environment =
        settings.value(QStringLiteral("environment"), QStringLiteral("default")).toStdString();
    if (const auto* chosen = (*table)["environments"][environment].as_table())
        flatten(*chosen, {}, settings);
    return settings;
}

/// Lines "prefix.name=value", as Java's properties have them.
Settings readProperties(const QString& path, const QString& prefix, const Environment& environment)
{
    static const QRegularExpression variable(QStringLiteral("\\$\\{(\\w+)\\}"));
    Settings settings;
    const auto text = readScript(path);
    const QStringList lines = QString::fromUtf8(text.value_or(QByteArray())).split(u'\n');
    for (const QString& given : lines) {
        const QString line = given.trimmed();
        if (!line.startsWith(prefix) || !line.contains(u'='))
            continue;
        QString value = line.section(u'=', 1).trimmed();
        for (auto match = variable.match(value); match.hasMatch(); match = variable.match(value))
            value.replace(match.capturedStart(), match.capturedLength(),
                          environment.value(match.captured(1)));
        settings.insert(line.section(u'=', 0, 0).trimmed().sliced(prefix.size()), value);
    }
    return settings;
}

/// FLYWAY_OUT_OF_ORDER is outOfOrder, FLYWAY_PLACEHOLDERS_X is placeholders.x.
Settings readEnvironment(const Environment& environment)
{
    const QString prefix = QStringLiteral("FLYWAY_");
    const QString placeholders = QStringLiteral("PLACEHOLDERS_");
    Settings settings;
    for (auto entry = environment.begin(); entry != environment.end(); ++entry) {
        if (!entry.key().startsWith(prefix))
            continue;
        const QString name = entry.key().sliced(prefix.size());
        settings.insert(name.startsWith(placeholders)
                            ? QStringLiteral("placeholders.") + name.sliced(placeholders.size()).toLower()
                            : camelCase(name, u'_'),
                        entry.value());
    }
    return settings;
}

/// Spring Boot's application.properties: spring.flyway.out-of-order, spring.datasource.url.
Settings readSpring(const QString& root, const Environment& environment)
{
    const QString path = QDir(root).filePath(QStringLiteral("src/main/resources/application.properties"));
    Settings settings;
    const Settings source = readProperties(path, QStringLiteral("spring.datasource."), environment);
    settings.insert(QStringLiteral("url"), source.value(QStringLiteral("url")));
    settings.insert(QStringLiteral("user"), source.value(QStringLiteral("username")));
    settings.insert(QStringLiteral("password"), source.value(QStringLiteral("password")));
    const Settings own = readProperties(path, QStringLiteral("spring.flyway."), environment);
    for (auto entry = own.begin(); entry != own.end(); ++entry)
        settings.insert(camelCase(entry.key(), u'-'), entry.value());
    settings.removeIf([](const auto& entry) { return entry.value().isEmpty(); });
    return settings;
}

struct Config {
    QString root;
    QString file;
    Settings settings;
};

Result<std::optional<Config>> readConfig(const QString& folder, const Environment& environment)
{
    for (const QString& name : {QStringLiteral("flyway.toml"), QStringLiteral("flyway.conf"),
                                QStringLiteral("conf/flyway.toml"), QStringLiteral("conf/flyway.conf")}) {
        const QString root = nearestWithFile(folder, name);
        if (root.isEmpty())
            continue;
        Config config{.root = root, .file = QDir(root).filePath(name), .settings = {}};
        if (name.endsWith(QLatin1String(".conf"))) {
            config.settings = readProperties(config.file, QStringLiteral("flyway."), environment);
            return config;
        }
        auto settings = readTomlConfig(config.file);
        if (!settings)
            return fail(settings.error());
        config.settings = *std::move(settings);
        return config;
    }
    return std::nullopt;
}

/// Below a folder only where the folder's name is Flyway's own: it could be a whole home.
bool hasMigrations(const QString& directory, const Project& project, QDirIterator::IteratorFlag depth)
{
    QDirIterator files(directory, QDir::Files, depth);
    while (files.hasNext()) {
        files.next();
        if (parseFileName(files.fileName(), project))
            return true;
    }
    return false;
}

bool manifestNamesFlyway(const QString& root)
{
    return std::ranges::any_of(QStringList{QStringLiteral("pom.xml"), QStringLiteral("build.gradle"),
                                           QStringLiteral("build.gradle.kts")},
                               [&](const QString& name) {
                                   const auto text = readScript(QDir(root).filePath(name));
                                   return text && text->contains("flyway");
                               });
}

const QStringList& usualFolders()
{
    static const QStringList folders{QStringLiteral("src/main/resources/db/migration"),
                                     QStringLiteral("db/migration"), QStringLiteral("sql")};
    return folders;
}

/// "filesystem:sql,classpath:db/migration" as folders.
QStringList locationsOf(const Project& project, const QString& given)
{
    QStringList folders;
    const QDir root(project.root);
    for (const QString& one : given.split(u',', Qt::SkipEmptyParts)) {
        const QString path = one.trimmed();
        if (!path.startsWith(QLatin1String("classpath:"))) {
            folders << absoluteFrom(project.root,
                                    path.startsWith(QLatin1String("filesystem:")) ? path.sliced(11) : path);
            continue;
        }
        QString inside = path.sliced(10);
        while (inside.startsWith(u'/'))
            inside.remove(0, 1);
        const QString resources = QStringLiteral("src/main/resources/") + inside;
        folders << absoluteFrom(project.root, root.exists(resources) ? resources : inside);
    }
    if (!folders.isEmpty())
        return folders;
    for (const QString& usual : usualFolders()) {
        if (root.exists(usual))
            return {root.filePath(usual)};
    }
    return {root.filePath(QStringLiteral("sql"))};
}

void findTarget(Project& project)
{
    const QString url = project.settings.take(QStringLiteral("url"));
    const QString user = project.settings.take(QStringLiteral("user"));
    const QString password = project.settings.take(QStringLiteral("password"));
    if (url.isEmpty())
        return;
    const auto target = fromJdbc(url, user, password);
    if (!target) {
        project.databaseProblem = target.error().message;
        return;
    }
    project.databaseUrl = target->url;
    project.databaseUrlBase = project.root;
    project.engine = target->engine;
}

/// Without any configuration: one of the usual folders here or above, or this folder, with names of the
/// grammar.
std::optional<Project> byFolder(const QString& folder, Project project)
{
    for (const QString& usual : usualFolders()) {
        const QString above = nearestWithFolder(folder, usual);
        if (above.isEmpty()
            || !hasMigrations(QDir(above).filePath(usual), project, QDirIterator::Subdirectories))
            continue;
        project.root = above;
        project.directory = QDir(above).filePath(usual);
        project.evidence = usual == QLatin1String("sql") ? Evidence::Name : Evidence::Content;
        return project;
    }
    for (const QString& directory : {QDir(folder).filePath(QStringLiteral("migrations")), folder}) {
        if (!QFileInfo(directory).isDir()
            || !hasMigrations(directory, project, QDirIterator::NoIteratorFlags))
            continue;
        static const QRegularExpression onlyHere(QStringLiteral("^(R__|B[0-9]|V[0-9]+[._][0-9])"));
        project.root = QFileInfo(directory).absolutePath();
        project.directory = directory;
        const QStringList names = QDir(directory).entryList(QDir::Files);
        project.evidence = names.filter(onlyHere).isEmpty() ? Evidence::Name : Evidence::Content;
        return project;
    }
    return std::nullopt;
}

}  // namespace

QStringList foldersOf(const Project& project)
{
    const QStringList named = option(project, keys::locations).split(u'\n', Qt::SkipEmptyParts);
    return named.isEmpty() ? QStringList{project.directory} : named;
}

QString option(const Project& project, QLatin1StringView name, const char* otherwise)
{
    return project.settings.value(name, QString::fromLatin1(otherwise));
}

bool isOn(const Project& project, QLatin1StringView name, bool otherwise)
{
    const QString value = option(project, name);
    return value.isEmpty() ? otherwise : value.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
}

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    const auto config = readConfig(*folder, environment);
    if (!config)
        return fail(config.error());
    Project project{.tool = format().id};
    if (*config) {
        project.evidence = Evidence::Own;
        project.root = (*config)->root;
        project.configFile = (*config)->file;
        project.settings = (*config)->settings;
    } else {
        auto found = byFolder(*folder, project);
        if (!found)
            return std::nullopt;
        project = *std::move(found);
        if (manifestNamesFlyway(project.root))
            project.evidence = Evidence::Own;
        project.settings = readSpring(project.root, environment);
    }
    project.settings.insert(readEnvironment(environment));
    if (project.settings.value(keys::schema).isEmpty()
        && project.settings.contains(QStringLiteral("schemas")))
        project.settings.insert(
            keys::schema, project.settings.value(QStringLiteral("schemas")).section(u',', 0, 0).trimmed());
    const QStringList folders = *config || project.settings.contains(keys::locations)
                                    ? locationsOf(project, project.settings.value(keys::locations))
                                    : QStringList{project.directory};
    project.directory = folders.first();
    project.settings.insert(keys::locations, folders.join(u'\n'));
    findTarget(project);
    if (!project.databaseUrl.isEmpty() || !project.databaseProblem.isEmpty())
        return project;
    return findDatabase(*folder, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        return std::optional(project);
    });
}

}  // namespace dewpoint::project::flyway
