// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/drizzle/drizzle.h"
#include "project/js_object.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace dewpoint::project::drizzle {

namespace {

/// Node's dotenv leaves a "$" alone.
constexpr DotEnvRules dotEnvRules{.expands = false};

bool isFile(const QString& path)
{
    return QFileInfo(path).isFile();
}

QString journalIn(const QString& directory)
{
    return directory + QStringLiteral("/meta/_journal.json");
}

/// The tool's order, but upward: a folder inside the project may be opened.
QString findConfig(const QString& folder)
{
    QDir directory(folder);
    do {
        for (const QString& ending : {QStringLiteral("ts"), QStringLiteral("js"), QStringLiteral("json")}) {
            const QString path = directory.filePath(QStringLiteral("drizzle.config.") + ending);
            if (isFile(path))
                return path;
        }
    } while (directory.cdUp());
    return {};
}

/// Answers the values of a configuration that are literals or plain process.env.NAME.
class Config final
{
public:
    Config(JsObject values, QString file, const Environment& environment)
        : m_values(std::move(values)), m_file(std::move(file)), m_environment(environment)
    {}

    /// Empty when it is not there or its value is not known; the reason is in problem() then.
    QString text(const QString& key)
    {
        const auto value = valueOf(m_values, key);
        if (!value)
            return {};
        if (value->isLiteral())
            return value->text;
        static const QRegularExpression variable(QStringLiteral(
            "^process\\.env(?:\\.(\\w+)|\\[\\s*['\"](\\w+)['\"]\\s*\\])\\s*!?(?:\\s+as\\s+string)?"
            "(?:\\s*(?:\\?\\?|\\|\\|)\\s*['\"]([^'\"]*)['\"])?$"));
        const auto match = variable.match(value->text);
        if (match.hasMatch()) {
            const QString name = match.captured(1) + match.captured(2);
            const QString found = fromEnvironment(name);
            if (!found.isEmpty() || match.hasCaptured(3))
                return found.isEmpty() ? match.captured(3) : found;
            m_problem = Words::tr("%1, line %2: %3 is not set, neither in the environment nor in .env.")
                            .arg(m_file)
                            .arg(value->line)
                            .arg(name);
            return {};
        }
        m_unknown = Unknown{.key = key, .file = m_file, .line = value->line};
        m_problem = m_unknown->sentence();
        return {};
    }

    /// The same for what must be known before anything is read or written: else a person is asked.
    QString needed(const QString& key, Project& project)
    {
        m_unknown.reset();
        const QString value = text(key);
        if (!m_unknown)
            return value;
        const auto answer = answerTo(m_environment, key);
        if (!answer)
            project.unknowns.append(*m_unknown);
        return answer.value_or(QString());
    }
    bool has(const QString& key) const { return m_values.contains(key); }
    QString problem() const { return m_problem; }

private:
    QString fromEnvironment(const QString& name) const
    {
        if (m_environment.contains(name))
            return m_environment.value(name);
        const auto dotEnv = findDotEnv(QFileInfo(m_file).absolutePath(), m_environment, dotEnvRules);
        return dotEnv && *dotEnv ? (*dotEnv)->values.value(name) : QString();
    }

    JsObject m_values;
    QString m_file;
    const Environment& m_environment;
    QString m_problem;
    std::optional<Unknown> m_unknown;
};

QString urlFromParts(Config& config)
{
    if (!config.has(QStringLiteral("dbCredentials.host")))
        return {};
    QUrl url;
    url.setScheme(QStringLiteral("postgres"));
    url.setHost(config.text(QStringLiteral("dbCredentials.host")));
    if (const int port = config.text(QStringLiteral("dbCredentials.port")).toInt(); port > 0)
        url.setPort(port);
    url.setUserName(config.text(QStringLiteral("dbCredentials.user")), QUrl::DecodedMode);
    url.setPassword(config.text(QStringLiteral("dbCredentials.password")), QUrl::DecodedMode);
    url.setPath(u'/' + config.text(QStringLiteral("dbCredentials.database")), QUrl::DecodedMode);
    const QString ssl = config.text(QStringLiteral("dbCredentials.ssl"));
    if (ssl == QLatin1String("true"))
        url.setQuery(QStringLiteral("sslmode=require"));
    else if (!ssl.isEmpty() && ssl != QLatin1String("false"))
        url.setQuery(QStringLiteral("sslmode=") + ssl);
    return url.toString(QUrl::FullyEncoded);
}

/// Drivers that reach no file and no server of ours.
void refuseForeignDriver(const QString& driver, Project& project)
{
    const bool remote = project.databaseUrl.startsWith(QLatin1String("libsql:"))
                        || project.databaseUrl.startsWith(QLatin1String("http"));
    if (driver.isEmpty() && !remote)
        return;
    project.databaseUrl.clear();
    project.databaseProblem =
        Words::tr("%1 names a database that Dewpoint cannot open itself.").arg(project.configFile);
}

void readDatabase(Config& config, Project& project)
{
    project.databaseUrlBase = project.root;
    project.databaseUrl = config.text(QStringLiteral("dbCredentials.url"));
    if (project.databaseUrl.isEmpty())
        project.databaseUrl = urlFromParts(config);
    if (project.databaseUrl.isEmpty())
        project.databaseProblem = config.problem();
    refuseForeignDriver(config.text(QStringLiteral("driver")), project);
}

std::optional<Engine> engineOf(const QString& dialect)
{
    if (dialect == QLatin1String("postgresql") || dialect == QLatin1String("pg")
        || dialect == QLatin1String("postgres"))
        return Engine::Postgres;
    if (dialect == QLatin1String("sqlite") || dialect == QLatin1String("turso"))
        return Engine::Sqlite;
    return std::nullopt;
}

QString dialectIn(const QString& path)
{
    const auto text = readScript(path);
    return text ? QJsonDocument::fromJson(*text).object().value(QLatin1String("dialect")).toString()
                : QString();
}

/// Of the journal, else of a snapshot.
QString dialectOf(const QString& directory)
{
    if (isFile(journalIn(directory)))
        return dialectIn(journalIn(directory));
    for (const QFileInfo& folder : QDir(directory).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString dialect = dialectIn(folder.filePath() + QStringLiteral("/snapshot.json"));
        if (!dialect.isEmpty())
            return dialect;
    }
    return {};
}

bool hasFolderMigrations(const QString& directory)
{
    return std::ranges::any_of(QDir(directory).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot),
                               [](const QFileInfo& folder) {
                                   return isFile(folder.filePath() + QStringLiteral("/migration.sql"))
                                          && isFile(folder.filePath() + QStringLiteral("/snapshot.json"));
                               });
}

