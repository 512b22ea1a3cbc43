// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/drizzle/drizzle.h"
#include "project/formats/drizzle/snapshot.h"
#include "project/new_file.h"
#include "render/drizzle/json.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace dewpoint::project::drizzle::journal {

namespace {

struct Entry {
    int idx = 0;
    qint64 when = 0;
    QString tag;
    QString version;  ///< of its snapshot's format
};

struct Journal {
    QString dialect;
    QList<Entry> entries;
    QByteArray text;
};

QString pathOf(const Project& project)
{
    return QDir(project.directory).filePath(QStringLiteral("meta/_journal.json"));
}

/// The snapshot's name has the tag's prefix only.
QString snapshotPath(const Project& project, const QString& tag)
{
    return QDir(project.directory)
        .filePath(QStringLiteral("meta/%1_snapshot.json").arg(tag.section(u'_', 0, 0)));
}

Result<Journal> read(const Project& project)
{
    const QString path = pathOf(project);
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::NotFound,
                    Words::tr("Can't find meta/_journal.json file in %1.").arg(project.directory));
    auto text = readScript(path);
    if (!text)
        return fail(text.error());
    QJsonParseError problem;
    const QJsonObject object = QJsonDocument::fromJson(*text, &problem).object();
    if (problem.error != QJsonParseError::NoError || !object.value(QLatin1String("entries")).isArray())
        return fail(ErrorKind::File, Words::tr("%1 is not a journal: %2").arg(path, problem.errorString()));
    Journal journal{.dialect = object.value(QLatin1String("dialect")).toString(), .text = *text};
    for (const auto& value : object.value(QLatin1String("entries")).toArray()) {
        const QJsonObject entry = value.toObject();
        journal.entries.append({.idx = entry.value(QLatin1String("idx")).toInt(),
                                .when = entry.value(QLatin1String("when")).toInteger(),
                                .tag = entry.value(QLatin1String("tag")).toString(),
                                .version = entry.value(QLatin1String("version")).toString()});
    }
    return journal;
}

Result<Migration> migrationOf(const Project& project, const Entry& entry)
{
    const QDir directory(project.directory);
    const QString up = directory.filePath(entry.tag + QStringLiteral(".sql"));
    // Only what the journal names counts for the tool, so a file of this name is overlooked.
    const QString down = directory.filePath(entry.tag + QStringLiteral(".down.sql"));
    if (!QFileInfo::exists(up))
        return fail(ErrorKind::NotFound, Words::tr("No file %1 found, but the journal names it.").arg(up),
                    Words::tr("Bring it back; the migrator refuses to run without it."));
    const auto text = readScript(up);
    if (!text)
        return fail(text.error());
    const QString snapshot = snapshotPath(project, entry.tag);
    return Migration{.version = entry.tag,
                     .name = entry.tag.section(u'_', 1),
                     .folder = entry.tag + QStringLiteral(".sql"),
                     .path = up,
                     .upPath = up,
                     .downPath = QFileInfo::exists(down) ? down : QString(),
                     .downPlace = down,
                     .key = QString::number(entry.when),
                     .checksum = sha256(*text),
                     .sideFiles = QFileInfo::exists(snapshot) ? QStringList{snapshot} : QStringList()};
}

/// A journal that is not there yet is an empty one.
Result<Journal> readOrEmpty(const Project& project)
{
    if (QFileInfo::exists(pathOf(project)))
        return read(project);
    if (!project.engine)
        return fail(ErrorKind::InvalidInput, Words::tr("The configuration names no dialect."));
    return Journal{.dialect = *project.engine == Engine::Postgres ? QStringLiteral("postgresql")
                                                                  : QStringLiteral("sqlite")};
}

Result<QString> prefixOf(const Project& project, int idx, const QDateTime& now)
{
    const QString prefix = project.settings.value(keys::prefix, QStringLiteral("index"));
    if (prefix == QLatin1String("index"))
        return QStringLiteral("%1").arg(idx, 4, 10, QLatin1Char('0'));
    if (prefix == QLatin1String("timestamp") || prefix == QLatin1String("supabase"))
        return timestamp(now);
    if (prefix == QLatin1String("unix"))
        return QString::number(now.toSecsSinceEpoch());
    return fail(ErrorKind::Unsupported,
                Words::tr("The prefix “%1” gives all snapshots one name.").arg(prefix),
                Words::tr("Use another migrations.prefix, e.g. index."));
}

bool isTimed(const Project& project)
{
    static const QStringList timed{QStringLiteral("timestamp"), QStringLiteral("supabase"),
                                   QStringLiteral("unix")};
    return timed.contains(project.settings.value(keys::prefix));
}

/// Only the new entry is written; the text before it stays as it is.
QByteArray withEntry(const Journal& journal, const Entry& entry, bool breakpoints)
{
    const QByteArray text =
        QStringLiteral("    {\n      \"idx\": %1,\n      \"version\": \"%2\",\n"
                       "      \"when\": %3,\n      \"tag\": %4,\n      \"breakpoints\": %5\n    }")
            .arg(QString::number(entry.idx), entry.version, QString::number(entry.when),
                 QString::fromUtf8(
                     QJsonDocument(QJsonArray{entry.tag}).toJson(QJsonDocument::Compact).slice(1).chopped(1)),
                 breakpoints ? QStringLiteral("true") : QStringLiteral("false"))
            .toUtf8();
    if (journal.entries.isEmpty())
        return QStringLiteral("{\n  \"version\": \"7\",\n  \"dialect\": \"%1\",\n  \"entries\": [\n")
                   .arg(journal.dialect)
                   .toUtf8()
               + text + "\n  ]\n}";
    const qsizetype last = journal.text.lastIndexOf('}', journal.text.lastIndexOf(']'));
    return journal.text.first(last + 1) + ",\n" + text + journal.text.sliced(last + 1);
}

}  // namespace

