// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"

#include <QRegularExpression>

/// What the tools' detections share: looking for files, asking the environment. Only reads.
namespace dewpoint::project {

/// The nearest folder upward from `folder` that has this entry; empty when there is none.
QString nearestWithFile(const QString& folder, const QString& name);
QString nearestWithFolder(const QString& folder, const QString& name);

/// `path` from `base`, cleaned; empty stays empty.
QString absoluteFrom(const QString& base, const QString& path);

/// `folder`, absolute; NotFound when there is none.
Result<QString> existingFolder(const QString& folder);

/// Fills databaseUrl and its base from the variable, of the environment or else of the .env that the
/// rules find from `folder`. One that cannot be read becomes databaseProblem: --db goes without it.
Result<> findDatabase(const QString& folder, const Environment& environment, const QString& variable,
                      Project& project, DotEnvRules rules = {});

/// A setting, and the folder that a relative path in it starts from.
struct Setting {
    QString value;
    QString base;

    bool isEmpty() const { return value.isEmpty(); }
    QString path() const { return absoluteFrom(base, value); }
};

/// Of the environment, else of the .env that the rules find from `folder`; empty when neither has it.
Setting setting(const QString& folder, const Environment& environment, const QString& variable,
                DotEnvRules rules = {});

/// A postgres:// URL without the options that only the tool's own driver knows; one that names a schema
/// becomes the server's search_path: "schema" is one name, "search_path" a list as SQL has it. Other URLs
/// stay as they are.
QString forLibpq(const QString& text, const QString& schemaOption, const QStringList& foreignOptions = {});

/// True when the nearest Cargo.toml upward, or one above it, has such words.
bool cargoSays(const QString& folder, const QRegularExpression& words);

/// True when the nearest Cargo.toml upward, or one above it, depends on this crate.
bool cargoDependsOn(const QString& folder, const QString& crate);

}  // namespace dewpoint::project
