// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"
#include "shadow/difference.h"
#include "squash/file_edits.h"

#include <QDateTime>

/// Several migrations that were not shipped yet become one: worked out and proven on copies, then done.
namespace dewpoint::squash {

struct Request {
    QString from;             ///< the first of them; empty: the first that is pending
    QString to;               ///< the last; empty: the last that is pending
    QString name;             ///< of the one that they become
    shadow::Answers answers;  ///< where a way back is worked out
};

/// Where its down SQL is from.
enum class Down {
    Joined,     ///< those of all, the last one first
    WorkedOut,  ///< from the schemas before and after
    None,
};

/// What would be done, and nothing of it is done yet.
struct Squash {
    QList<project::Migration> old;  ///< in their order
    project::Migration made;        ///< as it will be listed
    QList<plan::Question> open;     ///< not empty: nothing is worked out until they are answered
    QByteArray up, down;            ///< the SQL of it, as the tool takes it from its file
    Down downIs = Down::None;
    bool downLoses = false;  ///< one that was worked out drops something that can hold rows
    QList<FileEdit> edits;   ///< of the migrations folder
    QStringList order;       ///< versions of all migrations, as they are listed before
    int tables = 0;          ///< that were compared
    qint64 rows = 0;
    QStringList notes;  ///< what a person should know, in sentences
};

/// Replays the project with the old ones and with the new one on scratch databases beside `live`, and compares
/// catalog and rows, and what the downs leave. Refused (Conflict) where they are not the same, for migrations
/// that are not pending or not in one row, and for what the tool's files cannot say as one. The live database is
/// only read. Blocking: for a lane.
Result<Squash> workOut(drivers::Connection& live, const project::Project& project, const Request& request,
                       const drivers::StopAsked& stop = {});

/// What was put away when migrations became one.
struct Kept {
    QString folder;  ///< the old files are in "files" below it
    QDateTime at;
    QString version;  ///< of the new one
    QString title;    ///< what it is called
    QStringList old;  ///< what the old ones were called
};

/// Keeps the old files in the application's folder, then replaces them: all of it or nothing. Conflict where
/// the migrations are not as they were when it was worked out.
Result<Kept> carryOut(const project::Project& project, const Squash& agreed);

/// The last one of this project that was not taken back; nothing where there is none.
std::optional<Kept> lastKept(const project::Project& project);

/// Brings the old files back in the place of the new one. Conflict where that is applied already, or where
/// files are not as they were left.
Result<> takeBack(drivers::Connection& live, const project::Project& project, const Kept& kept);

/// "Replaces 3 migrations by 20250301000000_all.sql", and what else there is to say, a sentence a line.
QString title(const Squash& squash);
QStringList facts(const Squash& squash);

}  // namespace dewpoint::squash
