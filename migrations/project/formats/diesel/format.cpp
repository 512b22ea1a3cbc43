// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/diesel/diesel.h"
#include "project/states.h"

namespace dewpoint::project::diesel {

namespace {

/// On connect Diesel sets UTC and UTF-8. It leaves foreign keys to the library it is linked to.
Rules rules(const Project&)
{
    return {.refusesEmptyScripts = true,
            .withoutTransaction = "",
            .sessionSql = "SET TIME ZONE 'UTC'; SET CLIENT_ENCODING TO 'UTF8'"};
}

/// By bytes, so "9" comes after "10", as the tool sorts them.
QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    return statesByVersion(files, rows, versionLess);
}

QString spelledVersion(const Migration& migration)
{
    return migration.folder.section(u'_', 0, 0);
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("diesel"),
                               .title = QLatin1StringView("Diesel"),
                               .detect = detect,
                               .list = list,
                               .script = scriptOfFile,
                               .readsUtf8Only = true,
                               .generate = generate,
                               .rules = rules,
                               .states = states,
                               .afterChange = writeSchemaFiles,
                               .ledger = ledgerFormat(),
                               .squash = {.version = spelledVersion}};
    return format;
}

}  // namespace dewpoint::project::diesel