/// "^0.31.0", "1.0.0-rc.5": the installed release, else the one that package.json asks for.
QString kitVersion(const QString& root)
{
    const QString installed = nearestWithFile(root, QStringLiteral("node_modules/drizzle-kit/package.json"));
    if (!installed.isEmpty()) {
        const auto text =
            readScript(QDir(installed).filePath(QStringLiteral("node_modules/drizzle-kit/package.json")));
        return text ? QJsonDocument::fromJson(*text).object().value(QLatin1String("version")).toString()
                    : QString();
    }
    const QString asked = nearestWithFile(root, QStringLiteral("package.json"));
    const auto text = readScript(QDir(asked).filePath(QStringLiteral("package.json")));
    const QJsonObject package = text ? QJsonDocument::fromJson(*text).object() : QJsonObject();
    for (const QString& kind : {QStringLiteral("devDependencies"), QStringLiteral("dependencies")}) {
        const QString version = package.value(kind).toObject().value(QLatin1String("drizzle-kit")).toString();
        if (!version.isEmpty())
            return version;
    }
    return {};
}

QString layoutOf(const Project& project)
{
    if (isFile(journalIn(project.directory)))
        return QStringLiteral("journal");
    static const QRegularExpression one(QStringLiteral("^[\\^~>=v ]*[1-9]"));
    const bool isNew =
        hasFolderMigrations(project.directory) || one.match(kitVersion(project.root)).hasMatch();
    return isNew ? QStringLiteral("folders") : QStringLiteral("journal");
}

Result<std::optional<Project>> readConfig(const QString& path, const Environment& environment)
{
    const auto text = readScript(path);
    if (!text)
        return fail(text.error());
    Project project{.tool = format().id,
                    .evidence = Evidence::Own,
                    .root = QFileInfo(path).absolutePath(),
                    .configFile = path};
    const auto values = exportedObject(QString::fromUtf8(*text));
    // What is exported by code may have anything in it.
    Config config(values.value_or(JsObject{{spread, JsValue{}}}), path, environment);
    const QString out = config.needed(QStringLiteral("out"), project);
    project.directory = absoluteFrom(project.root, out.isEmpty() ? QStringLiteral("drizzle") : out);
    const QString dialect = config.text(QStringLiteral("dialect"));
    project.engine = engineOf(dialect);
    if (!dialect.isEmpty() && !project.engine)
        return std::nullopt;  // MySQL and others
    readDatabase(config, project);
    for (const QLatin1StringView key : {keys::table, keys::schema, keys::prefix, keys::breakpoints}) {
        if (const QString value = config.needed(key, project); !value.isEmpty())
            project.settings.insert(key, value);
    }
    return project;
}

bool isOutput(const QString& directory)
{
    return isFile(journalIn(directory)) || hasFolderMigrations(directory);
}

/// No configuration, but the output folder itself or one named drizzle/ is here.
std::optional<Project> withoutConfig(const QString& folder)
{
    for (const QString& directory : {folder, folder + QStringLiteral("/drizzle")}) {
        if (!isOutput(directory))
            continue;
        return Project{.tool = format().id,
                       .evidence = Evidence::Own,
                       .root = QFileInfo(directory).absolutePath(),
                       .directory = directory,
                       .engine = engineOf(dialectOf(directory))};
    }
    return std::nullopt;
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    const QString config = findConfig(*folder);
    auto project = config.isEmpty() ? Result<std::optional<Project>>(withoutConfig(*folder))
                                    : readConfig(config, environment);
    if (!project || !*project)
        return project;
    // A configuration above speaks for its own output folder, not for another one that is opened.
    if (isOutput(*folder) && (*project)->directory != *folder)
        project = withoutConfig(*folder);
    (*project)->settings.insert(keys::layout, layoutOf(**project));
    if (!(*project)->databaseUrl.isEmpty() || !(*project)->databaseProblem.isEmpty())
        return project;
    return findDatabase((*project)->root, environment, QStringLiteral("DATABASE_URL"), **project, dotEnvRules)
        .transform([&] { return *project; });
}

}  // namespace dewpoint::project::drizzle
