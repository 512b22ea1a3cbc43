// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "command/command.h"
#include "ledger/statement.h"
#include "ledger/table.h"
#include "project/migration.h"
#include "schema/database.h"

#include <QDateTime>

namespace dewpoint::project {

/// What a migration makes of the schema.
struct SchemaChange {
    schema::Database before;
    schema::Database after;
};

/// What generate is asked for.
struct NewMigration {
    QString name;     ///< verbatim; no "/" and not empty
    QString version;  ///< empty: the tool's next one
    bool withDown = true;
    QByteArray up;  ///< behind the tool's own first line
    QByteArray down;
    QDateTime now = QDateTime::currentDateTimeUtc();
    std::optional<SchemaChange> change;  ///< of `up`, for formats that describe the schema
};

/// How the tool runs migrations. The defaults are those of most tools.
struct Rules {
    bool wholeRun = false;  ///< one transaction for all migrations of a run
    bool refusesEmptyScripts = false;
    bool revertSkipsIrreversible = false;  ///< passes over what has no down, instead of stopping there
    bool revertSkipsMissing = false;       ///< passes over what is gone from disk
    std::optional<bool> foreignKeys;  ///< SQLite: enforced in the tool's own sessions? Unset: as they are
    bool alwaysGuardsForeignKeys = false;  ///< SQLite: as if every script switched them off
    bool strictQuotes = false;             ///< SQLite: an unknown "name" is an error, not a text
    /// SQLite: head of a script that begins and commits by itself. Set where the tool's sessions may
    /// enforce foreign keys, which a script cannot switch off inside the tool's transaction.
    std::optional<QByteArray> withoutTransaction;
    QByteArray sessionSql;  ///< PostgreSQL: what the tool sends on connecting
};

/// How a tool's ledger is put right by hand, as statements that somebody may look at first: nothing is
/// sent here. What is null the tool does not have.
struct RepairFormat {
    using Statements = Result<QList<ledger::Statement>>;

    Statements (*create)(Engine, const Project&) = nullptr;  ///< the table, as the tool's first run leaves it
    /// What LedgerFormat::upgrade would send; none where nothing is to be done. May be null.
    Statements (*upgrade)(drivers::Connection&, const Project&) = nullptr;
    /// Up: the row as the tool's own run, or its own command for this, leaves it. Down: as its revert does.
    /// Whatever the state was before.
    Statements (*mark)(Engine, const Project&, const MigrationState&, Direction) = nullptr;
    /// The ledger takes the file as it is now for the one that ran.
    Statements (*accept)(Engine, const Project&, const MigrationState&) = nullptr;
    /// What failed has been dealt with: the tool works again.
    Statements (*clear)(Engine, const Project&, const MigrationState&) = nullptr;
    bool clearedIsApplied = false;  ///< it counts as applied then, not as pending
};

/// The tool's tracking table. Everything is blocking and runs on the caller's connection.
struct LedgerFormat {
    using Connection = drivers::Connection;

    ledger::Table (*table)(const Project&, Engine) = nullptr;
    Result<QList<ledger::AppliedRow>> (*rows)(Connection&, const Project&) = nullptr;  ///< a pure read
    Result<> (*create)(Connection&, const Project&) = nullptr;
    /// Brings a table of an older release of the tool up to date, as the tool itself does. May be null.
    Result<> (*upgrade)(Connection&, const Project&) = nullptr;
    Result<bool> (*contains)(Connection&, const Project&, const Migration&) = nullptr;
    Result<> (*insert)(Connection&, const Project&, const Migration&) = nullptr;  ///< with the script
    Result<> (*remove)(Connection&, const Project&, const Migration&) = nullptr;
    /// Outside a transaction only, before the script: that it begins; then, when the script of an up
    /// fails, that it failed. Both may be null. insert and remove end what prepare began.
    Result<> (*prepare)(Connection&, const Project&, const Migration&, Direction) = nullptr;
    Result<> (*recordFailure)(Connection&, const Project&, const Migration&, const Error&) = nullptr;
    /// Pieces of the script that stand from a run that did not finish: they are left out. May be null.
    Result<int> (*piecesDone)(Connection&, const Project&, const Migration&) = nullptr;
    /// Outside a transaction only, after each piece: so many stand now. May be null.
    Result<> (*advance)(Connection&, const Project&, const Migration&, int pieces) = nullptr;
    /// After the commit, where the tool writes once more (how long it took). May be null.
    Result<> (*finish)(Connection&, const Project&, const Migration&, qint64 nanoseconds) = nullptr;
    /// The session lock that the tool itself takes on PostgreSQL. May be null.
    Result<qint64> (*lockKey)(Connection&, const Project&) = nullptr;
    bool keepsOnlyNewest = false;  ///< one row: everything up to it counts as applied
    /// Where another tool has a table of that name: what this one's columns are. Empty: nothing to confuse.
    QStringList columns;
    QLatin1StringView tableSetting;  ///< what names another table
    RepairFormat repair = {};
};

/// What a project's own program is to do.
struct CommandRequest {
    enum class Kind { Up, Down, Status, New };

