// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>

#include <memory>
#include <optional>

namespace dewpoint::store {

enum class Environment { None, Development, Test, Staging, Production };

/// A connection as the start page remembers it. Passwords are never part of it.
struct SavedConnection {
    drivers::Target target;
    Environment environment = Environment::None;
    QString projectFolder;                     ///< chosen by hand; empty: detected
    QString projectTool;                       ///< which of several in the folder; empty: the first
    std::optional<drivers::Guard> usualGuard;  ///< where target.guard is for this once only (--read-only)
    bool scratch = false;  ///< the sample shop's copy, or in memory: neither remembered nor restored
    std::shared_ptr<const void> keeps;  ///< lives as long as the connection: a scratch folder
    QDateTime lastUsed;
};

/// Scratch databases may be made on its server unasked: not where it is for reading only, or in production.
bool mayMakeScratch(const SavedConnection& connection);

/// The whole address without its password: what may be shown and remembered.
QString shownLocation(const drivers::Target& target);

QJsonObject toJson(const SavedConnection& connection);
SavedConnection connectionFromJson(const QJsonObject& object);

/// Newest first, at most 20.
QList<SavedConnection> recentConnections();
/// As it was remembered; nothing where it was not.
std::optional<SavedConnection> rememberedConnection(const drivers::Target& target);
/// As it was remembered, with its guard level and environment; a new one where it was not.
SavedConnection knownConnection(const drivers::Target& target);
Result<> rememberConnection(const SavedConnection& connection);

/// The same name for the same database, whatever the guard level: for a file or folder of its own.
QString identityOf(const drivers::Target& target);

/// The file that holds the tabs and staged edits of this database, whatever the guard level; `window` counts from 1
/// where several windows or programs have it open (WorkspaceKeep).
QString workspaceFile(const drivers::Target& target, int window = 1);

}  // namespace dewpoint::store
