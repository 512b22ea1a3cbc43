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
    bool allowMissing = false;  ///< goes on although applied migrations are gone from disk

    static Scope one() { return {.kind = Kind::Count, .count = 1}; }
    static Scope first(int count) { return {.kind = Kind::Count, .count = count}; }
    static Scope to(QString version) { return {.kind = Kind::To, .version = std::move(version)}; }
    static Scope all() { return {}; }
};

/// One script to run: a migration's up or its down.
struct Step {
    project::Migration migration;
    Direction direction = Direction::Up;

    QString file() const { return direction == Direction::Up ? migration.upPath : migration.downPath; }
    bool inTransaction() const
    {
        return direction == Direction::Up ? migration.runInTransaction : migration.revertInTransaction;
    }
    bool operator==(const Step&) const = default;
};

/// Whether the database says that the step is done.
bool stands(const Status& now, const Step& step);

/// What an action would do, in order. It only reads. Run takes pending ones oldest first, up to and including
/// the version; Revert takes applied ones newest first and leaves the version itself applied; Redo is
/// that Revert and the same migrations up again. What the tool refuses, and steps that cannot be done
/// (file or down missing), are refused here, before anything ran.
Result<QList<Step>> plan(const Status& status, Action action, const Scope& scope);

/// What an action would leave out although it is in its reach, and why, in sentences: the tool does so without
/// a word.
QStringList passedOver(const Status& status, Action action, const Scope& scope);

/// As project::indexOf().
Result<qsizetype> indexOf(const QList<MigrationState>& list, const QString& text);

/// The versions of the oldest and the newest migration in a plan that is not empty.
std::pair<QString, QString> spanOf(const QList<Step>& steps);

}  // namespace dewpoint::apply