    Kind kind = Kind::Up;
    int count = 1;
    QString version;  ///< the last migration of them
    QString name;     ///< of a new one
    drivers::Target target;
};

/// For projects whose migrations are programs: a command of theirs runs them and writes the ledger,
/// everything else (listing, states, plans) is as with SQL. It only says what would be started.
struct CommandFormat {
    enum class Reach { Count, One, All };  ///< how many migrations one call takes

    /// Unsupported where the project has no command for that. Null: all migrations are SQL.
    Result<command::Command> (*command)(const Project&, const CommandRequest&) = nullptr;
    Reach (*reach)(const Project&, CommandRequest::Kind) = nullptr;
    /// Whether it surely goes to the database that it is given, which a preview on another one needs.
    bool (*isPreviewable)(const Project&) = nullptr;
    /// True where the command's output, one version a line, stands for the ledger. May be null.
    bool (*tellsState)(const Project&) = nullptr;
};

/// The file with the tool's sums of all migrations, as it is and as it ought to be.
struct SumChange {
    QString path;
    QByteArray before;  ///< empty where there is none
    QByteArray after;
    QStringList changes;  ///< for people: what the files were changed in since

    bool operator==(const SumChange&) const = default;
};

/// How several migrations become one. What is null the tool needs not.
struct SquashFormat {
    /// One direction's SQL, without the words that only the head of a file may have. Null: the script.
    Result<QByteArray> (*body)(const Project&, const Migration&, Direction) = nullptr;
    /// The version as generate takes it. Null: the number at the head of the file's name.
    QString (*version)(const Migration&) = nullptr;
    bool numbersItself = false;  ///< generate takes no version, so only the last ones become one
    /// Takes migrations whose own files are gone out of a file that names all of them.
    Result<> (*forget)(const Project&, const QList<Migration>&) = nullptr;
    /// Lets the side files of the one that was made say what those of the old ones say, as far as they can.
    Result<> (*describe)(const Migration& made, const QList<Migration>& old) = nullptr;
};

/// One migration tool, as functions over values: formats/<tool>/ has one such table each, and everything
/// else in migrations/ asks it and names no tool.
struct Format {
    QLatin1StringView id;     ///< "diesel"
    QLatin1StringView title;  ///< "Diesel"
    /// Where its migrations are in a new project; empty where Dewpoint cannot begin one.
    QLatin1StringView usualPlace{"migrations"};

    Result<std::optional<Project>> (*detect)(const QString& folder, const Environment&) = nullptr;
    /// A database as the tool's users write it (sqlite3:, ?schema=), for drivers::parseTarget. May be null.
    QString (*spelled)(const Project&, const QString& url) = nullptr;
    bool heedsUrlOptions =
        false;  ///< what a URL says to the tool (Target::toolOptions) is among its settings
    Result<QList<Migration>> (*list)(const Project&) = nullptr;
    Result<Script> (*script)(const Project&, const Migration&, Direction) = nullptr;
    /// What stands for an up script on an empty database, where the tool leaves one that only says what was
    /// there before it. May be null.
    Script (*onEmptyDatabase)(const Script&) = nullptr;
    bool readsUtf8Only = false;  ///< what is anything else never comes to the server: refused, or changed
    Result<Migration> (*generate)(const Project&, const NewMigration&) = nullptr;
    /// A file's text with the tool's own word for running the up script outside a transaction, where the tool
    /// does not find that out by itself. Null where it has none in that file.
    QByteArray (*outsideTransaction)(QByteArray file) = nullptr;
    bool describesSchema = false;  ///< generate writes what the schema is after the migration
    Rules (*rules)(const Project&) = nullptr;
    /// The ledger against the files, in the tool's own order and by its own pending rule.
    QList<MigrationState> (*states)(const Project&, const QList<Migration>& files,
                                    const QList<ledger::AppliedRow>& rows) = nullptr;
    Result<SumChange> (*rehash)(const Project&) = nullptr;  ///< for tools that have such a file
    /// What is wrong with the files themselves, so that nothing may run. May be null.
    Result<> (*verify)(const Project&) = nullptr;
    /// What the tool refuses to work on, before anything ran. May be null.
    Result<> (*check)(const QList<MigrationState>&, Direction, bool allowMissing) = nullptr;
    /// Brings the files that describe the schema up to date when it has changed; the paths of those that
    /// are different now. May be null.
    Result<QStringList> (*afterChange)(drivers::Connection&, const Project&) = nullptr;
    LedgerFormat ledger;
    CommandFormat command;
    SquashFormat squash = {};
};

/// All of them, in the order in which they are asked.
const QList<const Format*>& formats();

/// The format of that name; null when there is none.
const Format* formatNamed(const QString& id);

const Format& formatOf(const Project& project);

}  // namespace dewpoint::project
