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

namespace dewpoint::apply {

namespace {

constexpr qsizetype keptCopies = 10;

/// Two files of the same name in different folders must not push out each other's copies.
QString prefixFor(const QFileInfo& file)
{
    const auto hash = QCryptographicHash::hash(file.absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("%1-%2-").arg(file.fileName(), QString::fromLatin1(hash.toHex().first(8)));
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
    const QString path = directory.absoluteFilePath(prefix + stamp + QStringLiteral(".sqlite"));
    if (auto copied = connection.backupTo(path); !copied) {
        QFile::remove(path);
        return fail(copied.error());
    }
    const QStringList copies = directory.entryList({prefix + u'*'}, QDir::Files, QDir::Name);
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
