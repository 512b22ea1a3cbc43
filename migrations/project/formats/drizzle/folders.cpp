// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/drizzle/drizzle.h"
#include "project/formats/drizzle/snapshot.h"
#include "project/new_file.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace dewpoint::project::drizzle::folders {

namespace {

constexpr qsizetype stampLength = 14;

QDateTime timeOf(const QString& folder)
{
    return timeOfTimestamp(folder.first(std::min(stampLength, folder.size())));
}

Result<Migration> read(const QFileInfo& folder)
{
    const QDir directory(folder.absoluteFilePath());
    const QString up = directory.filePath(QStringLiteral("migration.sql"));
    // The tool reads migration.sql and snapshot.json only.
    const QString down = directory.filePath(QStringLiteral("down.sql"));
    const QString snapshot = directory.filePath(QStringLiteral("snapshot.json"));
    const auto text = readScript(up);
    if (!text)
        return fail(text.error());
    const QString name = folder.fileName();
    const QDateTime time = timeOf(name);
    if (!time.isValid())
        return fail(ErrorKind::File, Words::tr("%1 does not begin with a time (YYYYMMDDHHMMSS).").arg(name));
    return Migration{.version = name,
                     .name = name.sliced(std::min(stampLength + 1, name.size())),
                     .folder = name,
                     .path = directory.absolutePath(),
                     .upPath = up,
                     .downPath = QFileInfo::exists(down) ? down : QString(),
                     .downPlace = down,
                     .key = QString::number(time.toMSecsSinceEpoch()),
                     .checksum = sha256(*text),
                     .sideFiles = QFileInfo::exists(snapshot) ? QStringList{snapshot} : QStringList()};
}

/// A row of a table that 0.x made has no name yet: found by its second, else by its hash.
bool isRowOf(const ledger::AppliedRow& row, const Migration& file)
{
    if (!row.name.isEmpty())
        return row.version == file.version;
    constexpr qint64 second = 1000;
    return row.key.toLongLong() / second == file.key.toLongLong() / second || row.checksum == file.checksum;
}

/// In the order of the folders.
Result<QList<QByteArray>> snapshotsOf(const QList<Migration>& migrations)
{
    QList<QByteArray> snapshots;
    for (const Migration& migration : migrations) {
        for (const QString& path : migration.sideFiles) {
            const auto text = readScript(path);
            if (!text)
                return fail(text.error());
            snapshots << *text;
        }
    }
    return snapshots;
}

/// The snapshot that nothing follows. Two of them are branches that have not been joined.
Result<QByteArray> headOf(QList<QByteArray> snapshots)
{
    QStringList parents;
    for (const QByteArray& text : std::as_const(snapshots))
        parents += snapshot::parentsOf(text);
    snapshots.removeIf([&](const QByteArray& text) { return parents.contains(snapshot::idOf(text)); });
    if (snapshots.size() > 1)
        return fail(ErrorKind::Conflict,
                    Words::tr("There are %1 branches of migrations.").arg(snapshots.size()),
                    Words::tr("Join them with “drizzle-kit generate” first."));
    return snapshots.value(0);
}

}  // namespace

Result<QList<Migration>> list(const Project& project)
{
    QList<Migration> migrations;
    if (!QFileInfo(project.directory).isDir())
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no migrations folder %1.").arg(project.directory));
    const auto folders = QDir(project.directory).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo& folder : folders) {
        if (!QFileInfo::exists(folder.filePath() + QStringLiteral("/migration.sql")))
            continue;
        auto migration = read(folder);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    std::ranges::sort(migrations, versionLess, &Migration::version);
    return migrations;
}

QList<MigrationState> states(const QList<Migration>& files, const QList<ledger::AppliedRow>& rows)
{
    QList<MigrationState> states;
    QList<ledger::AppliedRow> left = rows;
    const auto newest = std::ranges::max_element(rows, numberLess, &ledger::AppliedRow::key);
    for (const Migration& file : files) {
        const auto row = std::ranges::find_if(left, [&](const auto& r) { return isRowOf(r, file); });
        if (row == left.end()) {
            const bool late = newest != rows.end() && numberLess(file.key, newest->key);
            states.append({.migration = file, .state = late ? State::OutOfOrder : State::Pending});
            continue;
        }
        const auto text = readScript(file.upPath);
        const bool same = text && sha256Fits(row->checksum, *text);
        states.append({.migration = file,
                       .state = same ? State::Applied : State::Modified,
                       .appliedAt = row->appliedAt});
        left.erase(row);
    }
    for (const auto& row : left)
        states.append({.migration = {.version = row.version, .name = row.version, .key = row.key},
                       .state = State::Missing,
                       .appliedAt = row.appliedAt});
    std::ranges::stable_sort(states, numberLess,
                             [](const MigrationState& state) { return state.migration.key; });
    return states;
}

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (!wanted.version.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("Drizzle numbers its migrations itself."));
    if (!project.engine)
        return fail(ErrorKind::InvalidInput, Words::tr("The configuration names no dialect."));
    if (auto made = makeFolder(project.directory); !made)
        return fail(made.error());
    const auto there = folders::list(project);
    if (!there)
        return fail(there.error());
    const auto snapshots = snapshotsOf(*there);
    if (!snapshots)
        return fail(snapshots.error());
    const auto head = headOf(*snapshots);
    if (!head)
        return fail(head.error());
    const auto next = snapshot::afterFolder(*snapshots, *head, *project.engine == Engine::Postgres,
                                            snapshot::newId(), wanted.change);
    if (!next)
        return fail(next.error());
    QDateTime time = wanted.now.toUTC();
    if (!there->isEmpty())
        time = std::max(time, timeOf(there->last().version).addSecs(1));
    const QDir folder(QDir(project.directory).filePath(timestamp(time) + u'_' + wanted.name));
    QList<NewFile> files{{.path = QStringLiteral("snapshot.json"), .bytes = *next}};
    if (wanted.withDown && !wanted.down.isEmpty())
        files.append({.path = QStringLiteral("down.sql"), .bytes = wanted.down});
    // Last, because with it the folder is a migration.
    files.append({.path = QStringLiteral("migration.sql"),
                  .bytes = wanted.up.isEmpty()
                               ? customHead()
                               : customHead() + '\n' + withBreakpoints(project, wanted.up, *project.engine)});
    if (auto written = writeNewFolder(folder.path(), files); !written)
        return fail(written.error());
    return read(QFileInfo(folder.path()));
}

}  // namespace dewpoint::project::drizzle::folders
