// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/custom/custom.h"

namespace dewpoint::project::custom {

namespace {

ledger::Table table(const Project& project, Engine)
{
    const QString name = project.settings.value(key::table);
    return name.contains(u'.')
               ? ledger::Table{.schema = name.section(u'.', 0, 0), .name = name.section(u'.', 1)}
               : ledger::Table{.schema = {}, .name = name};
}

/// SQLite would take an unknown name in double quotes for a text.
Result<> wantColumns(drivers::Connection& connection, const Project& project, const QStringList& wanted)
{
    const auto there = ledger::columnsOf(connection, table(project, connection.engine()));
    if (!there)
        return fail(there.error());
    for (const QString& column : wanted) {
        if (!column.isEmpty() && !there->contains(column, Qt::CaseInsensitive))
            return fail(ErrorKind::UndefinedObject,
                        Words::tr("The table %1 has no column %2.")
                            .arg(ledger::displayed(table(project, connection.engine())), column),
                        Words::tr("dewpoint.toml names it: [ledger]."));
    }
    return {};
}

/// Names are quoted, so nothing in the file becomes SQL.
Result<QList<ledger::AppliedRow>> rows(drivers::Connection& connection, const Project& project)
{
    const QString applied = project.settings.value(key::appliedColumn);
    const auto columns =
        wantColumns(connection, project, {project.settings.value(key::versionColumn), applied});
    if (!columns)
        return fail(columns.error());
    const QString sql = QStringLiteral("SELECT %1, %2 FROM %3")
                            .arg(sql::quoted(project.settings.value(key::versionColumn)),
                                 applied.isEmpty() ? QStringLiteral("NULL") : sql::quoted(applied),
                                 ledger::quoted(table(project, connection.engine())));
    return connection.query(sql).transform([](const RowBatch& batch) {
        QList<ledger::AppliedRow> rows;
        for (int row = 0; row < batch.rowCount(); ++row) {
            const Value& time = batch.at(row, 1);
            rows.append({.version = displayText(batch.at(row, 0)),
                         .appliedAt = isNull(time) ? QString() : displayText(time)});
        }
        return rows;
    });
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = table, .rows = rows};
}

}  // namespace dewpoint::project::custom
