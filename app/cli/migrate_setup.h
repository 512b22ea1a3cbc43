// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/plan.h"
#include "cli/commands.h"
#include "project/project.h"

#include <QCommandLineParser>
#include <QJsonObject>

#include <functional>
#include <memory>
#include <optional>

/// What the migrate sub-commands share: their options, the project and the database.
namespace dewpoint::cli {

struct Opened {
    project::Project project;
    std::unique_ptr<drivers::Connection> connection;
};

bool isSet(const QCommandLineParser& parser, const char* name);
void printJson(Console& console, const QJsonObject& object);

/// --format and the common options.
void addMigrateOptions(QCommandLineParser& parser);

/// --to, --count, --all and --ignore-missing.
void addScopeOptions(QCommandLineParser& parser, apply::Action action);
Result<apply::Scope> scopeOf(const QCommandLineParser& parser, apply::Action action);

Result<project::Project> wantProject(const QCommandLineParser& parser);

/// The project and its database, open; `adapt` may change the target before.
Result<Opened> open(const QCommandLineParser& parser, const std::function<void(drivers::Target&)>& adapt);

/// A SQLite file that the first run will make is not made by looking.
void asNotMadeYet(drivers::Target& target);

/// Without --yes a person has to agree; an exit code where it ends here. `change`: "This changes users".
std::optional<int> wantYes(const QCommandLineParser& parser, const QString& question, const QString& change,
                           Console& console);

/// The copy's path; empty where there is none (PostgreSQL, --no-backup).
Result<QString> backUp(const QCommandLineParser& parser, const Opened& opened);

int runRehearse(const QStringList& arguments, Console& console);
int runGenerate(const QStringList& arguments, Console& console);
int runSquash(const QStringList& arguments, Console& console);

/// What migrations put at risk: told from their text, and from the rows that are there.
int runLint(const QStringList& arguments, Console& console);
int runPreflight(const QStringList& arguments, Console& console);

/// The sub-commands that change ledgers without running anything.
int runRepair(const QStringList& arguments, Console& console);
int runBaseline(const QStringList& arguments, Console& console);
int runConvert(const QStringList& arguments, Console& console);

}  // namespace dewpoint::cli
