// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/prisma/prisma.h"
#include "project/js_object.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace dewpoint::project::prisma {

namespace {

/// Of a value in prisma.config.ts: a literal, env('NAME') or process.env.NAME.
QString textOf(const JsValue& value, const QString& folder, const Environment& environment)
{
    if (value.isLiteral())
        return value.text;
    static const QRegularExpression variable(
        QStringLiteral("^(?:env(?:<\\w+>)?\\(\\s*['\"](\\w+)['\"]\\s*\\)|process\\.env\\.(\\w+)|process\\."
                       "env\\[\\s*['\"](\\w+)['\"]\\s*\\])!?$"));
    const auto match = variable.match(value.text);
    if (!match.hasMatch())
        return {};
    return setting(folder, environment, match.captured(1) + match.captured(2) + match.captured(3)).value;
}

std::optional<Engine> engineOf(const QString& provider)
{
    if (provider == QLatin1String("sqlite"))
        return Engine::Sqlite;
    return provider.startsWith(QLatin1String("postgres")) ? std::optional(Engine::Postgres) : std::nullopt;
}

struct Places {
    QString schema;
    QString migrations;  ///< empty: beside the schema
    QString url;
    QString config;
    QString problem;
    QList<Unknown> unknowns;
};

/// A place that must be known before anything is read: where it is code, a person's answer.
QString placeOf(const JsObject& values, const QString& key, const QString& root,
                const Environment& environment, Places& places)
{
    const auto value = valueOf(values, key);
    const QString known = value ? textOf(*value, root, environment) : QString();
    if (!value || !known.isEmpty() || value->text == QLatin1String("undefined"))
        return known;
    if (const auto answer = answerTo(environment, key))
        return *answer;
    places.unknowns.append({.key = key, .file = places.config, .line = value->line});
    return {};
}

Result<> readConfig(const QString& root, const Environment& environment, Places& places)
{
    places.config = QDir(root).filePath(QStringLiteral("prisma.config.ts"));
    const auto text = readScript(places.config);
    if (!text)
        return fail(text.error());
    // What is exported by code may have anything in it.
    const JsObject values = exportedObject(QString::fromUtf8(*text)).value_or(JsObject{{spread, JsValue{}}});
    places.schema = placeOf(values, QStringLiteral("schema"), root, environment, places);
    places.migrations = placeOf(values, QStringLiteral("migrations.path"), root, environment, places);
    const QString key = QStringLiteral("datasource.url");
    const auto url = valueOf(values, key);
    places.url = url ? textOf(*url, root, environment) : QString();
    if (url && places.url.isEmpty())
        places.problem = Words::tr("%1: the value of %2 is code, which Dewpoint does not run, or is not set.")
                             .arg(places.config, key);
    return {};
}

QString schemaOfPackage(const QString& root)
{
    const auto text = readScript(QDir(root).filePath(QStringLiteral("package.json")));
    return text ? QJsonDocument::fromJson(*text)
                      .object()
                      .value(QLatin1String("prisma"))
                      .toObject()
                      .value(QLatin1String("schema"))
                      .toString()
                : QString();
}

/// The folder schema's parts are read one after the other until a datasource is found.
QString findSchema(const QString& root, const QString& named)
{
    for (const QString& name : {named, QStringLiteral("prisma/schema.prisma"),
                                QStringLiteral("schema.prisma"), QStringLiteral("prisma/schema")}) {
        const QString path = absoluteFrom(root, name);
        if (QFileInfo(path).isFile())
            return path;
        const QDir folder(path);
        for (const QString& part :
             path.isEmpty() ? QStringList() : folder.entryList({QStringLiteral("*.prisma")})) {
            const auto text = readScript(folder.filePath(part));
            if (text && !readDatasource(QString::fromUtf8(*text)).provider.isEmpty())
                return folder.filePath(part);
        }
    }
    return {};
}

QString findRoot(const QString& folder)
{
    QDir directory(folder);
    do {
        if (QFileInfo(directory.filePath(QStringLiteral("prisma.config.ts"))).isFile())
            return directory.absolutePath();
        // prisma/schema.prisma belongs to the folder above, where the tool is run and its .env is.
        const bool belongsAbove = directory.dirName() == QLatin1String("prisma")
                                  && QFileInfo(directory.filePath(QStringLiteral("schema.prisma"))).isFile();
        if (!belongsAbove && !findSchema(directory.path(), schemaOfPackage(directory.path())).isEmpty())
            return directory.absolutePath();
    } while (directory.cdUp());
    return {};
}

void findUrl(const Places& places, const Datasource& source, const Environment& environment, Project& project)
{
    project.databaseUrlBase =
        places.url.isEmpty() ? QFileInfo(project.schemaFile).absolutePath() : project.root;
    project.databaseUrl = places.url.isEmpty() ? source.url : places.url;
    if (project.databaseUrl.isEmpty() && !source.variable.isEmpty())
        project.databaseUrl = setting(project.root, environment, source.variable).value;
    project.databaseProblem = project.databaseUrl.isEmpty() ? places.problem : QString();
    project.databaseUrl = spelled(project, project.databaseUrl);
}

/// Neither schema nor configuration, but the folder of migrations with its lock.
std::optional<Project> withoutSchema(const QString& folder)
{
    for (const QString& place :
         {QString(), QStringLiteral("/migrations"), QStringLiteral("/prisma/migrations")}) {
        const auto lock = readScript(folder + place + QStringLiteral("/migration_lock.toml"));
        static const QRegularExpression provider(QStringLiteral("^\\s*provider\\s*=\\s*\"([^\"]*)\""),
                                                 QRegularExpression::MultilineOption);
        const QString named = lock ? provider.match(QString::fromUtf8(*lock)).captured(1) : QString();
        const auto engine = engineOf(named);
        if (!engine)
            continue;
        const QString directory = folder + place;
        const QString above = QFileInfo(directory).absolutePath();
        return Project{.tool = format().id,
                       .evidence = Evidence::Own,
                       .root = QFileInfo(above).fileName() == QLatin1String("prisma")
                                   ? QFileInfo(above).absolutePath()
                                   : above,
                       .directory = directory,
                       .databaseUrlBase = above,
                       .engine = engine};
    }
    return std::nullopt;
}

}  // namespace

