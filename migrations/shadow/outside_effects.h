// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "sql/dialect.h"

#include <QByteArray>
#include <QString>

namespace dewpoint::shadow {

/// Refuses a script that would reach beyond a scratch database when it is replayed: other files
/// (ATTACH, VACUUM INTO, COPY to a file or program), other servers (dblink, user mappings) and things the whole
/// server shares: roles and their members, databases and tablespaces with their rights, comments and labels, settings, replication. A DO
/// block is searched for the same words; what a function does that it calls cannot be seen here.
Result<> refuseOutsideEffects(const QString& script, Engine engine);

/// The script (UTF-8) as a scratch database may run it: refused as above, but for statements that make,
/// change, drop, join, map or comment on a role. They change nothing inside a database, so they become blanks,
/// with every other byte and line where it was. A role that is missing is still missing for what follows.
Result<QByteArray> withoutRoles(const QByteArray& script, Engine engine);

/// Whether the server refused something because it has no such role.
bool isMissingRole(const Error& error);

}  // namespace dewpoint::shadow
