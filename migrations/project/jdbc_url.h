// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "sql/dialect.h"

#include <QString>

namespace dewpoint::project {

/// A database as the drivers of Java name it, in our words.
struct JdbcTarget {
    Engine engine = Engine::Sqlite;
    QString url;  ///< a SQLite path, or a postgres:// URL with user and password

    bool operator==(const JdbcTarget&) const = default;
};

/// jdbc:sqlite:PATH and jdbc:postgresql://HOST:PORT/NAME?options; Unsupported for other databases. A user
/// or password in the URL itself wins.
Result<JdbcTarget> fromJdbc(const QString& url, const QString& user, const QString& password);

}  // namespace dewpoint::project
