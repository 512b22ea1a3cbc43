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

struct Places {
    QString schema;
    QString migrations;  ///< empty: beside the schema
    QString url;
    QString config;
    QString problem;
};

Result<> readConfig(const QString& root, const Environment& environment, Places& places)
{
    places.config = QDir(root).filePath(QStringLiteral("prisma.config.ts"));
    const auto text = readScript(places.config);
    if (!text)
        return fail(text.error());
    const auto values = exportedObject(QString::fromUtf8(*text));
    if (!values) {
        places.problem =
            Words::tr("%1 exports something that Dewpoint would have to run.").arg(places.config);
        return {};
    }
    for (const auto& [key, target] : {std::pair(QStringLiteral("schema"), &places.schema),
                                      std::pair(QStringLiteral("migrations.path"), &places.migrations),
                                      std::pair(QStringLiteral("datasource.url"), &places.url)}) {
        if (!values->contains(key))
            continue;
        *target = textOf(values->value(key), root, environment);
        if (target->isEmpty() && key == QLatin1String("datasource.url"))
            places.problem =
                Words::tr("%1: the value of %2 is code, which Dewpoint does not run, or is not set.")
                    .arg(places.config, key);
    }
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
    if (project.root.isEmpty())
        return std::nullopt;
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
    if (source.provider == QLatin1String("sqlite"))
        project.engine = Engine::Sqlite;
    else if (source.provider.startsWith(QLatin1String("postgres")))
        project.engine = Engine::Postgres;
    else if (!source.provider.isEmpty())
        return std::nullopt;  // MySQL and others
    project.configFile = places.config.isEmpty() ? project.schemaFile : places.config;
    project.directory = !places.migrations.isEmpty()
                            ? absoluteFrom(project.root, places.migrations)
                            : QFileInfo(project.schemaFile).absolutePath() + QStringLiteral("/migrations");
    findUrl(places, source, environment, project);
    return project;
}

}  // namespace dewpoint::project::prisma
