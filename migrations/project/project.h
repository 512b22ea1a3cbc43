// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"
#include "project/answers.h"
#include "project/environment.h"

#include <QList>
#include <QMap>

#include <optional>

namespace dewpoint::project {

/// How sure one can be that a folder belongs to a tool.
enum class Evidence {
    Name,     ///< only a folder's name speaks for it
    Content,  ///< its files have the tool's grammar
    Own,      ///< the tool's configuration, manifest or directives are there
    Told,     ///< Dewpoint's own settings file says so
};

/// A folder of migrations and the tool they belong to, found from the tool's own files.
struct Project {
    QString tool;  ///< "diesel": the name that JSON and options use
    Evidence evidence = Evidence::Name;
    QString root;             ///< folder of the configuration file, else the one that holds migrations/
    QString directory;        ///< absolute path of the migrations folder; it may not exist yet
    QString configFile;       ///< the tool's configuration; empty when there is none (defaults apply)
    QString databaseUrl;      ///< of the environment, .env or the configuration; empty when there is none
    QString databaseUrlBase;  ///< what a relative SQLite path in databaseUrl starts from
    QString databaseProblem;  ///< why databaseUrl is empty, where there is more to say than “not set”
    QString schemaFile;       ///< a file that describes the schema, absolute; empty when not set
    std::optional<Engine> engine;     ///< where the configuration names the dialect
    QList<Unknown> unknowns;          ///< not empty: it can be neither listed nor written to
    QMap<QString, QString> settings;  ///< the tool's other settings, by the tool's own names
    QString agreedCode;  ///< the Code::hash that the user has agreed to; detection leaves it empty

    bool operator==(const Project&) const = default;
};

/// "Diesel": the tool's name for people.
QString toolTitle(const Project& project);

/// Every tool's name, as --format takes it.
QStringList toolNames();

/// The projects that `folder` belongs to (a project's root, a folder inside it, or the migrations folder
/// itself), those of the best evidence and the nearest root; usually one. An error when a configuration
/// cannot be read and no other tool's is there. Nothing is executed: configuration is read as text.
Result<QList<Project>> detectAll(const QString& folder,
                                 const Environment& environment = processEnvironment());

/// The first of them; nothing when there is none.
Result<std::optional<Project>> detect(const QString& folder,
                                      const Environment& environment = processEnvironment());

/// The projects in the folders below, by path: for a folder that somebody named, in which and above which
/// there is none. A few levels deep, and not into what is installed or built.
QList<Project> detectBelow(const QString& folder, const Environment& environment = processEnvironment());

/// As this tool alone would see the folder, on any evidence; where there is none, as a project of it begins.
/// InvalidInput for a tool that is not known; nothing for one whose own command makes projects.
Result<std::optional<Project>> detectAs(const QString& tool, const QString& folder,
                                        const Environment& environment = processEnvironment());

/// A database that a person names for this project, also in the tool's own spelling.
Result<drivers::Target> givenTarget(const Project& project, const QString& text);

/// The same project on this engine, where its files do not say which: what a statement is depends on it.
Project forEngine(Project project, Engine engine);

/// The project's own database: databaseUrl as a target; InvalidInput when it names none.
Result<drivers::Target> databaseTarget(const Project& project);

}  // namespace dewpoint::project
