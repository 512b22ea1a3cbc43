// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"
#include "store/connections.h"

#include <optional>

namespace dewpoint::shell {

/// The migration projects that belong to a connection.
struct FoundProjects {
    QList<project::Project> all;
    std::optional<project::Project> chosen;  ///< the one a person chose, or the first
};

/// The folder that was chosen for the connection, or that of an SQLite file; empty: none.
QString projectFolderOf(const store::SavedConnection& connection);

/// In that folder; where a person chose it, also below it.
Result<FoundProjects> findProjects(const store::SavedConnection& connection);

}  // namespace dewpoint::shell
