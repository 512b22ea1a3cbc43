// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "sql/dialect.h"

#include <QByteArray>

namespace dewpoint::project {

/// What a tool's own description of a schema makes of an empty database, as SQL.
struct SchemaScript {
    Engine engine = Engine::Sqlite;
    QByteArray sql;

    bool operator==(const SchemaScript&) const = default;
};

/// Reads a file in which a tool keeps what the schema is: drizzle-kit's snapshots are such. InvalidInput
/// where no tool knows the file for its own, or its version is none of those that are known.
Result<SchemaScript> schemaScript(const QString& path);

}  // namespace dewpoint::project
