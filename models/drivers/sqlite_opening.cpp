// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/sqlite_opening.h"

#include "base/words.h"
#include "drivers/sqlite_error.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <sqlite3.h>

namespace dewpoint::drivers {

namespace {

/// What can be said without SQLite, whose own words would be "unable to open database file".
Result<> checkFile(const Target& target)
{
    if (target.location == QLatin1String(":memory:"))
        return {};
    const QFileInfo file(target.location);
    const QString path = QDir::toNativeSeparators(target.location);
    if (file.isDir())
        return fail(ErrorKind::NotADatabase, Words::tr("%1 is a folder, not a database.").arg(path),
                    Words::tr("Choose a file."));
    if (!file.exists() && !target.create)
        return fail(ErrorKind::NotFound, Words::tr("There is no file %1.").arg(path),
                    Words::tr("Check the path, or create a new database."));
    if (!file.exists() && !file.dir().exists())
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no folder %1.").arg(QDir::toNativeSeparators(file.path())),
                    Words::tr("Check the path."));
    if (file.exists() && !file.isReadable())
        return fail(ErrorKind::Permission, Words::tr("The file %1 may not be read.").arg(path),
                    Words::tr("Change its permissions, or run as a user who may read it."));
    return {};
}

/// Native calls on another copy of the library would corrupt memory.
Result<sqlite3*> nativeHandle(const QSqlDatabase& database)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return fail(ErrorKind::Unsupported, Words::tr("Qt's SQLite driver gives no native handle."));
    QSqlQuery source(QStringLiteral("SELECT sqlite_source_id()"), database);
    if (source.next() && source.value(0).toString() != QString::fromUtf8(sqlite3_sourceid()))
        return fail(ErrorKind::Unsupported,
                    Words::tr("Qt's SQLite driver uses another SQLite library than Dewpoint."),
                    Words::tr("Install Qt and SQLite from the same distribution."));
    return *static_cast<sqlite3* const*>(handle.constData());
}

}  // namespace

Result<sqlite3*> openSqlite(const Target& target, const QString& name)
{
    if (auto fine = checkFile(target); !fine)
        return fail(fine.error());
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    database.setDatabaseName(target.location);
    if (target.guard == Guard::ReadOnly)
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
    if (database.open())
        return nativeHandle(database);
    const int code = database.lastError().nativeErrorCode().toInt();
    Error error = sqliteError(code, database.lastError().databaseText(), target.location);
    if (error.kind == ErrorKind::File)
        error.message = Words::tr("The file %1 could not be opened.").arg(target.location);
    return fail(std::move(error));
}

// In WAL mode also a reader writes: the -shm file beside the database (sqlite.org/wal.html, Read-Only
// Databases).
Error explainFirstRead(Error error, const QString& path)
{
    const bool noPlace = error.kind == ErrorKind::File || error.kind == ErrorKind::ReadOnly;
    if (!noPlace || QFileInfo(QFileInfo(path).path()).isWritable())
        return error;
    error.kind = ErrorKind::Permission;
    error.message = Words::tr("%1 keeps a write-ahead log, and its folder may not be written.").arg(path);
    error.hint = Words::tr("Copy the file to another folder, or make the folder writable.");
    return error;
}

}  // namespace dewpoint::drivers
