// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"
#include "rehearse/table_digest.h"
#include "shadow/replay.h"

#include <QMap>

namespace dewpoint::squash {

/// A scratch database as migrations leave it.
struct Seen {
    schema::Database catalog;
    QMap<QString, rehearse::TableDigest> rows;  ///< by table, as people name it
};

/// One way through a project's files on an empty scratch database: what was there before the migrations in
/// question, what they made, and what their downs left, as far as these ran.
struct Way {
    project::Project project;
    QList<shadow::Leg> legs;
};

/// What each leg of it left. Fewer than legs, and the error of the next one, where that failed.
struct Walked {
    QList<Seen> seen;
    std::optional<Error> failure;
};

Result<Walked> walked(const drivers::Target& server, const Way& way, const drivers::StopAsked& stop);

/// What the proof compared.
struct Compared {
    int tables = 0;
    qint64 rows = 0;
    QStringList varying;  ///< columns that are another each time the same migrations run: "users.made_at"
};

/// Conflict where the two ways do not leave the same, catalog and rows. Values that are not even the same when
/// one way is gone twice (a time, a random number) are left out, and told.
Result<Compared> compare(const drivers::Target& server, const Way& before, const Walked& one,
                         const Way& after, const Walked& other, qsizetype leg,
                         const drivers::StopAsked& stop);

}  // namespace dewpoint::squash
