// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QString>

namespace dewpoint::store {

/// Folder for settings, drafts and recent connections; made when missing. DEWPOINT_STATE_DIR names
/// another one (tests, portable use). Drafts hold rows and SQL: what is made here is for its owner only.
QString stateFolder();
/// A folder in the state folder; made when missing.
QString stateFolder(const QString& name);

/// The name under which something is kept of a folder: one, whatever links lead to it.
QString canonicalFolder(const QString& folder);

/// A JSON object in a file; an absent file is an empty object, a damaged one an error, and is moved
/// aside (".damaged") so that writing does not destroy it.
Result<QJsonObject> readJson(const QString& path);

/// Written beside the file and renamed over it: a crash leaves the old or the new text, never half.
Result<> writeJson(const QString& path, const QJsonObject& object);

}  // namespace dewpoint::store
