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

/// FROM and TO, as shadow::sideOf() reads the words of a person.
struct Sides {
    drivers::Target server;  ///< where scratch databases are made: see shadow::serverFor()
    schema::Database from, to;
};

/// What findTarget says is where SQL files run, else SQLite in memory. For "migrations" there has to be a
/// project.
Result<Sides> readSides(const QCommandLineParser& parser, const QString& fromText, const QString& toText);

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
