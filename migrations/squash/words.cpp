// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// What a squash would do, in sentences.
#include "base/words.h"

#include "squash/squash.h"

namespace dewpoint::squash {

QString title(const Squash& squash)
{
    return Words::tr("Replace %1 migrations by %2?").arg(squash.old.size()).arg(squash.made.folder);
}

QStringList facts(const Squash& squash)
{
    QStringList names;
    for (const project::Migration& migration : squash.old)
        names << migration.folder;
    QStringList lines{Words::tr("These go: %1").arg(names.join(QStringLiteral(", ")))};
    lines << Words::tr("Proven on scratch databases: schema and rows are the same (tables: %1, rows: %2).")
                 .arg(squash.tables)
                 .arg(squash.rows);
    switch (squash.downIs) {
    case Down::Joined: lines << Words::tr("Its down SQL is that of all of them, the last one first."); break;
    case Down::WorkedOut:
        lines << (squash.downLoses
                      ? Words::tr(
                            "Not all of them had down SQL: it was worked out from the schemas, and drops "
                            "what they added with the rows and values in it.")
                      : Words::tr("Not all of them had down SQL: it was worked out from the schemas."));
        break;
    case Down::None: lines << Words::tr("It has no down SQL, and cannot be reverted."); break;
    }
    lines += squash.notes;
    lines << Words::tr(
        "They are not applied to this database. Where somebody else has applied them, their "
        "files are missing then and the new one may not run: squash only what nobody else has.");
    return lines;
}

}  // namespace dewpoint::squash
