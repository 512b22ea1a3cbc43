// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// Flyway (13): V1__name.sql in order, R__name.sql whenever it changed, U1__name.sql to undo, B1__name.sql to
/// begin with.
namespace dewpoint::project::flyway {

const Format& format();

/// Project::settings holds Flyway's own parameters by their own names ("outOfOrder", "placeholders.x":
/// Flyway's own word for ${x}), and the folders in `locations`, absolute, one a line.
namespace keys {
constexpr QLatin1StringView locations("locations");
constexpr QLatin1StringView schema("defaultSchema");
constexpr QLatin1StringView table("table");
}  // namespace keys

QStringList foldersOf(const Project& project);  ///< absolute
QString option(const Project& project, QLatin1StringView name, const char* otherwise = "");
bool isOn(const Project& project, QLatin1StringView name, bool otherwise);

/// What a file's name says.
struct FileName {
    enum class Kind { Versioned, Undo, Baseline, Repeatable };
    Kind kind = Kind::Versioned;
    QString version;      ///< as the ledger has it: "1.10"; empty for a repeatable one
    QString description;  ///< "add users"

    bool operator==(const FileName&) const = default;
};

/// Nothing for a name that Flyway passes over.
std::optional<FileName> parseFileName(const QString& name, const Project& project);

/// What tells one migration from another: "1.10" for V01_10__x.sql, "B2", "R__x_y".
QString identity(FileName::Kind kind, const QString& version, const QString& description);

/// At most 200 characters fit into the ledger.
QString ledgerDescription(const QString& description);

/// Versioned ones by value of their parts, a baseline behind its version, repeatable ones last.
bool identityLess(const QString& left, const QString& right);

/// The signed number in the ledger: line ends and a byte order mark do not count.
QString checksum(const QByteArray& text);

/// The characters of a file that is in the encoding that the project or the file's own .conf names.
Result<QString> decoded(const Project& project, const QString& path);

/// A file's text as Flyway sends it: encoding and placeholders done.
Result<QByteArray> readText(const Project& project, const QString& path);

/// Its statements, and whether PostgreSQL or SQLite can run them in a transaction.
struct Statements {
    Script script;
    bool inTransaction = true;
    bool mixed = false;  ///< some can, some cannot
};
Statements statementsOf(const QByteArray& text, Engine engine);

/// The value of `name` in the file beside a migration, e.g. V1__x.sql.conf; empty when not set.
QString besideOption(const QString& path, const QString& name);

/// Callbacks (beforeMigrate.sql …) among the files.
QStringList callbacks(const Project& project);

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Script> script(const Project& project, const Migration& migration, Direction direction);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

}  // namespace dewpoint::project::flyway
