// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/codes.h"
#include "sql/statements.h"

#include <optional>

namespace dewpoint::lint {

/// PostgreSQL's table locks, the weakest first (manual, Explicit Locking).
enum class LockMode {
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
};

QString lockName(LockMode mode);    ///< "ACCESS EXCLUSIVE"
QString lockEffect(LockMode mode);  ///< what others cannot do meanwhile, for people

struct Lock {
    QString table;
    LockMode mode = LockMode::AccessExclusive;
    bool operator==(const Lock&) const = default;
};

/// One statement of a script, and what it does to tables that were there before the migration: one that
/// the migration makes itself is seen by nobody else.
struct Judged {
    sql::Statement place;
    QString text;
    QList<Lock> locks;      ///< the strongest of each table; PostgreSQL only
    QStringList rewritten;  ///< tables that are written anew as a whole
    QStringList scanned;    ///< tables whose every row is read under the lock
    QStringList written;    ///< tables whose rows it changes
    bool operator==(const Judged&) const = default;
};

/// Another text for one statement, which does the same with less risk.
struct Rewrite {
    QString title;         ///< what the button says
    QString statement;     ///< instead of the statement, without the semicolon
    bool outside = false;  ///< it has to run outside a transaction, alone
    QString nextName;      ///< a migration that has to follow it; empty for none
    QString nextSql;
    bool operator==(const Rewrite&) const = default;
};

/// Something that a person should know before the migration runs.
struct Finding {
    QString code;        ///< one of codes()
    int statement = -1;  ///< index in Report::statements; -1 for the migration as a whole
    QString subject;     ///< "users.phone"
    QString text;        ///< one sentence about this very statement
    std::optional<Rewrite> rewrite;
    std::optional<QString> allowed;  ///< by a comment in the file, with the reason that it gives

    Class level() const { return codeNamed(code).level; }
    bool operator==(const Finding&) const = default;
};

/// What lint has to say about one script.
struct Report {
    QList<Judged> statements;
    QList<Finding> findings;  ///< in the order of the statements

    Class worst() const;                     ///< of what is not allowed; Safe when nothing was found
    int line(const Finding& finding) const;  ///< 1-based, in the script's text
    bool operator==(const Report&) const = default;
};

}  // namespace dewpoint::lint
