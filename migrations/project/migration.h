// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"

#include <QByteArray>
#include <QList>

namespace dewpoint::project {

/// One migration on disk.
struct Migration {
    QString version;    ///< normalised, as the ledger holds it: "202502030915120000"
    QString name;       ///< behind the version: "create_users"; the whole name when there is no version
    QString folder;     ///< the folder's or file's name; what messages show. Empty when it is gone from disk
    QString path;       ///< absolute path of the folder or file
    QString upPath;     ///< the file with the up SQL
    QString downPath;   ///< the file with the down SQL (it may be the same); empty when there is none
    QString downPlace;  ///< where that belongs, there or not; empty where the tool has no place for it
    bool runInTransaction = true;
    bool revertInTransaction = true;
    QString key;            ///< what identifies it in the ledger, where that is not the version
    QString checksum;       ///< of the file now, as the ledger's rows have it; empty when the tool keeps none
    QStringList sideFiles;  ///< what the tool keeps beside it and generate updates: snapshot, journal

    bool repeatable = false;  ///< has no place in the order: runs last, again when it changed, never reverted
    bool summary = false;     ///< stands for all before it: a new database begins at the newest one

    bool reversible() const { return !downPath.isEmpty(); }
    bool operator==(const Migration&) const = default;
};

enum class Direction { Up, Down };

/// What one direction of a migration sends to the server.
struct Script {
    /// A part that is sent in one call, in bytes of `text`.
    struct Piece {
        qsizetype start = 0;
        qsizetype length = 0;
        bool operator==(const Piece&) const = default;
    };

    QByteArray text;      ///< of this direction alone, unchanged bytes
    int linesBefore = 0;  ///< lines of the file above the text
    QList<Piece> pieces;  ///< in order

    bool operator==(const Script&) const = default;
};

enum class State {
    Applied,
    Pending,
    OutOfOrder,  ///< pending, but older than the newest applied one
    Missing,     ///< applied, but gone from disk
    Modified,    ///< applied, but the file is not the one that ran
    Failed,      ///< the tool has written down that it failed, or did not finish
    Partial,     ///< some of its statements were applied, and the tool goes on behind them
    Baseline,    ///< recorded as there already, never run
    Skipped,     ///< never applied, and the tool will pass over it in silence
    Unknown,     ///< only the project's own command knows, and it may not be run
};

struct MigrationState {
    Migration migration;  ///< only version and name when Missing
    State state = State::Pending;
    QString appliedAt;  ///< UTC as the ledger writes it; empty when not applied

    bool isPending() const
    {
        return state == State::Pending || state == State::OutOfOrder || state == State::Partial;
    }
    bool isApplied() const
    {
        return state == State::Applied || state == State::Missing || state == State::Modified
               || state == State::Baseline;
    }
    bool operator==(const MigrationState&) const = default;
};

/// All migrations of the project, in the tool's own order.
Result<QList<Migration>> list(const Project& project);

/// One direction of it, as the tool takes it from its files.
Result<Script> script(const Project& project, const Migration& migration, Direction direction);

/// The file of that direction as it is, in one piece, for tools that send it so. Nothing where there is none.
Result<Script> scriptOfFile(const Project& project, const Migration& migration, Direction direction);

/// Where a migration is that a person names: by its version, the name of its folder or file, or its version in
/// another spelling (zeros in front, dashes). InvalidInput when there is none.
Result<qsizetype> indexOf(const QList<Migration>& list, const QString& text);

/// The version that a person means: a version, a folder name or a name with dashes.
QString normalisedVersion(const QString& text);

/// By bytes, as some tools compare versions.
bool versionLess(const QString& left, const QString& right);

/// By value: "9" before "10", whatever zeros lead.
bool numberLess(const QString& left, const QString& right);

/// A script's bytes, unchanged.
Result<QByteArray> readScript(const QString& path);

/// The same for tools that take nothing else than UTF-8, in the words of those written in Rust.
Result<QByteArray> readUtf8(const QString& path);

/// The beginning of a script, which tells whose it is: a dump may be larger than the memory.
Result<QByteArray> readHead(const QString& path);

/// True when the script itself begins, commits or rolls back.
bool controlsTransaction(const QString& script, Engine engine);

/// True for a script that a tool without transactions of its own relies on being alone: one statement
/// (CREATE INDEX CONCURRENTLY, VACUUM), or one that begins and commits by itself. Every other one means
/// the same inside a transaction. Where the engine is not known, by what holds on either.
bool mustRunAlone(const QByteArray& script, std::optional<Engine> engine);

/// A script of one piece.
Script wholeScript(const QByteArray& text);

}  // namespace dewpoint::project
