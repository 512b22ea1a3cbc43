// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "plan/plan.h"
#include "plan/rename.h"

namespace dewpoint::shadow {

/// What a person has said about things that could be renamed.
struct Answers {
    QStringList renames;        ///< "users.mail=users.email"
    QList<plan::Rename> known;  ///< that need no asking, in the order in which they are made
    bool dropAndAdd = false;    ///< the rest really goes and comes
    plan::Options options;
};

/// How two schemas differ, and the proven way from one to the other and back.
struct Difference {
    QList<change::Change> changes;
    QList<plan::Question> open;   ///< not empty: nothing is planned until they are answered
    QList<plan::Rename> renames;  ///< what is only called otherwise: answered, or evident
    plan::Plan up;
    plan::Plan down;
};

/// Builds `from` on a scratch database of `server`, takes it to `to` and back, and compares each time: a
/// plan that does not do exactly that is an error, not an answer. The scratch database has no rows.
/// Privileges are compared, and proven, where both sides were read with theirs.
Result<Difference> difference(const drivers::Target& server, const schema::Database& from,
                              const schema::Database& to, const Answers& answers = {},
                              const drivers::StopAsked& stop = {});

/// What is said of two that cannot be compared.
Error differentEngines(Engine from, Engine to);

/// The schema that a SQL file, or a folder of them in the order of their names, makes of an empty database.
Result<schema::Database> schemaOfSql(const drivers::Target& server, const QString& path,
                                     const drivers::StopAsked& stop = {},
                                     catalog::Extent extent = catalog::Extent::Structure);

}  // namespace dewpoint::shadow
