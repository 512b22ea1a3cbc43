// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/plain/plain.h"
#include "project/new_file.h"
#include "project/numbered_files.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace dewpoint::project::plain {

namespace {

const QRegularExpression& grammar()
{
    static const QRegularExpression pattern(
        QStringLiteral("^([0-9]+)(?:[_.-](.*?))?(\\.up|\\.down)?\\.sql$"));
    return pattern;
}

bool isNumbered(const QString& path)
{
    return grammar().match(QFileInfo(path).fileName()).hasMatch();
}

/// Pairs are another tool's own grammar; a simple file is nobody's.
bool isSimple(const QString& path)
{
    const auto match = grammar().match(QFileInfo(path).fileName());
    return match.hasMatch() && match.captured(3).isEmpty();
}

/// Line endings do not count, so that a checkout on another system is no edit.
QString checksum(QByteArray text)
{
    text.replace("\r\n", "\n");
    return sha256(text);
}

bool inTransaction(const QByteArray& text)
{
    return !text.startsWith("-- no-transaction");
}

Result<Migration> read(const NumberedFile& file, const QString& downPath)
{
    const auto up = readScript(file.path);
    const auto down = downPath.isEmpty() ? Result<QByteArray>() : readScript(downPath);
    if (!up || !down)
        return fail(up ? down.error() : up.error());
    const QString suffix = file.match.captured(3) + QStringLiteral(".sql");
    QString version = file.match.captured(1);
    while (version.size() > 1 && version.startsWith(u'0'))
        version.remove(0, 1);
    return Migration{.version = version,
                     .name = file.match.captured(2),
                     .folder = QFileInfo(file.path).fileName(),
                     .path = file.path,
                     .upPath = file.path,
                     .downPath = downPath,
                     .downPlace = downPath.isEmpty()
                                      ? file.path.chopped(suffix.size()) + QStringLiteral(".down.sql")
                                      : downPath,
                     .runInTransaction = inTransaction(*up),
                     .revertInTransaction = inTransaction(*down),
                     .checksum = checksum(*up)};
}

}  // namespace

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    Project project{.tool = format().id, .evidence = Evidence::Content};
    project.directory = findNumberedFolder(*folder, isSimple);
    if (project.directory.isEmpty()) {
        project.evidence = Evidence::Name;
        project.directory = findNumberedFolder(*folder, isNumbered);
    }
    if (project.directory.isEmpty()) {
        const QString above = nearestWithFolder(*folder, QStringLiteral("migrations"));
        if (above.isEmpty())
            return std::nullopt;
        project.directory = QDir(above).filePath(QStringLiteral("migrations"));
    }
    project.root = rootAbove(project.directory);
    return findDatabase(project.root, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        return std::optional(project);
    });
}

Result<QList<Migration>> list(const Project& project)
{
    const auto files = numberedFiles(project.directory, grammar());
    if (!files)
        return fail(files.error());
    QHash<QString, QString> downs;
    for (const NumberedFile& file : *files) {
        if (file.match.captured(3) == QLatin1String(".down"))
            downs.insert(file.match.captured(1), file.path);
    }
    QList<Migration> migrations;
    for (const NumberedFile& file : *files) {
        if (file.match.captured(3) == QLatin1String(".down"))
            continue;
        auto migration = read(file, downs.value(file.match.captured(1)));
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    std::ranges::stable_sort(migrations, numberLess, &Migration::version);
    return refuseTwins(migrations).transform([&] { return migrations; });
}

/// As those that are there; the first one is 0001 and can be taken back.
Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = plain::list(project);
    if (!there)
        return fail(there.error());
    const QString version = !wanted.version.isEmpty() ? wanted.version
                            : there->isEmpty()        ? QStringLiteral("0001")
                                                      : nextVersion(*there, wanted.now, 1);
    bool valid = false;
    (void)version.toULongLong(&valid);
    if (!valid || isTaken(*there, version))
        return fail(ErrorKind::Conflict, Words::tr("The version %1 is taken or not a number.").arg(version));
    const bool pair =
        wanted.withDown && (!wanted.down.isEmpty() || there->isEmpty() || there->last().reversible());
    const QString base =
        QDir(project.directory).filePath(version + u'_' + QString(wanted.name).replace(u' ', u'_'));
    QList<NewFile> files{
        {.path = base + (pair ? QStringLiteral(".up.sql") : QStringLiteral(".sql")), .bytes = wanted.up}};
    if (pair)
        files.append({.path = base + QStringLiteral(".down.sql"), .bytes = wanted.down});
    return writeMigration(project, files);
}

}  // namespace dewpoint::project::plain
