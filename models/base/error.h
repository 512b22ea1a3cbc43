// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint {

/// What went wrong, in kinds a caller can branch on; every engine's codes map onto these.
enum class ErrorKind {
    Other,
    Unique,
    ForeignKey,
    NotNull,
    Check,
    Exclusion,
    Type,
    Syntax,
    UndefinedObject,
    DuplicateObject,
    Permission,
    Authentication,
    Connection,
    OutcomeUnknown,  ///< the connection was lost in COMMIT itself
    NotFound,
    NotADatabase,
    Locked,
    ReadOnly,
    Conflict,
    Cancelled,
    DiskFull,
    Corrupt,
    Unsupported,
    InvalidInput,
    File,
};

/// An expected failure as a value: what the server or the system said, and what the user can do.
struct Error {
    ErrorKind kind = ErrorKind::Other;
    QString message;     ///< one sentence for a person
    QString detail;      ///< the server's DETAIL, or the system's own words
    QString hint;        ///< what to do next; may be empty
    QString sqlState;    ///< PostgreSQL SQLSTATE; for SQLite the symbolic result code (SQLITE_BUSY…)
    QString constraint;  ///< constraint name where known
    QString table;
    QString column;
    int position = -1;  ///< 0-based offset in UTF-16 code units into the statement text; -1 unknown

    /// message, detail and hint joined into one line for a terminal or a log.
    QString oneLine() const;

    bool operator==(const Error&) const = default;
};

}  // namespace dewpoint
