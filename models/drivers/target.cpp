// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/target.h"

#include "base/words.h"
#include "drivers/conninfo.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

namespace dewpoint::drivers {

namespace {

bool startsWithAny(const QString& text, std::initializer_list<const char*> prefixes)
{
    for (const char* prefix : prefixes) {
        if (text.startsWith(QLatin1String(prefix), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

QString withoutScheme(const QString& text)
{
    if (text.startsWith(QLatin1String("sqlite://"), Qt::CaseInsensitive))
        return text.mid(9);
    if (text.startsWith(QLatin1String("sqlite:"), Qt::CaseInsensitive))
        return text.mid(7);
    if (text.startsWith(QLatin1String("file:"), Qt::CaseInsensitive))
        return QUrl(text).toLocalFile().isEmpty() ? text.mid(5).section(QLatin1Char('?'), 0, 0)
                                                  : QUrl(text).toLocalFile();
    return text;
}

QString placeOf(const QString& path, const QString& folder)
{
    if (path.isEmpty() || path == QLatin1String(":memory:"))
        return QStringLiteral(":memory:");
    const QFileInfo file(folder.isEmpty() ? QDir() : QDir(folder), path);
    // Of a folder that does not exist the path stays as it was written.
    const QString place = file.dir().canonicalPath();
    return place.isEmpty() ? QDir::cleanPath(file.absoluteFilePath()) : QDir(place).filePath(file.fileName());
}

}  // namespace

QString Target::displayName() const
{
    if (engine == Engine::Sqlite)
        return isInMemory() ? Words::tr("in memory") : QFileInfo(location).fileName();
    return conninfoDisplayName(location);
}

Result<Target> parseTarget(const QString& given, const QString& folder)
{
    const QString text = given.trimmed();
    if (text.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("No database was named."),
                    Words::tr("Give a SQLite file or a postgres:// URL."));
    static const QRegularExpression keyValue(
        QStringLiteral("^(service|host|hostaddr|port|dbname|user|sslmode|password|passfile|options)\\s*="));
    const bool postgres =
        startsWithAny(text, {"postgres://", "postgresql://"}) || keyValue.match(text).hasMatch();
    if (postgres) {
        if (auto valid = checkConninfo(text); !valid)
            return fail(valid.error());
        return Target{.engine = Engine::Postgres, .location = text, .password = {}};
    }
    if (startsWithAny(text, {"mysql://", "mariadb://", "mssql://", "mongodb://"}))
        return fail(ErrorKind::Unsupported,
                    Words::tr("Dewpoint opens SQLite and PostgreSQL databases only."));
    return Target{
        .engine = Engine::Sqlite, .location = placeOf(withoutScheme(text), folder), .password = {}};
}

}  // namespace dewpoint::drivers
