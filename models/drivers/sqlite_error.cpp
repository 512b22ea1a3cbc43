// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/sqlite_error.h"

#include "base/words.h"

#include <QHash>

#include <sqlite3.h>

namespace dewpoint::drivers {

namespace {

struct Known {
    ErrorKind kind;
    const char* symbol;
};

Known known(int code)
{
    static const QHash<int, Known> extended{
        {SQLITE_CONSTRAINT_UNIQUE, {ErrorKind::Unique, "SQLITE_CONSTRAINT_UNIQUE"}},
        {SQLITE_CONSTRAINT_PRIMARYKEY, {ErrorKind::Unique, "SQLITE_CONSTRAINT_PRIMARYKEY"}},
        {SQLITE_CONSTRAINT_ROWID, {ErrorKind::Unique, "SQLITE_CONSTRAINT_ROWID"}},
        {SQLITE_CONSTRAINT_FOREIGNKEY, {ErrorKind::ForeignKey, "SQLITE_CONSTRAINT_FOREIGNKEY"}},
        {SQLITE_CONSTRAINT_NOTNULL, {ErrorKind::NotNull, "SQLITE_CONSTRAINT_NOTNULL"}},
        {SQLITE_CONSTRAINT_CHECK, {ErrorKind::Check, "SQLITE_CONSTRAINT_CHECK"}},
        {SQLITE_CONSTRAINT_DATATYPE, {ErrorKind::Type, "SQLITE_CONSTRAINT_DATATYPE"}},
        {SQLITE_CONSTRAINT_TRIGGER, {ErrorKind::Check, "SQLITE_CONSTRAINT_TRIGGER"}},
    };
    static const QHash<int, Known> primary{
        {SQLITE_BUSY, {ErrorKind::Locked, "SQLITE_BUSY"}},
        {SQLITE_LOCKED, {ErrorKind::Locked, "SQLITE_LOCKED"}},
        {SQLITE_READONLY, {ErrorKind::ReadOnly, "SQLITE_READONLY"}},
        {SQLITE_INTERRUPT, {ErrorKind::Cancelled, "SQLITE_INTERRUPT"}},
        {SQLITE_NOTADB, {ErrorKind::NotADatabase, "SQLITE_NOTADB"}},
        {SQLITE_CORRUPT, {ErrorKind::Corrupt, "SQLITE_CORRUPT"}},
        {SQLITE_FULL, {ErrorKind::DiskFull, "SQLITE_FULL"}},
        {SQLITE_CANTOPEN, {ErrorKind::File, "SQLITE_CANTOPEN"}},
        {SQLITE_IOERR, {ErrorKind::File, "SQLITE_IOERR"}},
        {SQLITE_PERM, {ErrorKind::Permission, "SQLITE_PERM"}},
        {SQLITE_AUTH, {ErrorKind::Permission, "SQLITE_AUTH"}},
        {SQLITE_MISMATCH, {ErrorKind::Type, "SQLITE_MISMATCH"}},
        {SQLITE_CONSTRAINT, {ErrorKind::Check, "SQLITE_CONSTRAINT"}},
        {SQLITE_TOOBIG, {ErrorKind::Type, "SQLITE_TOOBIG"}},
        {SQLITE_ERROR, {ErrorKind::Syntax, "SQLITE_ERROR"}},
    };
    if (const auto found = extended.find(code); found != extended.end())
        return *found;
    return primary.value(code & 0xff, {ErrorKind::Other, "SQLITE_ERROR"});
}

/// "UNIQUE constraint failed: users.email, users.org" names the table and columns.
void readConstraint(Error& error, const QString& text)
{
    const qsizetype colon = text.indexOf(QLatin1String("constraint failed: "));
    if (colon < 0)
        return;
    const QString names = text.mid(colon + 19);
    if (error.kind == ErrorKind::Check) {
        error.constraint = names;
        return;
    }
    const QString first = names.section(QLatin1String(", "), 0, 0);
    error.table = first.section(QLatin1Char('.'), 0, 0);
    error.column = first.section(QLatin1Char('.'), 1);
}

void addAdvice(Error& error, const QString& path)
{
    switch (error.kind) {
    case ErrorKind::Locked:
        error.message = Words::tr("The database is locked by another program.");
        error.hint =
            Words::tr("Nothing was changed. Finish the other program's transaction, then try again.");
        break;
    case ErrorKind::NotADatabase:
        error.message = Words::tr("%1 is not a SQLite database (or it is encrypted).").arg(path);
        error.hint = Words::tr("Choose another file.");
        break;
    case ErrorKind::Corrupt:
        error.message = Words::tr("The database file %1 is damaged.").arg(path);
        error.hint =
            Words::tr("Restore it from a copy, or save what is readable with “sqlite3 FILE .recover”.");
        break;
    case ErrorKind::DiskFull:
        error.message = Words::tr("The disk is full.");
        error.hint = Words::tr("Nothing was changed. Free some space, then try again.");
        break;
    case ErrorKind::ReadOnly: error.message = Words::tr("The database is open for reading only."); break;
    case ErrorKind::Cancelled: error.message = Words::tr("Cancelled."); break;
    default: break;
    }
}

}  // namespace

Error sqliteError(int extendedCode, const QString& serverText, const QString& path)
{
    const Known what = known(extendedCode);
    Error error{.kind = what.kind, .message = serverText, .sqlState = QString::fromLatin1(what.symbol)};
    if (error.kind == ErrorKind::Syntax && serverText.startsWith(QLatin1String("no such")))
        error.kind = ErrorKind::UndefinedObject;
    if (error.kind == ErrorKind::Syntax && serverText.endsWith(QLatin1String("already exists")))
        error.kind = ErrorKind::DuplicateObject;
    readConstraint(error, serverText);
    addAdvice(error, path);
    if (error.message != serverText)
        error.detail = error.kind == ErrorKind::Cancelled ? QString() : serverText;
    return error;
}

Error sqliteError(sqlite3* db, const QString& path)
{
    return sqliteError(sqlite3_extended_errcode(db), QString::fromUtf8(sqlite3_errmsg(db)), path);
}

}  // namespace dewpoint::drivers