/// A file: URL starts from the project, wherever it is given.
QString spelled(const Project& project, const QString& url)
{
    constexpr QLatin1StringView file("file:");
    if (url.startsWith(file))
        return QLatin1StringView("sqlite:") + absoluteFrom(project.databaseUrlBase, url.sliced(file.size()));
    return forLibpq(url, QStringLiteral("schema"),
                    {QStringLiteral("connection_limit"), QStringLiteral("pool_timeout"),
                     QStringLiteral("pgbouncer"), QStringLiteral("socket_timeout"),
                     QStringLiteral("statement_cache_size"), QStringLiteral("sslaccept"),
                     QStringLiteral("sslidentity"), QStringLiteral("sslpassword")});
}

Datasource readDatasource(const QString& schema)
{
    static const QRegularExpression comment(QStringLiteral("^\\s*//.*$"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression block(QStringLiteral("\\bdatasource\\s+\\w+\\s*\\{([^}]*)\\}"));
    static const QRegularExpression provider(QStringLiteral("\\bprovider\\s*=\\s*\"([^\"]*)\""));
    static const QRegularExpression url(
        QStringLiteral("\\burl\\s*=\\s*(?:\"([^\"]*)\"|env\\(\\s*\"([^\"]*)\"\\s*\\))"));
    const QString body = block.match(QString(schema).remove(comment)).captured(1);
    const auto place = url.match(body);
    return {.provider = provider.match(body).captured(1),
            .url = place.captured(1),
            .variable = place.captured(2)};
}

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id, .evidence = Evidence::Own, .root = findRoot(*folder)};
    if (project.root.isEmpty()) {
        auto bare = withoutSchema(*folder);
        if (!bare)
            return bare;
        return findDatabase(bare->root, environment, QStringLiteral("DATABASE_URL"), *bare).transform([&] {
            bare->databaseUrl = spelled(*bare, bare->databaseUrl);
            return bare;
        });
    }
    Places places;
    if (QFileInfo(QDir(project.root).filePath(QStringLiteral("prisma.config.ts"))).isFile()) {
        if (auto read = readConfig(project.root, environment, places); !read)
            return fail(read.error());
    }
    project.schemaFile =
        findSchema(project.root, places.schema.isEmpty() ? schemaOfPackage(project.root) : places.schema);
    const auto text = project.schemaFile.isEmpty() ? Result<QByteArray>() : readScript(project.schemaFile);
    if (!text)
        return fail(text.error());
    const Datasource source = readDatasource(QString::fromUtf8(*text));
    project.engine = engineOf(source.provider);
    if (!project.engine && !source.provider.isEmpty())
        return std::nullopt;  // MySQL and others
    project.unknowns = places.unknowns;
    project.configFile = places.config.isEmpty() ? project.schemaFile : places.config;
    project.directory = !places.migrations.isEmpty()
                            ? absoluteFrom(project.root, places.migrations)
                            : QFileInfo(project.schemaFile).absolutePath() + QStringLiteral("/migrations");
    findUrl(places, source, environment, project);
    return project;
}

}  // namespace dewpoint::project::prisma
