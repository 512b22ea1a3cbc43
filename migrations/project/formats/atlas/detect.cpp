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

QString withoutComments(QString text)
{
    static const QRegularExpression comment(QStringLiteral("^\\s*(#|//).*$"),
                                            QRegularExpression::MultilineOption);
    return text.remove(comment);
}

/// A value: a text, getenv("NAME"), var.NAME with a default, or a bare word.
QString valueOf(const QString& inside, const QString& name, const QString& whole,
                const Environment& environment)
{
    const QRegularExpression entry(QStringLiteral("(?:^|\\n)\\s*%1\\s*=\\s*([^\\n]+)").arg(name));
    const QString value = entry.match(inside).captured(1).trimmed();
    static const QRegularExpression text(QStringLiteral("^\"([^\"$]*)\"$"));
    static const QRegularExpression variable(QStringLiteral("^getenv\\(\"(\\w+)\"\\)$"));
    static const QRegularExpression input(QStringLiteral("^var\\.(\\w+)$"));
    static const QRegularExpression bare(QStringLiteral("^\\w+$"));
    if (const auto match = text.match(value); match.hasMatch())
        return match.captured(1);
    if (const auto match = variable.match(value); match.hasMatch())
        return environment.value(match.captured(1));
    if (const auto match = input.match(value); match.hasMatch()) {
        const QRegularExpression head(QStringLiteral("variable\\s+\"%1\"\\s*\\{").arg(match.captured(1)));
        return valueOf(block(whole, head), QStringLiteral("default"), {}, environment);
    }
    return bare.match(value).hasMatch() ? value : QString();
}

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
    const QString chosen = block(text, anyEnvironment);
    const QString inner = block(chosen, migration);
    findDirectory(project, valueOf(inner, QStringLiteral("dir"), text, environment));
    project.evidence = evidenceOf(project, inner);
    const QString url = valueOf(chosen, QStringLiteral("url"), text, environment);
    project.databaseUrl = databaseUrl(url);
    project.databaseUrlBase = project.root;
    const QUrlQuery query(url.section(u'?', 1));
    if (query.queryItemValue(keys::foreignKeys) == QLatin1String("1"))
        project.settings.insert(keys::foreignKeys, QStringLiteral("1"));
    if (const QString schema = query.queryItemValue(QStringLiteral("search_path")); !schema.isEmpty())
        project.settings.insert(keys::revisionsSchema, schema);
    for (const QLatin1StringView name :
         {keys::revisionsSchema, keys::execOrder, keys::txMode, keys::baseline, keys::allowDirty}) {
        const QString value = valueOf(inner, name, text, environment).toLower().replace(u'_', u'-');
        if (!value.isEmpty())
            project.settings.insert(
                name, name == keys::revisionsSchema ? valueOf(inner, name, text, environment) : value);
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
    if (!project.databaseUrl.isEmpty())
        return project;
    return findDatabase(*folder, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        project.databaseUrl = databaseUrl(project.databaseUrl);
        return std::optional(project);
    });
}

}  // namespace dewpoint::project::atlas
