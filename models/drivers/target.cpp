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

/// Decoded as Go does it, whose tool has these options.
QString decodedOption(QString text)
{
    return QUrl::fromPercentEncoding(text.replace(u'+', u' ').toUtf8());
}

QMap<QString, QString> takeToolOptions(QString& url)
{
    const qsizetype mark = url.lastIndexOf(u'?');
    QMap<QString, QString> taken;
    QStringList kept;
    const QStringList options = mark < 0 ? QStringList() : url.sliced(mark + 1).split(u'&');
    for (const QString& option : options) {
        const qsizetype equals = option.indexOf(u'=');
        if (!option.startsWith(QLatin1String("x-")) || equals < 0)
            kept << option;
        else if (const QString name = decodedOption(option.first(equals)); !taken.contains(name))
            taken.insert(name, decodedOption(option.sliced(equals + 1)));
    }
    if (!taken.isEmpty())
        url = url.first(mark) + (kept.isEmpty() ? QString() : u'?' + kept.join(u'&'));
    return taken;
}

/// The options that a program's own SQLite driver takes behind "?". Anything else there is part of the
/// file's name.
QString takeOptions(QString& url)
{
    static const QRegularExpression options(
        QStringLiteral(R"(\?([\w-]+=[\w()%,-]*(?:&[\w-]+=[\w()%,-]*)*)$)"));
    const auto match = options.match(url);
    if (match.hasMatch())
        url.truncate(match.capturedStart());
    return match.captured(1);
}

QString pathOf(const QString& url)
{
    static const QRegularExpression scheme(QStringLiteral("^sqlite3?:(//)?"),
                                           QRegularExpression::CaseInsensitiveOption);
    if (const auto match = scheme.match(url); match.hasMatch())
        return url.sliced(match.capturedEnd());
    const QString local = QUrl(url).toLocalFile();
    return local.isEmpty() ? url.sliced(5) : local;
}

Target sqliteTarget(const QString& text)
{
    if (!startsWithAny(text, {"sqlite:", "sqlite3:", "file:"}))
        return {.engine = Engine::Sqlite, .location = text, .password = {}};
    QString url = text;
    const QMap<QString, QString> toolOptions = takeToolOptions(url);
    const QStringList options = takeOptions(url).split(u'&');
    const QString path = options.contains(QLatin1String("mode=memory")) ? QString() : pathOf(url);
    return {.engine = Engine::Sqlite,
            .location = path.isEmpty() ? QStringLiteral(":memory:") : path,
            .password = {},
            .guard = options.contains(QLatin1String("mode=ro")) ? Guard::ReadOnly : Guard::Silent,
            .toolOptions = toolOptions};
}

/// "libsql:x" is hardly a file's name, unless there is one.
Result<> refuseForeignScheme(const QString& text)
{
    static const QRegularExpression scheme(QStringLiteral("^(?!(?:sqlite3?|file):)[a-z][a-z0-9+.-]+:"),
                                           QRegularExpression::CaseInsensitiveOption);
    if (!scheme.match(text).hasMatch() || QFileInfo::exists(text))
        return {};
    return fail(ErrorKind::Unsupported, Words::tr("Dewpoint opens SQLite and PostgreSQL databases only."),
                Words::tr("Give sqlite:PATH or postgres://…; a file of this name is ./%1.").arg(text));
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
    QString text = given.trimmed();
    if (text.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("No database was named."),
                    Words::tr("Give a SQLite file or a postgres:// URL."));
    static const QRegularExpression keyValue(
        QStringLiteral("^(service|host|hostaddr|port|dbname|user|sslmode|password|passfile|options)\\s*="));
    const bool postgres =
        startsWithAny(text, {"postgres://", "postgresql://"}) || keyValue.match(text).hasMatch();
    if (postgres) {
        const QMap<QString, QString> toolOptions =
            text.contains(QLatin1String("://")) ? takeToolOptions(text) : QMap<QString, QString>();
        if (auto valid = checkConninfo(text); !valid)
            return fail(valid.error());
        return Target{
            .engine = Engine::Postgres, .location = text, .password = {}, .toolOptions = toolOptions};
    }
    return refuseForeignScheme(text).transform([&] {
        Target target = sqliteTarget(text);
        target.location = placeOf(target.location, folder);
        return target;
    });
}

}  // namespace dewpoint::drivers
