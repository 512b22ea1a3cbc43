// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/copies.h"

#include "base/words.h"
#include "park/warehouse.h"
#include "rehearse/dump.h"
#include "store/json_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

namespace dewpoint::rehearse {

namespace {

constexpr qint64 youngSeconds = 60;
constexpr qint64 slackBytes = 32LL * 1024 * 1024;
constexpr QLatin1StringView folderPrefix("dewpoint_shadow_");
constexpr QLatin1StringView lockName("lock");

/// What a crash left behind: its lock belongs to a process that is gone.
void sweep(const QString& place)
{
    const auto left = QDir(place).entryInfoList({folderPrefix + u'*'},
                                                QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QFileInfo& folder : left) {
        if (folder.lastModified().secsTo(QDateTime::currentDateTime()) < youngSeconds)
            continue;
        QLockFile lock(folder.filePath() + u'/' + lockName);
        lock.setStaleLockTime(0);
        if (!QFile::exists(lock.fileName()) || !lock.tryLock(0))
            continue;
        QDir(folder.filePath()).removeRecursively();
    }
}

qint64 sizeOf(drivers::Connection& live)
{
    const auto pages = live.scalar(QStringLiteral("PRAGMA page_count"));
    const auto size = live.scalar(QStringLiteral("PRAGMA page_size"));
    return pages && size ? displayText(*pages).toLongLong() * displayText(*size).toLongLong() : 0;
}

/// The first place with room for two copies and what the migrations add.
Result<QString> roomyPlace(qint64 size)
{
    for (const QString& place : {QDir::tempPath(), store::stateFolder()}) {
        if (QStorageInfo(place).bytesAvailable() > 3 * size + slackBytes)
            return place;
    }
    return fail(ErrorKind::DiskFull,
                Words::tr("There is no room for two copies of the database (%1 MB each).")
                    .arg(size / 1024 / 1024 + 1),
                Words::tr("Free some space in %1, or set TMPDIR to another folder.").arg(QDir::tempPath()));
}

/// Which database of which server, in spite of other spellings: its OID, and when the server was started.
Result<QString> identity(drivers::Connection& connection)
{
    return connection
        .scalar(QStringLiteral("SELECT d.oid::text || ' ' || extract(epoch FROM pg_postmaster_start_time())"
                               " FROM pg_database d WHERE d.datname = current_database()"))
        .transform([](const Value& value) { return displayText(value); });
}

Result<drivers::Target> serverFor(drivers::Connection& live, const QString& shadow)
{
    if (shadow.isEmpty())
        return live.target();
    auto target = drivers::parseTarget(shadow);
    if (!target)
        return target;
    if (target->engine != Engine::Postgres)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("The shadow server must be PostgreSQL, as the database is."));
    auto there = drivers::Connection::open(*target);
    if (!there)
        return fail(there.error());
    const auto its = identity(**there);
    const auto ours = identity(live);
    if (!its || !ours)
        return fail(its ? ours.error() : its.error());
    if (*its == *ours)
        return fail(ErrorKind::InvalidInput, Words::tr("The shadow URL names the live database itself."),
                    Words::tr("Name another database: copies are made beside it, and it is not changed."));
    return target;
}

bool isAlone(drivers::Connection& live)
{
    const auto others =
        live.scalar(QStringLiteral("SELECT count(*) FROM pg_stat_activity"
                                   " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    return others && displayText(*others) == QLatin1String("0");
}

/// A migration that writes to a foreign table would reach another, real database: without a user mapping
/// it cannot get there.
Result<> cutOff(drivers::Connection& copy)
{
    return copy.executeScript(R"(DO $$ DECLARE m record; BEGIN
  FOR m IN SELECT srvname, coalesce(nullif(usename, 'public'), 'PUBLIC') AS usename FROM pg_user_mappings LOOP
    IF m.usename = 'PUBLIC' THEN EXECUTE format('DROP USER MAPPING FOR PUBLIC SERVER %I', m.srvname);
    ELSE EXECUTE format('DROP USER MAPPING FOR %I SERVER %I', m.usename, m.srvname); END IF;
  END LOOP; END $$)");
}

}  // namespace

Result<> Copies::makeFiles(drivers::Connection& live, const drivers::StopAsked& stop)
{
    const auto place = roomyPlace(sizeOf(live));
    if (!place)
        return fail(place.error());
    sweep(*place);
    m_folder = std::make_unique<QTemporaryDir>(*place + u'/' + folderPrefix + QStringLiteral("XXXXXX"));
    if (!m_folder->isValid())
        return fail(ErrorKind::File,
                    Words::tr("A scratch folder could not be made: %1").arg(m_folder->errorString()));
    m_lock = std::make_unique<QLockFile>(m_folder->filePath(lockName));
    m_lock->setStaleLockTime(0);
    (void)m_lock->tryLock(0);
    const QString base = m_folder->filePath(QStringLiteral("before.sqlite"));
    const QString work = m_folder->filePath(QStringLiteral("work.sqlite"));
    if (auto copied = live.backupTo(base); !copied)
        return copied;
    if (!QFile::copy(base, work))
        return fail(ErrorKind::File, Words::tr("The database could not be copied to %1.").arg(work));
    drivers::Target target = live.target();
    // What an earlier run parked is put back by a revert, on the copy as well.
    const QString parked = park::Warehouse::sideFile(target);
    target.location = work;
    if (QFile::exists(parked) && !QFile::copy(parked, park::Warehouse::sideFile(target)))
        return fail(ErrorKind::File, Words::tr("%1 could not be copied.").arg(parked));
    target.guard = drivers::Guard::Silent;
    target.create = false;
    for (const auto& [path, connection] : {std::pair(base, &m_baseFile), std::pair(work, &m_workFile)}) {
        target.location = path;
        auto opened = drivers::Connection::open(target, stop);
        if (!opened)
            return fail(opened.error());
        *connection = *std::move(opened);
    }
    return {};
}

Result<> Copies::makeDatabases(drivers::Connection& live, const Wish& wish)
{
    auto server = serverFor(live, wish.shadow);
    if (!server)
        return fail(server.error());
    // The guard is for the live database, which is only read; who asks for a copy wants one made.
    server->guard = drivers::Guard::Silent;
    if (wish.shadow.isEmpty() && isAlone(live) && live.target().guard != drivers::Guard::ReadOnly) {
        if (auto copied = shadow::ShadowDatabase::copyOf(live, wish.stop))
            m_base.emplace(*std::move(copied));
    }
    if (!m_base) {
        auto empty = shadow::ShadowDatabase::onServer(*server, QStringLiteral("template0"), wish.stop);
        if (!empty)
            return fail(empty.error());
        const auto owners = wish.shadow.isEmpty() ? Owners::Kept : Owners::Forgotten;
        if (auto copied = dumpInto(live, empty->target(), owners, wish.stop); !copied)
            return copied;
        m_base.emplace(*std::move(empty));
    }
    if (auto ready = m_base->connect(wish.stop); !ready)
        return ready;
    if (auto alone = cutOff(m_base->connection()); !alone)
        return alone;
    m_base->disconnect();
    auto work = shadow::ShadowDatabase::onServer(*server, m_base->name(), wish.stop);
    if (!work)
        return fail(work.error());
    m_work.emplace(*std::move(work));
    for (auto* copy : {&*m_base, &*m_work}) {
        if (auto ready = copy->connect(wish.stop); !ready)
            return ready;
        copy->connection().setStopAsked(wish.stop);
    }
    return {};
}

Result<Copies> Copies::make(drivers::Connection& live, const Wish& wish)
{
    Copies copies;
    const bool sqlite = live.engine() == Engine::Sqlite;
    if (sqlite && !wish.shadow.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("A shadow URL is for PostgreSQL."),
                    Words::tr("A SQLite file is copied to a scratch folder (TMPDIR)."));
    if (auto made = sqlite ? copies.makeFiles(live, wish.stop) : copies.makeDatabases(live, wish); !made)
        return fail(made.error());
    return copies;
}

Copies::~Copies()
{
    m_baseFile.reset();
    m_workFile.reset();
    if (m_lock)
        m_lock->unlock();
}

}  // namespace dewpoint::rehearse
