// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/atlas/atlas.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace dewpoint::project::atlas {

namespace {

/// A block of atlas.hcl, read as text: what stands between its braces.
QString block(const QString& text, const QRegularExpression& head)
{
    const auto match = head.match(text);
    if (!match.hasMatch())
        return {};
    int depth = 1;
    qsizetype at = match.capturedEnd();
    for (; at < text.size() && depth > 0; ++at)
        depth += text[at] == u'{' ? 1 : (text[at] == u'}' ? -1 : 0);
    return text.sliced(match.capturedEnd(), std::max<qsizetype>(at - 1 - match.capturedEnd(), 0));
}

/// The lines stay, so that places do.
QString withoutComments(QString text)
{
    static const QRegularExpression comment(QStringLiteral("^[^\\S\\n]*(#|//).*$"),
                                            QRegularExpression::MultilineOption);
    return text.remove(comment);
}

/// What atlas.hcl says, read as text.
class Config final
{
public:
    Config(QString text, QString file, const Environment& environment)
        : m_text(std::move(text)), m_file(std::move(file)), m_environment(environment)
    {}

    /// A text, getenv("NAME"), a var.NAME with a default, a local.NAME, or a bare word; empty where it is
    /// not there. Nothing where it is computed.
    std::optional<QString> value(const QString& inside, const QString& name) const
    {
        const QString value = expression(inside, name);
        static const QRegularExpression text(QStringLiteral("^\"([^\"$]*)\"$"));
        static const QRegularExpression variable(QStringLiteral("^getenv\\(\"(\\w+)\"\\)$"));
        static const QRegularExpression input(QStringLiteral("^(var|local)\\.(\\w+)$"));
        static const QRegularExpression bare(QStringLiteral("^\\w*$"));
        if (const auto match = text.match(value); match.hasMatch())
            return match.captured(1);
        if (const auto match = variable.match(value); match.hasMatch())
            return m_environment.value(match.captured(1));
        if (const auto match = input.match(value); match.hasMatch())
            return named(match.captured(1), match.captured(2));
        return bare.match(value).hasMatch() ? std::optional(value) : std::nullopt;
    }

    /// For what must be known before anything is read or written: else a person is asked.
    QString needed(const QString& inside, const QString& name, Project& project) const
    {
        if (const auto known = value(inside, name))
            return *known;
        const auto answer = answerTo(m_environment, name);
        if (!answer)
            project.unknowns.append({.key = name, .file = m_file, .line = lineOf(expression(inside, name))});
        return answer.value_or(QString());
    }

private:
    static QString expression(const QString& inside, const QString& name)
    {
        const QRegularExpression entry(QStringLiteral("(?:^|\\n)\\s*%1\\s*=\\s*([^\\n]+)").arg(name));
        return entry.match(inside).captured(1).trimmed();
    }

    /// A local may be computed of others; those are not followed.
    std::optional<QString> named(const QString& kind, const QString& name) const
    {
        const bool isLocal = kind == QLatin1String("local");
        const QRegularExpression head(isLocal ? QStringLiteral("(?:^|\\n)\\s*locals\\s*\\{")
                                              : QStringLiteral("variable\\s+\"%1\"\\s*\\{").arg(name));
        const QString inside = block(m_text, head);
        const QString key = isLocal ? name : QStringLiteral("default");
        const QString found = expression(inside, key);
        if (found.isEmpty() || found.contains(QLatin1String("local."))
            || found.contains(QLatin1String("var.")))
            return std::nullopt;
        return value(inside, key);
    }

    int lineOf(const QString& found) const
    {
        return static_cast<int>(QStringView(m_text).first(m_text.indexOf(found)).count(u'\n')) + 1;
    }

