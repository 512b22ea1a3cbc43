// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/schema_script.h"

#include "base/words.h"
#include "project/formats/drizzle/snapshot.h"

namespace dewpoint::project {

namespace {

/// How each tool that has such a file reads it; nothing where the file is not its own.
constexpr Result<std::optional<SchemaScript>> (*readers[])(const QString& path) = {drizzle::snapshot::script};

}  // namespace

Result<SchemaScript> schemaScript(const QString& path)
{
    for (const auto read : readers) {
        auto script = read(path);
        if (!script)
            return fail(script.error());
        if (*script)
            return **std::move(script);
    }
    return fail(ErrorKind::InvalidInput, Words::tr("%1 is no snapshot of drizzle-kit.").arg(path),
                Words::tr("A JSON file that holds a schema is one of drizzle-kit's: meta/0003_snapshot.json, "
                          "or snapshot.json in the folder of a migration."));
}

}  // namespace dewpoint::project
