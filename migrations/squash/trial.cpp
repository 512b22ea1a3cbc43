// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "squash/trial.h"

#include "apply/generate.h"
#include "base/words.h"
#include "project/new_file.h"
#include "squash/file_edits.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::squash {

namespace {

using project::Migration;

/// The path below one folder as it is below another; others stay.
QString moved(const QString& path, const QString& from, const QString& to)
{
    if (path == from)
        return to;
    return path.startsWith(from + u'/') ? to + path.sliced(from.size()) : path;
}

Migration moved(Migration migration, const QString& from, const QString& to)
{
    for (QString* path : {&migration.path, &migration.upPath, &migration.downPath, &migration.downPlace})
        *path = moved(*path, from, to);
    for (QString& path : migration.sideFiles)
        path = moved(path, from, to);
    return migration;
}

/// Files that are this one's alone: a side file may be that of all.
QStringList filesOf(const Migration& migration, const QList<Migration>& others)
{
    QStringList files{migration.upPath, migration.downPath};
    for (const QString& side : migration.sideFiles) {
        if (std::ranges::none_of(others,
                                 [&](const Migration& other) { return other.sideFiles.contains(side); }))
            files << side;
    }
    files.removeAll(QString());
    files.removeDuplicates();
    return files;
}

Result<> removeFile(const QString& path)
{
    if (QFileInfo(path).isDir() ? QDir(path).removeRecursively() : QFile::remove(path))
        return {};
    return fail(ErrorKind::File, Words::tr("%1 cannot be removed.").arg(path));
}

/// With the tool's own word for it in the file.
Result<> setOutside(const project::Project& project, const QString& path)
{
    const auto word = project::formatOf(project).outsideTransaction;
    if (!word)
        return fail(
            ErrorKind::Unsupported,
            Words::tr("These migrations run outside a transaction, and %1 has no word for that in the file.")
                .arg(project::toolTitle(project)));
    return project::readScript(path).and_then(
        [&](const QByteArray& file) { return project::replaceFile(path, word(file)); });
}

}  // namespace

Result<Trial> Trial::make(const project::Project& project)
{
    Trial trial;
    trial.m_folder = std::make_unique<QTemporaryDir>();
    if (!trial.m_folder->isValid())
        return fail(ErrorKind::File,
                    Words::tr("No folder can be made for the trial: %1").arg(trial.m_folder->errorString()));
    trial.m_original = QDir::cleanPath(project.directory);
    // Its name may tell something, as "migration" does.
    const QString copy = QDir(trial.m_folder->path()).filePath(QFileInfo(trial.m_original).fileName());
    if (auto made = project::makeFolder(copy); !made)
        return fail(made.error());
    trial.m_project = project;
    trial.m_project.directory = copy;
    for (QString& setting : trial.m_project.settings) {
        QStringList lines = setting.split(u'\n');
        for (QString& line : lines)
            line = moved(line, trial.m_original, copy);
        setting = lines.join(u'\n');
    }
    if (auto copied = copyFiles(trial.m_original, copy); !copied)
        return fail(copied.error());
    return trial;
}

Migration Trial::there(Migration migration) const
{
    return moved(std::move(migration), m_original, m_project.directory);
}

Migration Trial::back(Migration migration) const
{
    return moved(std::move(migration), m_project.directory, m_original);
}

Result<> Trial::sumUp() const
{
    const auto rehash = project::formatOf(m_project).rehash;
    if (!rehash)
        return {};
    return rehash(m_project).and_then(
        [](const project::SumChange& sum) { return project::replaceFile(sum.path, sum.after); });
}

Result<> Trial::remove(const QList<Migration>& old)
{
    const auto all = project::list(m_project);
    if (!all)
        return fail(all.error());
    QList<Migration> others = *all;
    others.removeIf(
        [&](const Migration& each) { return std::ranges::contains(old, each.version, &Migration::version); });
    for (const Migration& migration : old) {
        const Migration here = there(migration);
        if (!here.path.startsWith(m_project.directory + u'/'))
            return fail(ErrorKind::Unsupported,
                        Words::tr("%1 is not in %2, where a new migration would be written.")
                            .arg(migration.path, m_original));
        // A folder of its own goes with everything in it.
        const QStringList files =
            QFileInfo(here.path).isDir() ? QStringList{here.path} : filesOf(here, others);
        for (const QString& path : files) {
            if (auto removed = removeFile(path); !removed)
                return removed;
        }
    }
    const auto forget = project::formatOf(m_project).squash.forget;
    auto forgotten = forget ? forget(m_project, old) : Result<>{};
    return forgotten ? sumUp() : forgotten;
}

Result<Migration> Trial::add(const project::NewMigration& wanted, const QList<Migration>& old,
                             Outside outside, const drivers::Target& server, const drivers::StopAsked& stop)
{
    auto made = apply::generate(m_project, wanted, {.stopRequested = stop, .output = {}}, server);
    if (!made)
        return made;
    Result<> done;
    if (const auto describe = project::formatOf(m_project).squash.describe)
        done = describe(*made, old);
    if (done && outside.up && made->runInTransaction)
        done = setOutside(m_project, made->upPath);
    if (done && outside.down && made->revertInTransaction && !made->downPath.isEmpty()
        && made->downPath != made->upPath)
        done = setOutside(m_project, made->downPath);
    if (done)
        done = sumUp();
    return done.and_then([&] { return project::listedMigration(m_project, made->upPath); });
}

}  // namespace dewpoint::squash