Result<QList<Migration>> list(const Project& project)
{
    const auto journal = read(project);
    if (!journal)
        return fail(journal.error());
    QList<Migration> migrations;
    for (const Entry& entry : journal->entries) {
        auto migration = migrationOf(project, entry);
        if (!migration)
            return fail(migration.error());
        migrations.append(*std::move(migration));
    }
    return migrations;
}

/// The migrator runs what is newer than the newest row, and is silent about everything else.
QList<MigrationState> states(const QList<Migration>& files, const QList<ledger::AppliedRow>& rows)
{
    qint64 mark = -1;
    QHash<QString, ledger::AppliedRow> left;
    for (const auto& row : rows) {
        mark = std::max(mark, row.key.toLongLong());
        left.insert(row.key, row);
    }
    QList<MigrationState> states;
    for (const auto& file : files) {
        const auto row = left.constFind(file.key);
        MigrationState state{.migration = file};
        if (row != left.constEnd()) {
            const auto text = readScript(file.upPath);
            state.state = text && sha256Fits(row->checksum, *text) ? State::Applied : State::Modified;
        } else if (file.key.toLongLong() <= mark) {
            state.state = State::Skipped;
        }
        states.append(state);
    }
    for (const auto& file : files)
        left.remove(file.key);
    QList<MigrationState> missing;
    for (const auto& row : left)
        missing.append(
            {.migration = {.version = row.key, .name = row.key, .key = row.key}, .state = State::Missing});
    std::ranges::sort(missing, numberLess, [](const MigrationState& state) { return state.migration.key; });
    return missing + states;
}

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return fail(named.error());
    if (!wanted.version.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("Drizzle numbers its migrations itself."));
    const auto journal = readOrEmpty(project);
    if (!journal)
        return fail(journal.error());
    const bool first = journal->entries.isEmpty();
    Entry entry{.idx = first ? 0 : journal->entries.last().idx + 1, .when = wanted.now.toMSecsSinceEpoch()};
    const bool postgres = journal->dialect == QLatin1String("postgresql");
    entry.version = !first     ? journal->entries.last().version
                    : postgres ? QStringLiteral("7")
                               : QStringLiteral("6");
    // The migrator passes over what is not newer than all before it.
    for (const Entry& earlier : journal->entries)
        entry.when = std::max(entry.when, earlier.when + 1);
    // Two within one second would share a snapshot, which is named by the prefix alone.
    QDateTime time = wanted.now;
    auto prefix = prefixOf(project, entry.idx, time);
    while (prefix && isTimed(project) && QFileInfo::exists(snapshotPath(project, *prefix + u'_'))) {
        time = time.addSecs(1);
        prefix = prefixOf(project, entry.idx, time);
    }
    if (!prefix)
        return fail(prefix.error());
    entry.tag = *prefix + u'_' + wanted.name;
    const auto previous =
        first ? Result<QByteArray>() : readScript(snapshotPath(project, journal->entries.last().tag));
    if (!previous)
        return fail(previous.error());
    const auto next = snapshot::afterJournal(*previous, journal->dialect, snapshot::newId(), wanted.change);
    if (!next)
        return fail(next.error());
    if (auto made = makeFolder(project.directory + QStringLiteral("/meta")); !made)
        return fail(made.error());
    const QString base = QDir(project.directory).filePath(entry.tag);
    QList<NewFile> files{{.path = base + QStringLiteral(".sql"),
                          .bytes = wanted.up.isEmpty()
                                       ? customHead()
                                       : customHead() + '\n'
                                             + withBreakpoints(project, wanted.up,
                                                               postgres ? Engine::Postgres : Engine::Sqlite)},
                         {.path = snapshotPath(project, entry.tag), .bytes = *next}};
    if (wanted.withDown && !wanted.down.isEmpty())
        files.append({.path = base + QStringLiteral(".down.sql"), .bytes = wanted.down});
    if (auto written = writeNew(files); !written)
        return fail(written.error());
    // The journal last: before it, the tool sees none of them.
    const bool breakpoints = project.settings.value(keys::breakpoints) != QLatin1String("false");
    if (auto written = replaceFile(pathOf(project), withEntry(*journal, entry, breakpoints)); !written) {
        removeFiles(files);
        return fail(written.error());
    }
    auto migration = migrationOf(project, entry);
    if (migration)
        migration->sideFiles << pathOf(project);
    return migration;
}

Result<> forget(const Project& project, const QList<Migration>& gone)
{
    const auto text = readScript(pathOf(project));
    auto journal = text ? render::drizzle::parseJson(*text) : std::nullopt;
    const auto* entries = journal ? journal->member(u"entries") : nullptr;
    if (!journal || !entries)
        return fail(ErrorKind::File, Words::tr("%1 is not a journal.").arg(pathOf(project)));
    auto left = *entries;
    left.items.removeIf([&](const render::drizzle::Json& entry) {
        return std::ranges::contains(gone, entry.value(u"tag"), &Migration::version);
    });
    return replaceFile(pathOf(project),
                       render::drizzle::written(journal->set(QStringLiteral("entries"), left)));
}

}  // namespace dewpoint::project::drizzle::journal
