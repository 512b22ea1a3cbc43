// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/backup.h"

#include "base/words.h"
#include "store/json_file.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace dewpoint::apply {

namespace {

constexpr qsizetype keptCopies = 10;
constexpr qint64 oldSeconds = 24LL * 60 * 60;
constexpr QLatin1StringView suffix(".sqlite");
constexpr QLatin1StringView partSuffix(".part");

/// Two files of the same name in different folders must not push out each other's copies.
QString prefixFor(const QFileInfo& file)
{
    const auto hash = QCryptographicHash::hash(file.absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("%1-%2-").arg(file.fileName(), QString::fromLatin1(hash.toHex().first(8)));
}

/// What a crash left behind; one that is being written is younger.
void sweep(const QDir& directory, const QString& prefix)
{
    const auto parts = directory.entryInfoList({prefix + u'*' + partSuffix + u'*'}, QDir::Files);
    for (const QFileInfo& part : parts) {
        if (part.lastModified().secsTo(QDateTime::currentDateTime()) > oldSeconds)
            QFile::remove(part.filePath());
    }
}

/// A copy has its name once it is whole and on the disk.
Result<> putInPlace(const QString& part, const QString& path)
{
    QFile file(part);
    if (file.open(QIODevice::ReadWrite) && ::fsync(file.handle()) == 0 && file.rename(path))
        return {};
    return fail(ErrorKind::File, Words::tr("%1 could not be written.").arg(path), file.errorString());
}

}  // namespace

QString backupFolder()
{
    return store::stateFolder(QStringLiteral("backups"));
}

Result<QString> backUp(drivers::Connection& connection, const QString& folder)
{
    const QFileInfo file(connection.target().location);
    if (connection.engine() != Engine::Sqlite || !file.isFile() || file.size() == 0)
        return QString();
    const QDir directory(folder);
    if (!directory.mkpath(QStringLiteral(".")))
        return fail(ErrorKind::File, Words::tr("The folder %1 cannot be made.").arg(folder));
    const QString prefix = prefixFor(file);
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString path = directory.absoluteFilePath(prefix + stamp + suffix);
    const QString part = path + partSuffix;
    sweep(directory, prefix);
    auto copied = connection.backupTo(part);
    if (copied)
        copied = putInPlace(part, path);
    if (!copied) {
        QFile::remove(part);
        return fail(copied.error());
    }
    const QStringList copies = directory.entryList({prefix + u'*' + suffix}, QDir::Files, QDir::Name);
    for (qsizetype i = 0; i + keptCopies < copies.size(); ++i)
        QFile::remove(directory.filePath(copies[i]));
    return path;
}

Result<QString> restore(drivers::Connection& connection, const QString& copy, const QString& folder)
{
    auto source = drivers::Connection::open(
        {.engine = Engine::Sqlite, .location = copy, .guard = drivers::Guard::ReadOnly});
    if (!source)
        return fail(source.error());
    // Before the copy of now: making that may push the oldest one out, but an open file stays readable.
    auto now = backUp(connection, folder);
    if (!now)
        return now;
    return connection.copyFrom(**source).transform([&] { return *now; });
}

}  // namespace dewpoint::apply
