// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"

namespace dewpoint::apply {

enum class Action { Run, Revert, Redo };

/// How much: the next N, up to (or back to) a version, or everything.
struct Scope {
    enum class Kind { Count, To, All };
    Kind kind = Kind::All;
    int count = 1;
    QString version;

    static Scope one() { return {.kind = Kind::Count, .count = 1, .version = {}}; }
    static Scope first(int count) { return {.kind = Kind::Count, .count = count, .version = {}}; }
    static Scope to(QString version) { return {.kind = Kind::To, .count = 0, .version = std::move(version)}; }
    static Scope all() { return {}; }
};

enum class Direction { Up, Down };

/// One script to run: a migration's up.sql or its down.sql.
struct Step {
    project::Migration migration;
    Direction direction = Direction::Up;

    QString file() const { return direction == Direction::Up ? migration.upPath : migration.downPath; }
    bool operator==(const Step&) const = default;
};

/// What an action would do, in order. Pure. Run takes pending ones oldest first, up to and including
/// the version; Revert takes applied ones newest first and leaves the version itself applied; Redo is
/// that Revert and the same migrations up again. Steps that cannot be done (folder or down.sql
/// missing) are refused here, before anything ran.
Result<QList<Step>> plan(const Status& status, Action action, const Scope& scope);

}  // namespace dewpoint::apply
