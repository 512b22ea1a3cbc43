// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/atlas/atlas.h"
#include "project/new_file.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace dewpoint::project::atlas {

namespace {

constexpr QLatin1StringView sumName("atlas.sum");

Migration migrationOf(const SumFile& file, const QString& hash, const Project& project)
{
    const QDir folder(project.directory);
    const QString base = file.name.chopped(4);
    const qsizetype underscore = base.indexOf(u'_');
    // Atlas takes every *.sql of the folder itself and none below it.
    const QString down = folder.filePath(QStringLiteral("down/") + file.name);
    const auto mode = directives(file.text, "txmode");
    const bool withoutTransaction = mode.isEmpty()
                                        ? project.settings.value(keys::txMode) == QLatin1String("none")
                                        : mode.first() == "none";
    const bool hasDown = QFileInfo::exists(down);
    const auto downText = hasDown ? readScript(down) : Result<QByteArray>();
    const auto downMode = directives(downText.value_or(QByteArray()), "txmode");
    return {.version = underscore < 0 ? base : base.first(underscore),
            .name = underscore < 0 ? QString() : base.sliced(underscore + 1),
            .folder = file.name,
            .path = folder.filePath(file.name),
            .upPath = folder.filePath(file.name),
            .downPath = hasDown ? down : QString(),
            .downPlace = down,
            .runInTransaction = !withoutTransaction,
            .revertInTransaction = downMode.isEmpty() || downMode.first() != "none",
            .checksum = hash,
            .sideFiles = {folder.filePath(sumName)},
            .summary = !directives(file.text, "checkpoint").isEmpty()};
}

Result<> refuseTwins(const QList<Migration>& migrations)
{
    QHash<QString, QString> seen;
    for (const Migration& migration : migrations) {
        if (seen.contains(migration.version))
            return fail(ErrorKind::Conflict,
                        Words::tr("%1 and %2 have the same version %3.")
                            .arg(seen.value(migration.version), migration.folder, migration.version),
                        Words::tr("Rename one of the two files."));
        seen.insert(migration.version, migration.folder);
    }
    return {};
}

}  // namespace

Result<QList<SumFile>> readFiles(const Project& project)
{
    const QFileInfo info(project.directory);
    if (!info.isDir())
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no migrations folder %1.").arg(project.directory));
    const QDir folder(project.directory);
    QStringList names;
    const QStringList all = folder.entryList(QDir::Files | QDir::Hidden, QDir::NoSort);
    std::ranges::copy_if(all, std::back_inserter(names),
                         [](const QString& name) { return name.endsWith(QLatin1String(".sql")); });
    std::ranges::sort(names, versionLess);
    QList<SumFile> files;
    for (const QString& name : std::as_const(names)) {
        auto text = readScript(folder.filePath(name));
        if (!text)
            return fail(text.error());
        files.append({.name = name, .text = *std::move(text)});
    }
    return files;
}

Result<QList<Migration>> list(const Project& project)
{
    const auto files = readFiles(project);
    if (!files)
        return fail(files.error());
    QHash<QString, QString> hashes;
    for (const SumLine& line : sumLines(*files))
        hashes.insert(line.name, line.hash);
    QList<Migration> migrations;
    for (const SumFile& file : *files)
        migrations.append(migrationOf(file, hashes.value(file.name), project));
    return refuseTwins(migrations).transform([&] { return migrations; });
}

/// A down file is the user's own and has the same grammar.
Result<Script> script(const Project& project, const Migration& migration, Direction direction)
{
    const QString path = direction == Direction::Up ? migration.upPath : migration.downPath;
    const auto text = readScript(path);
    if (!text)
        return fail(text.error());
    const auto mode = directives(*text, "txmode");
    if (mode.size() > 1 || (!mode.isEmpty() && mode.first() != "none" && mode.first() != "file"))
        return fail(ErrorKind::File, Words::tr("unknown txmode “%1” found in file directive “%2”")
                                         .arg(QString::fromUtf8(mode.last()), QFileInfo(path).fileName()));
    auto scanned = scan(*text, project.engine.value_or(Engine::Postgres));
    if (!scanned)
        return fail(scanned.error().kind, QFileInfo(path).fileName() + u':' + scanned.error().message);
    return scanned;
}

Result<> verify(const Project& project)
{
    if (const QString problem = project.settings.value(keys::problem); !problem.isEmpty())
        return fail(ErrorKind::Unsupported, problem);
    const auto files = readFiles(project);
    if (!files)
        return fail(files.error());
    const QString path = QDir(project.directory).filePath(sumName);
    if (!QFileInfo::exists(path))
        return files->isEmpty() ? Result<>{}
                                : fail(ErrorKind::NotFound, Words::tr("checksum file not found"),
                                       Words::tr("Make it: dewpoint migrate repair --hash, or Repair in "
                                                 "the window."));
    return readScript(path).and_then([&](const QByteArray& sum) { return verifySum(*files, sum); });
}

Result<SumChange> rehash(const Project& project)
{
    const auto files = readFiles(project);
    if (!files)
        return fail(files.error());
    const QString path = QDir(project.directory).filePath(sumName);
    const auto before = QFileInfo::exists(path) ? readScript(path) : Result<QByteArray>();
    if (!before)
        return fail(before.error());
    return SumChange{.path = path,
                     .before = *before,
                     .after = sumText(sumLines(*files)),
                     .changes = changesSince(*files, *before)};
}

/// The sum is only renewed where it fitted before: an edit by others must not vanish in it.
Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    if (auto whole = verify(project); !whole)
        return fail(whole.error());
    const auto there = atlas::list(project);
    if (!there)
        return fail(there.error());
    const auto isTaken = [&](const QString& version) {
        return std::ranges::contains(*there, version, &Migration::version);
    };
    QDateTime time = wanted.now;
    while (isTaken(timestamp(time)))
        time = time.addSecs(1);
    const QString version = wanted.version.isEmpty() ? timestamp(time) : wanted.version;
    if (isTaken(version) || version.contains(u'_'))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    const QString name = version + u'_' + wanted.name + QStringLiteral(".sql");
    const QDir folder(project.directory);
    QList<NewFile> made{{.path = folder.filePath(name), .bytes = wanted.up}};
    if (wanted.withDown && !wanted.down.isEmpty()) {
        const QString down = folder.filePath(QStringLiteral("down/") + name);
        if (auto folderMade = makeFolder(QFileInfo(down).absolutePath()); !folderMade)
            return fail(folderMade.error());
        made.append({.path = down, .bytes = wanted.down});
    }
    auto migration = writeMigration(project, made);
    if (!migration)
        return migration;
    const auto files = readFiles(project);
    auto summed =
        files ? replaceFile(folder.filePath(sumName), sumText(sumLines(*files))) : fail(files.error());
    if (!summed) {
        removeFiles(made);
        return fail(summed.error());
    }
    return migration;
}

}  // namespace dewpoint::project::atlas