    QString m_text;
    QString m_file;
    const Environment& m_environment;
};

/// A postgres URL's search_path is nothing that libpq knows.
QString databaseUrl(const QString& url)
{
    return forLibpq(url, QStringLiteral("search_path"));
}

/// The folder of "file://migrations?format=atlas".
void findDirectory(Project& project, const QString& url)
{
    const QString place = url.isEmpty() ? QStringLiteral("file://migrations") : url;
    if (!place.startsWith(QLatin1String("file://")))
        project.settings.insert(keys::problem,
                                Words::tr("Its migrations are at %1, not in a folder.").arg(place));
    const QString format = QUrlQuery(place.section(u'?', 1)).queryItemValue(QStringLiteral("format"));
    if (!format.isEmpty() && format != QLatin1String("atlas"))
        project.settings.insert(
            keys::problem,
            Words::tr("Its files are in the format of %1: name it with --format.").arg(format));
    project.directory =
        absoluteFrom(project.root, place.section(u'?', 0, 0).sliced(place.indexOf(QLatin1String("//")) + 2));
}

/// atlas.hcl may describe a schema only, beside another tool's migrations.
Evidence evidenceOf(const Project& project, const QString& migrationBlock)
{
    if (project.settings.contains(keys::problem))
        return Evidence::Name;
    const bool summed = QFileInfo::exists(QDir(project.directory).filePath(QStringLiteral("atlas.sum")));
    return summed || !migrationBlock.isEmpty() ? Evidence::Own : Evidence::Name;
}

void readConfig(Project& project, const Environment& environment)
{
    static const QRegularExpression anyEnvironment(
        QStringLiteral("(?:^|\\n)\\s*env\\s+(\"\\w*\"|\\w+)?\\s*\\{"));
    static const QRegularExpression migration(QStringLiteral("(?:^|\\n)\\s*migration\\s*\\{"));
    const auto bytes = readScript(project.configFile);
    const QString text = withoutComments(QString::fromUtf8(bytes.value_or(QByteArray())));
    const Config config(text, project.configFile, environment);
    const QString chosen = block(text, anyEnvironment);
    const QString inner = block(chosen, migration);
    findDirectory(project, config.needed(inner, QStringLiteral("dir"), project));
    project.evidence = evidenceOf(project, inner);
    const auto url = config.value(chosen, QStringLiteral("url"));
    if (!url)
        project.databaseProblem =
            Words::tr("%1: the value of url is code, which Dewpoint does not run.").arg(project.configFile);
    project.databaseUrl = databaseUrl(url.value_or(QString()));
    project.databaseUrlBase = project.root;
    const QUrlQuery query(url.value_or(QString()).section(u'?', 1));
    if (query.queryItemValue(keys::foreignKeys) == QLatin1String("1"))
        project.settings.insert(keys::foreignKeys, QStringLiteral("1"));
    if (const QString schema = query.queryItemValue(QStringLiteral("search_path")); !schema.isEmpty())
        project.settings.insert(keys::revisionsSchema, schema);
    for (const QLatin1StringView name :
         {keys::revisionsSchema, keys::execOrder, keys::txMode, keys::baseline, keys::allowDirty}) {
        const QString value = config.needed(inner, name, project);
        if (!value.isEmpty())
            project.settings.insert(
                name, name == keys::revisionsSchema ? value : value.toLower().replace(u'_', u'-'));
    }
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id, .evidence = Evidence::Own};
    project.root = nearestWithFile(*folder, QStringLiteral("atlas.hcl"));
    if (!project.root.isEmpty()) {
        project.configFile = QDir(project.root).filePath(QStringLiteral("atlas.hcl"));
        readConfig(project, environment);
    } else {
        const QString above = nearestWithFile(*folder, QStringLiteral("migrations/atlas.sum"));
        project.directory = above.isEmpty() ? nearestWithFile(*folder, QStringLiteral("atlas.sum"))
                                            : above + QStringLiteral("/migrations");
        if (project.directory.isEmpty())
            return std::nullopt;
        project.root = QFileInfo(project.directory).absolutePath();
    }
    if (!project.databaseUrl.isEmpty() || !project.databaseProblem.isEmpty())
        return project;
    return findDatabase(*folder, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        project.databaseUrl = databaseUrl(project.databaseUrl);
        return std::optional(project);
    });
}

}  // namespace dewpoint::project::atlas
