// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/new_file.h"

#include "base/words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimeZone>

#include <algorithm>

namespace dewpoint::project {

Result<> writeNew(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return fail(ErrorKind::File, Words::tr("%1 cannot be written: %2").arg(path, file.errorString()));
    if (file.write(bytes) != bytes.size() || !file.flush()) {
        const QString reason = file.errorString();
        file.close();  // remove() would give up where what is left to be written fails once more
        QFile::remove(path);
        return fail(ErrorKind::File, Words::tr("%1 cannot be written: %2").arg(path, reason));
    }
    return {};
}

void removeFiles(const QList<NewFile>& files)
{
    for (const NewFile& file : files)
        QFile::remove(file.path);
}

Result<> writeNew(const QList<NewFile>& files)
{
    for (qsizetype i = 0; i < files.size(); ++i) {
        if (auto written = writeNew(files[i].path, files[i].bytes); !written) {
            removeFiles(files.first(i));
            return written;
        }
    }
    return {};
}

Result<> writeNewFolder(const QString& folder, const QList<NewFile>& files)
{
    if (!QDir().mkdir(folder))
        return fail(ErrorKind::File, Words::tr("The folder %1 cannot be made.").arg(folder));
    for (const NewFile& file : files) {
        if (auto written = writeNew(QDir(folder).filePath(file.path), file.bytes); !written) {
            QDir(folder).removeRecursively();
            return written;
        }
    }
    return {};
}

Result<Migration> listedMigration(const Project& project, const QString& upPath)
{
    const auto all = list(project);
    if (!all)
        return fail(all.error());
    const QFileInfo wanted(upPath);
    const auto found = std::ranges::find_if(
        *all, [&](const Migration& migration) { return QFileInfo(migration.upPath) == wanted; });
    if (found == all->end())
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("%1 would not take “%2” for a migration.").arg(toolTitle(project), wanted.fileName()),
            Words::tr("Choose another name or version. Nothing was written."));
    return *found;
}

Result<Migration> writeMigration(const Project& project, const QList<NewFile>& files)
{
    if (auto written = writeNew(files); !written)
        return fail(written.error());
    auto made = listedMigration(project, files.first().path);
    if (!made)
        removeFiles(files);
    return made;
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
    const auto isNoSign = [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
               || c.category() == QChar::Separator_Paragraph || c == u'"' || c == u'\\';
    };
    if (std::ranges::any_of(wanted.name, isNoSign) || std::ranges::any_of(wanted.version, isNoSign))
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("A migration's name becomes a file's name: it cannot contain line breaks, quotes "
                      "or backslashes."));
    if (std::ranges::none_of(wanted.name, [](QChar c) { return c.isLetterOrNumber(); }))
        return fail(ErrorKind::InvalidInput, Words::tr("A migration's name needs a letter or a digit."),
                    Words::tr("e.g. add_phone_to_users."));
    return {};
}

QString timestamp(const QDateTime& time)
{
    return time.toUTC().toString(QStringLiteral("yyyyMMddHHmmss"));
}

QDateTime timeOfTimestamp(const QString& text)
{
    constexpr qsizetype dateDigits = 8;
    if (text.size() != dateDigits + 6)
        return {};
    const QDate date = QDate::fromString(text.first(dateDigits), QStringLiteral("yyyyMMdd"));
    const QTime time = QTime::fromString(text.sliced(dateDigits), QStringLiteral("HHmmss"));
    return date.isValid() && time.isValid() ? QDateTime(date, time, QTimeZone::UTC) : QDateTime();
}

QString timestampBehind(const QString& latest, const QDateTime& now)
{
    const QDateTime time = timeOfTimestamp(latest);
    return timestamp(time.isValid() ? std::max(now.toUTC(), time.addSecs(1)) : now);
}

}  // namespace dewpoint::project
