// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/new_file.h"

#include "base/words.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace dewpoint::project {

Result<> writeNew(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return fail(ErrorKind::File, Words::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    if (file.write(bytes) != bytes.size() || !file.flush()) {
        const QString reason = file.errorString();
        file.remove();
        return fail(ErrorKind::File, Words::tr("%1 cannot be written: %2").arg(path, reason));
    }
    return {};
}

Result<> replaceFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::File, Words::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

Result<> makeFolder(const QString& path)
{
    if (!QDir().mkpath(path))
        return fail(ErrorKind::File, Words::tr("The folder %1 cannot be made.").arg(path));
    return {};
}

Result<> checkName(const NewMigration& wanted)
{
    for (const QString& part : {wanted.name, wanted.version}) {
        if (part.contains(u'/') || part.contains(QChar(u'\0')))
            return fail(ErrorKind::InvalidInput,
                        Words::tr("A migration's name becomes a file's name: it cannot contain “/”."));
    }
    if (wanted.name.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("A migration needs a name, e.g. add_phone_to_users."));
    return {};
}

QString timestamp(const QDateTime& time)
{
    return time.toUTC().toString(QStringLiteral("yyyyMMddHHmmss"));
}

}  // namespace dewpoint::project
