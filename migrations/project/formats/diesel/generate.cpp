// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/diesel/diesel.h"
#include "project/new_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLatin1StringView>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace dewpoint::project::diesel {

namespace {

constexpr const char* upHead = "-- Your SQL goes here\n";
constexpr const char* downHead = "-- This file should undo anything in `up.sql`\n";

/// The tool's own lock file; it stays there, and discovery overlooks it because it is a file.
class DirectoryLock final
{
public:
    explicit DirectoryLock(const QString& directory)
        : m_path(QDir(directory).filePath(QStringLiteral(".diesel_lock")))
    {}
    ~DirectoryLock()
    {
        if (m_file >= 0)
            ::close(m_file);  // gives the lock back
    }
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

    /// A checkout of somebody else's may have a link or a pipe in its place: neither is followed, and
    /// nothing is ever written.
    Result<> take()
    {
        m_file = ::open(QFile::encodeName(m_path).constData(),
                        O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
        struct stat found{};
        if (m_file < 0 || ::fstat(m_file, &found) != 0)
            return fail(
                ErrorKind::File,
                Words::tr("The lock file %1 cannot be opened: %2").arg(m_path, qt_error_string(errno)));
        if (!S_ISREG(found.st_mode))
            return fail(ErrorKind::File, Words::tr("The lock file %1 is no regular file.").arg(m_path));
        constexpr int attempts = 50;
        constexpr unsigned long pauseMilliseconds = 100;
        for (int i = 0; i < attempts; ++i) {
            if (::flock(m_file, LOCK_EX | LOCK_NB) == 0)
                return {};
            QThread::msleep(pauseMilliseconds);
        }
        return fail(ErrorKind::Locked, Words::tr("Another program is writing to the migrations folder."),
                    Words::tr("Try again when it is done."));
    }

private:
    QString m_path;
    int m_file = -1;
};

Result<QString> freeVersion(const QDir& directory, const NewMigration& wanted)
{
    const QStringList there = directory.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    const auto taken = [&](const QString& version) {
        return std::ranges::any_of(there, [&](const QString& folder) { return folder.startsWith(version); });
    };
    if (!wanted.version.isEmpty()) {
        if (taken(wanted.version))
            return fail(ErrorKind::Conflict,
                        Words::tr("Specified migration version `%1` already exists inside %2.")
                            .arg(wanted.version, directory.path()));
        return wanted.version;
    }
    const QString stamp = wanted.now.toUTC().toString(QStringLiteral("yyyy-MM-dd-HHmmss"));
    for (int counter = 0; counter <= 0xffff; ++counter) {
        const QString version = QStringLiteral("%1-%2").arg(stamp).arg(counter, 4, 16, QLatin1Char('0'));
        if (!taken(version))
            return version;
    }
    return fail(ErrorKind::Conflict, Words::tr("No free version is left for %1.").arg(stamp));
}

Result<> check(const NewMigration& wanted)
{
    if (auto named = checkName(wanted); !named)
        return named;
    if (wanted.version.startsWith(u'.') || wanted.version.contains(u'_'))
        return fail(ErrorKind::InvalidInput, Words::tr("A version cannot begin with a dot or contain “_”."));
    return {};
}

/// It rebuilds a SQLite table, for which foreign keys must be off before it begins a transaction of its own.
bool isAlone(const QByteArray& script)
{
    return script.contains("PRAGMA foreign_keys")
           && controlsTransaction(QString::fromUtf8(script), Engine::Sqlite);
}

Result<> prepare(const QString& directory)
{
    if (QFileInfo(directory).isDir())
        return {};
    if (auto made = makeFolder(directory); !made)
        return made;
    return writeNew(QDir(directory).filePath(QStringLiteral(".keep")), {});  // as `diesel setup` does
}

}  // namespace

Result<Migration> generate(const Project& project, const NewMigration& wanted)
{
    if (auto named = check(wanted); !named)
        return fail(named.error());
    if (auto prepared = prepare(project.directory); !prepared)
        return fail(prepared.error());
    const QDir directory(project.directory);
    DirectoryLock lock(project.directory);
    if (auto taken = lock.take(); !taken)
        return fail(taken.error());
    const auto version = freeVersion(directory, wanted);
    if (!version)
        return fail(version.error());
    const QString folder = *version + u'_' + wanted.name;
    // Written aside and then renamed: a half-written folder would break every later command.
    const QString aside = directory.filePath(QStringLiteral(".dewpoint-new-") + *version);
    QDir(aside).removeRecursively();
    if (!directory.mkdir(QFileInfo(aside).fileName()))
        return fail(ErrorKind::File,
                    Words::tr("The folder %1 cannot be made.").arg(directory.filePath(folder)));
    // The tool's transaction is that of both scripts, or of none.
    const bool alone = isAlone(wanted.up) || isAlone(wanted.down);
    const auto body = [&](const QByteArray& script) {
        return alone && !script.isEmpty() && !isAlone(script) ? "BEGIN;\n" + script + "\nCOMMIT;\n" : script;
    };
    auto written = writeNew(aside + QStringLiteral("/up.sql"), upHead + body(wanted.up));
    if (written && wanted.withDown)
        written = writeNew(aside + QStringLiteral("/down.sql"), downHead + body(wanted.down));
    if (written && alone)
        written = writeNew(aside + QStringLiteral("/metadata.toml"), "run_in_transaction = false\n");
    if (written && !QDir().rename(aside, directory.filePath(folder)))
        written =
            fail(ErrorKind::File, Words::tr("The folder %1 cannot be made.").arg(directory.filePath(folder)));
    if (!written) {
        QDir(aside).removeRecursively();
        return fail(written.error());
    }
    const QString path = directory.absoluteFilePath(folder);
    return Migration{.version = normalisedVersion(folder),
                     .name = wanted.name,
                     .folder = folder,
                     .path = path,
                     .upPath = path + QStringLiteral("/up.sql"),
                     .downPath = wanted.withDown ? path + QStringLiteral("/down.sql") : QString(),
                     .downPlace = path + QStringLiteral("/down.sql"),
                     .runInTransaction = !alone,
                     .revertInTransaction = !alone};
}

}  // namespace dewpoint::project::diesel
