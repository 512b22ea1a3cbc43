// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/numbered_files.h"

#include "base/words.h"
#include "project/new_file.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project {

namespace {

bool hasFitting(const QString& directory, bool (*fits)(const QString& path))
{
    const auto files = QDir(directory).entryInfoList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    return std::ranges::any_of(files, [&](const QFileInfo& file) { return fits(file.absoluteFilePath()); });
}

}  // namespace

Result<QList<NumberedFile>> numberedFiles(const QString& directory, const QRegularExpression& grammar)
{
    const QFileInfo info(directory);
    if (!info.isDir())
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations folder %1.").arg(directory));
    if (!info.isReadable())
        return fail(ErrorKind::Permission,
                    Words::tr("The migrations folder %1 cannot be read.").arg(directory));
    QList<NumberedFile> files;
    for (const QFileInfo& file : QDir(directory).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name)) {
        const auto match = grammar.match(file.fileName());
        if (match.hasMatch())
            files.append({file.absoluteFilePath(), match});
    }
    return files;
}

QString findNumberedFolder(const QString& folder, bool (*fits)(const QString& path))
{
    for (const QString& name : {QStringLiteral("migrations"), QStringLiteral("db/migrations")}) {
        const QString above = nearestWithFolder(folder, name);
        const QString directory = above.isEmpty() ? QString() : QDir(above).filePath(name);
        if (!directory.isEmpty() && hasFitting(directory, fits))
            return directory;
    }
    return hasFitting(folder, fits) ? folder : QString();
}

QString rootAbove(const QString& directory)
{
    const QDir parent(QFileInfo(directory).absolutePath());
    return parent.dirName() == QLatin1String("db") ? QFileInfo(parent.path()).absolutePath() : parent.path();
}

Result<> refuseTwins(const QList<Migration>& sorted)
{
    const auto same = [](const Migration& left, const Migration& right) {
        return !numberLess(left.version, right.version) && !numberLess(right.version, left.version);
    };
    const auto twin = std::ranges::adjacent_find(sorted, same);
    if (twin == sorted.end())
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("%1 and %2 have the same version %3.")
                    .arg(twin->folder, std::next(twin)->folder, twin->version),
                Words::tr("Rename one of the two files."));
}

bool isTaken(const QList<Migration>& there, const QString& version)
{
    return std::ranges::any_of(there, [&](const Migration& migration) {
        return !numberLess(migration.version, version) && !numberLess(version, migration.version);
    });
}

QString nextVersion(const QList<Migration>& there, const QDateTime& now, int width)
{
    constexpr qint64 smallest = 19'000'000;  // a date, and so no longer a count
    const QString last = there.isEmpty() ? QString() : there.last().version;
    if (!last.isEmpty() && last.toLongLong() < smallest) {
        static const QRegularExpression noDigit(QStringLiteral("[^0-9]"));
        const QString written = there.last().folder.section(noDigit, 0, 0);
        const auto digits = std::max<qsizetype>(width, written.size());
        return QStringLiteral("%1").arg(last.toLongLong() + 1, static_cast<int>(digits), 10,
                                        QLatin1Char('0'));
    }
    QDateTime time = now;
    while (isTaken(there, timestamp(time)))
        time = time.addSecs(1);  // two within one second
    return timestamp(time);
}

}  // namespace dewpoint::project
