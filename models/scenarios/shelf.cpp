// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "scenarios/shelf.h"

#include "base/words.h"
#include "scenarios/keep_rows.h"
#include "store/connections.h"
#include "store/json_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::scenarios {

namespace {

constexpr qint64 oldSeconds = 24LL * 60 * 60;

/// What a crash left behind, and what SQLite keeps beside it; one that is being written is younger.
void sweep(const QString& folder)
{
    const auto parts = QDir(folder).entryInfoList({u"*.part*"_s}, QDir::Files);
    for (const QFileInfo& part : parts) {
        if (part.lastModified().secsTo(QDateTime::currentDateTime()) > oldSeconds)
            QFile::remove(part.filePath());
    }
}

}  // namespace

QString shelfFolder(const drivers::Target& target)
{
    (void)store::stateFolder(u"scenarios"_s);  // for its owner only, too
    return store::stateFolder(u"scenarios/"_s + store::identityOf(target));
}

QString Shelf::fileOf(const Scenario& scenario) const
{
    return m_folder + u'/' + scenario.id + u".rows"_s;
}

QList<Scenario> Shelf::scenarios() const
{
    QList<Scenario> all;
    const QStringList names =
        QDir(m_folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString& name : names) {
        const auto json = store::readJson(m_folder + u'/' + name);
        if (!json)
            continue;  // moved aside
        Scenario scenario = scenarioFrom(*json);
        scenario.id = name.chopped(5);
        const QFileInfo rows(fileOf(scenario));
        scenario.bytes = rows.size();
        if (rows.exists())
            all += scenario;
    }
    return all;
}

std::optional<Scenario> Shelf::named(const QString& name) const
{
    const QList<Scenario> all = scenarios();
    const auto found = std::ranges::find(all, name, &Scenario::name);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

Result<Scenario> Shelf::save(drivers::Connection& connection, const QString& name,
                             transfer::Progress& progress) const
{
    if (name.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("The scenario wants a name."));
    const auto before = named(name.trimmed());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString id = now.toString(u"yyyyMMdd-HHmmss-zzz"_s);
    sweep(m_folder);
    // What is there half is not one of them, and goes with whoever fails.
    const QString part = m_folder + u'/' + id + u".part"_s;
    auto kept = keepRows(connection, part, progress);
    if (!kept) {
        QFile::remove(part);
        return kept;
    }
    kept->id = id;
    kept->name = name.trimmed();
    kept->at = now;
    QFile::setPermissions(part, QFile::ReadOwner | QFile::WriteOwner);
    Result<> done;
    if (!QFile::rename(part, fileOf(*kept)))
        done = fail(ErrorKind::File,
                    Words::tr("%1 could not be written: %2").arg(fileOf(*kept), qt_error_string()));
    if (done)
        done = store::writeJson(m_folder + u'/' + id + u".json"_s, toJson(*kept));
    if (!done) {
        QFile::remove(part);
        QFile::remove(fileOf(*kept));
        return fail(done.error());
    }
    kept->bytes = QFileInfo(fileOf(*kept)).size();
    if (before)
        (void)remove(*before);
    return kept;
}

Result<> Shelf::remove(const Scenario& scenario) const
{
    const QString json = m_folder + u'/' + scenario.id + u".json"_s;
    if (!QFile::remove(json))
        return fail(ErrorKind::File, Words::tr("%1 could not be deleted.").arg(json));
    for (const QString& suffix : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(fileOf(scenario) + suffix);
    return {};
}

}  // namespace dewpoint::scenarios
