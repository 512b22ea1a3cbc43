// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/diesel/diesel.h"
#include "project/toml_file.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::diesel {

namespace {

/// Only direct sub-folders that have something in them count; names with a leading dot never do.
bool isCandidate(const QFileInfo& folder)
{
    return !folder.fileName().startsWith(u'.')
           && !QDir(folder.filePath())
                   .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

Result<Migration> read(const QFileInfo& folder)
{
    const QDir directory(folder.absoluteFilePath());
    const QString up = directory.filePath(QStringLiteral("up.sql"));
    const QString down = directory.filePath(QStringLiteral("down.sql"));
    if (!QFileInfo::exists(up)) {
        return fail(
            ErrorKind::File,
            Words::tr("%1 is in the migrations folder but has no up.sql.").arg(folder.fileName()),
            Words::tr("Diesel refuses the whole folder while it is there; move it away or add up.sql."));
    }
    const QString name = folder.fileName();
    const qsizetype underscore = name.indexOf(u'_');
    const bool inTransaction = runsInTransaction(directory.absolutePath());
    return Migration{.version = normalisedVersion(name),
                     .name = underscore < 0 ? name : name.mid(underscore + 1),
                     .folder = name,
                     .path = directory.absolutePath(),
                     .upPath = up,
                     .downPath = QFileInfo::exists(down) ? down : QString(),
                     .downPlace = down,
                     .runInTransaction = inTransaction,
                     .revertInTransaction = inTransaction};
}

/// Diesel keeps whichever of the two it reads last, silently: nobody can say which. So both are named.
Result<> refuseTwins(const QList<Migration>& sorted)
{
    const auto twin = std::ranges::adjacent_find(sorted, {}, &Migration::version);
    if (twin == sorted.end())
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("%1 and %2 have the same version %3.")
                    .arg(twin->folder, std::next(twin)->folder, twin->version),
                Words::tr("Rename one of the two folders."));
}

}  // namespace

bool runsInTransaction(const QString& folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("metadata.toml"));
    if (!QFileInfo::exists(path))
        return true;
    const auto table = readToml(path);
    if (!table)
        return true;
    const auto* node = table->get("run_in_transaction");
    if (node && !node->is_boolean())
        return true;  // a wrong type makes the file unreadable for the tool
    return node && node->value_or(false);
}

Result<QList<Migration>> list(const Project& project)
{
    const QString& directory = project.directory;
    const QFileInfo info(directory);
    if (!info.isDir())
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations folder %1.").arg(directory));
    if (!info.isReadable())
        return fail(ErrorKind::Permission,
                    Words::tr("The migrations folder %1 cannot be read.").arg(directory));
    QList<Migration> migrations;
    const auto folders =
        QDir(directory).entryInfoList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo& folder : folders) {
        if (!isCandidate(folder))
            continue;
        auto migration = read(folder);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    std::ranges::stable_sort(migrations, versionLess, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

}  // namespace dewpoint::project::diesel
