// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "cli/console.h"
#include "drivers/connection.h"
#include "project/project.h"

#include <QCommandLineParser>

#include <optional>

namespace dewpoint::cli {

/// The sub-commands; `arguments` is the whole line, program name first.
int runMigrate(const QStringList& arguments, Console& console);
int runSchema(const QStringList& arguments, Console& console);
int runQuery(const QStringList& arguments, Console& console);
int runExport(const QStringList& arguments, Console& console);
int runImport(const QStringList& arguments, Console& console);
int runFill(const QStringList& arguments, Console& console);
int runScenario(const QStringList& arguments, Console& console);

/// As runSubCommand, writing to the console that is given.
std::optional<int> runSubCommand(const QStringList& arguments, Console& console);

/// Adds --db, --project, --json, --quiet, --yes and --help.
void addCommonOptions(QCommandLineParser& parser);

/// Usage mistakes, and what the database or a file says, have their own codes.
int refuse(Console& console, const Error& error);

/// An exit code where something is left over that the command does not take.
std::optional<int> refuseArguments(const QCommandLineParser& parser, Console& console);

/// Parses what is behind `words` command words; an exit code when there is nothing more to do.
std::optional<int> parse(QCommandLineParser& parser, const QStringList& arguments, qsizetype words,
                         Console& console);

/// The project of --project, else of the current folder: as `tool` sees it where one is named. Several
/// at once are an error that lists them.
Result<std::optional<project::Project>> findProject(const QCommandLineParser& parser,
                                                    const QString& tool = {});

/// --db (or the text given), else DATABASE_URL, else what the project's own files name.
Result<drivers::Target> findTarget(const QCommandLineParser& parser, const QString& text = {},
                                   const QString& tool = {});

/// For commands that only read. (A SQLite file is opened writable all the same: after a crash the next
/// reader has to roll back what the journal holds.)
drivers::Target forReading(drivers::Target target);

}  // namespace dewpoint::cli
