// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "cli/commands.h"
#include "schema/database.h"
#include "shadow/difference.h"

#include <QJsonObject>

namespace dewpoint::cli {

/// Adds --rename and --drop-add.
void addAnswerOptions(QCommandLineParser& parser);
shadow::Answers answersOf(const QCommandLineParser& parser);

/// Adds --privileges, which `what` is done with.
void addPrivilegesOption(QCommandLineParser& parser, const QString& what);
/// InvalidInput where --privileges is given and the engine has none.
Result<catalog::Extent> extentOf(const QCommandLineParser& parser, Engine engine);

/// A SQL file or a folder, as opposed to a database.
bool isSql(const QString& text);

/// The schema that a person names: a database, SQL files (which run on a scratch database of `server`),
/// "migrations" for the end of the project's migrations or "migrations:VERSION" for the state after one. What
/// migrations do not make is left out of a database that is compared with them: their ledger.
Result<schema::Database> readSide(const QCommandLineParser& parser, const QString& text,
                                  const drivers::Target& server, catalog::Extent extent,
                                  const QString& other);

/// Where scratch databases are made when these are compared: the first of them that is a database, else
/// what findTarget says, else SQLite in memory.
Result<drivers::Target> serverFor(const QCommandLineParser& parser, const QStringList& texts);

/// One line for each thing that may have been renamed, and how to answer; the exit code for that.
int listQuestions(const QList<plan::Question>& questions, Console& console);

QJsonObject differenceJson(const shadow::Difference& difference);
QString changeWord(change::Kind kind);  ///< "added", "removed", "changed"

/// The project of --project and --format; NotFound where there is none.
Result<project::Project> projectNamed(const QCommandLineParser& parser);

/// The sub-commands of schema that compare, or tell where things come from.
int runSchemaDiff(const QStringList& arguments, Console& console);
int runSchemaDrift(const QStringList& arguments, Console& console);
int runSchemaHistory(const QStringList& arguments, Console& console);

}  // namespace dewpoint::cli
