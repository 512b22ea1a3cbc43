// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/flyway/history.h"

namespace dewpoint::project::flyway::history {

namespace {

/// Relative to its location.
QString scriptName(const Project& project, const Migration& migration)
{
    for (const QString& folder : foldersOf(project)) {
        if (migration.upPath.startsWith(folder + u'/'))
            return migration.upPath.sliced(folder.size() + 1);
    }
    return migration.folder;
}

}  // namespace

ledger::Table table(const Project& project, Engine engine)
{
    return {.schema = engine == Engine::Postgres ? option(project, keys::schema) : QString(),
            .name = option(project, keys::table, "flyway_schema_history")};
}

QString tableSql(Engine engine, const Project& project)
{
    return quoted(table(project, engine));
}

Row rowFor(const Project& project, const Migration& migration, bool success)
{
    return {.version = migration.repeatable ? Value(Null{}) : textValue(migration.key),
            .description = migration.name,
            .type = migration.summary ? QStringLiteral("SQL_BASELINE") : QStringLiteral("SQL"),
            .script = scriptName(project, migration),
            .checksum = Value(migration.checksum.toLongLong()),
            .success = success};
}

ledger::Statement inserting(Engine engine, const Project& project, const Row& row)
{
    const bool postgres = engine == Engine::Postgres;
    const QString own = option(project, QLatin1StringView("installedBy"));
    const bool byServer = own.isEmpty() && postgres;
    const QString yes = postgres ? QStringLiteral("true") : QStringLiteral("1");
    const QString no = postgres ? QStringLiteral("false") : QStringLiteral("0");
    const QString sql =
        QStringLiteral(
            R"(INSERT INTO %1 ("installed_rank", "version", "description", "type", "script", "checksum", )"
            R"("installed_by", "execution_time", "success") VALUES ((SELECT coalesce(max("installed_rank") )"
            R"(+ 1, %2) FROM %1), %3, %4, %5, %6, %7, %8, 0, %9))")
            .arg(tableSql(engine, project), QString::number(row.rank), ledger::parameter(engine, 1),
                 ledger::parameter(engine, 2), ledger::parameter(engine, 3), ledger::parameter(engine, 4),
                 ledger::parameter(engine, 5),
                 byServer ? QStringLiteral("current_user") : ledger::parameter(engine, 6),
                 row.success ? yes : no);
    QList<Value> values{row.version, textValue(ledgerDescription(row.description)), textValue(row.type),
                        textValue(row.script), row.checksum};
    if (!byServer)
        values.append(textValue(own));
    return {.sql = sql, .parameters = values};
}

Result<> write(drivers::Connection& connection, const Project& project, const Row& row)
{
    return send(connection, inserting(connection.engine(), project, row));
}

Selection rowsOf(Engine engine, const Migration& migration)
{
    if (migration.repeatable)
        return {
            QStringLiteral(R"("version" IS NULL AND "description" = %1)").arg(ledger::parameter(engine, 1)),
            {textValue(migration.name)}};
    return {QStringLiteral(R"("version" IN (%1, %2) AND "type" %3)")
                .arg(ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                     migration.summary ? QStringLiteral("= 'SQL_BASELINE'")
                                       : QStringLiteral("NOT IN ('BASELINE', 'SQL_BASELINE')")),
            {textValue(migration.key), textValue(migration.version)}};
}

}  // namespace dewpoint::project::flyway::history
