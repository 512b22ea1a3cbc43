// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/places.h"

#include "base/words.h"
#include "project/migration.h"
#include "sql/dialect.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace dewpoint::project {

namespace {

QString nearestWith(const QString& folder, const QString& entry, bool wantsFolder)
{
    QDir directory(folder);
    do {
        const QFileInfo info(directory.filePath(entry));
        if (wantsFolder ? info.isDir() : info.isFile())
            return directory.absolutePath();
    } while (directory.cdUp());
    return {};
}

}  // namespace

QString nearestWithFile(const QString& folder, const QString& name)
{
    return nearestWith(folder, name, false);
}

QString nearestWithFolder(const QString& folder, const QString& name)
{
    return nearestWith(folder, name, true);
}

QString absoluteFrom(const QString& base, const QString& path)
{
    return path.isEmpty() ? QString() : QDir::cleanPath(QDir(base).absoluteFilePath(path));
}

Result<QString> existingFolder(const QString& folder)
{
    const QString path = QFileInfo(folder).absoluteFilePath();
    if (!QFileInfo(path).isDir())
        return fail(ErrorKind::NotFound, Words::tr("There is no folder %1.").arg(path));
    return path;
}

Result<> findDatabase(const QString& folder, const Environment& environment, const QString& variable,
                      Project& project, DotEnvRules rules)
{
    project.databaseUrl = environment.value(variable);
    project.databaseUrlBase = QDir::currentPath();
    if (!project.databaseUrl.isEmpty())
        return {};
    const auto dotEnv = findDotEnv(folder, environment, rules);
    if (!dotEnv) {
        project.databaseProblem = dotEnv.error().message;
    } else if (*dotEnv) {
        project.databaseUrl = (*dotEnv)->values.value(variable);
        project.databaseUrlBase = QFileInfo((*dotEnv)->path).absolutePath();
    }
    return {};
}

Setting setting(const QString& folder, const Environment& environment, const QString& variable,
                DotEnvRules rules)
{
    const QString given = environment.value(variable);
    if (!given.isEmpty())
        return {.value = given, .base = folder};
    const auto dotEnv = findDotEnv(folder, environment, rules);
    if (!dotEnv || !*dotEnv)
        return {};
    return {.value = (*dotEnv)->values.value(variable), .base = QFileInfo((*dotEnv)->path).absolutePath()};
}

QString forLibpq(const QString& text, const QString& schemaOption, const QStringList& foreignOptions)
{
    if (!text.startsWith(QLatin1String("postgres")))
        return text;
    // Only what is behind the "?" is touched: hosts of libpq's kinds (a folder, several) are none to QUrl.
    const qsizetype mark = text.indexOf(u'?');
    if (mark < 0)
        return text;
    QUrlQuery query(text.sliced(mark + 1));
    QString schema = query.queryItemValue(schemaOption, QUrl::FullyDecoded);
    for (const QString& option : foreignOptions + QStringList{schemaOption})
        query.removeQueryItem(option);
    if (schemaOption == QLatin1String("schema") && !schema.isEmpty())
        schema = sql::quotedIfNeeded(schema, Engine::Postgres);
    if (!schema.isEmpty()) {
        schema.replace(u'\\', QStringLiteral("\\\\")).replace(u' ', QStringLiteral("\\ "));
        query.addQueryItem(QStringLiteral("options"), QString::fromLatin1(QUrl::toPercentEncoding(
                                                          QStringLiteral("-csearch_path=") + schema)));
    }
    const QString kept = query.toString(QUrl::FullyEncoded);
    return text.first(mark) + (kept.isEmpty() ? QString() : u'?' + kept);
}

bool cargoSays(const QString& folder, const QRegularExpression& words)
{
    QString place = nearestWithFile(folder, QStringLiteral("Cargo.toml"));
    while (!place.isEmpty()) {
        const auto text = readScript(QDir(place).filePath(QStringLiteral("Cargo.toml")));
        if (text && words.match(QString::fromUtf8(*text)).hasMatch())
            return true;
        QDir above(place);
        place = above.cdUp() ? nearestWithFile(above.path(), QStringLiteral("Cargo.toml")) : QString();
    }
    return false;
}

bool cargoDependsOn(const QString& folder, const QString& crate)
{
    return cargoSays(
        folder,
        QRegularExpression(QStringLiteral("^\\s*%1\\s*[=.]|^\\s*\\[[^\\]]*dependencies\\.%1\\]").arg(crate),
                           QRegularExpression::MultilineOption));
}

}  // namespace dewpoint::project
