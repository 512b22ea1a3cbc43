// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// Atlas (1.2), its versioned workflow: files in the order of their names, summed up in atlas.sum, sent
/// statement by statement.
namespace dewpoint::project::atlas {

const Format& format();

/// Its own keys in Project::settings.
namespace keys {
constexpr QLatin1StringView revisionsSchema("revisions_schema");
constexpr QLatin1StringView execOrder("exec_order");  ///< "linear", "linear-skip", "non-linear"
constexpr QLatin1StringView txMode("tx_mode");        ///< "file", "all", "none"
constexpr QLatin1StringView baseline("baseline");
constexpr QLatin1StringView allowDirty("allow_dirty");
constexpr QLatin1StringView foreignKeys("_fk");  ///< of a SQLite URL: they are enforced
constexpr QLatin1StringView problem("problem");  ///< why the project cannot be run here
}  // namespace keys

/// The statements as Atlas' own scanner cuts them: without the comments before them, with their semicolon,
/// cut by the file's delimiter where it sets one. An error in its words where it refuses the text.
Result<Script> scan(const QByteArray& text, Engine engine);

/// The values of a directive at the top of a file: "none" for -- atlas:txmode none.
QList<QByteArray> directives(const QByteArray& text, const QByteArray& name);

/// A file for the sum.
struct SumFile {
    QString name;
    QByteArray text;
};

/// What atlas.sum says of a file; the hash covers all files up to it.
struct SumLine {
    QString name;
    QString hash;
    bool operator==(const SumLine&) const = default;
};

QList<SumLine> sumLines(const QList<SumFile>& files);
QByteArray sumText(const QList<SumLine>& lines);

/// Compares a folder's files with the text of its atlas.sum; an error in Atlas' words with line and file.
Result<> verifySum(const QList<SumFile>& files, const QByteArray& sum);

/// What became of the files since that sum: added, removed, and the first that was edited. Behind that one
/// nothing can be told, because each hash covers all before it.
QStringList changesSince(const QList<SumFile>& files, const QByteArray& sum);

/// All *.sql files of the project's folder with their texts, by name.
Result<QList<SumFile>> readFiles(const Project& project);

/// Running SHA-256 in base64 behind each statement.
QStringList statementHashes(const Script& script);

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Script> script(const Project& project, const Migration& migration, Direction direction);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
Result<> verify(const Project& project);
/// As `atlas migrate hash`.
Result<SumChange> rehash(const Project& project);
LedgerFormat ledgerFormat();

}  // namespace dewpoint::project::atlas
