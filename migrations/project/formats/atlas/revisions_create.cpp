// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the table begins: with nothing, or with the baseline that atlas.hcl names.
#include "base/words.h"
#include "project/formats/atlas/revisions.h"
#include "sql/dialect.h"

#include <algorithm>

namespace dewpoint::project::atlas::revisions {

namespace {

using drivers::Connection;

const char* const postgresTable =
    R"(CREATE TABLE %1 ("version" character varying NOT NULL, "description" character varying NOT NULL, "type" bigint NOT NULL DEFAULT 2, "applied" bigint NOT NULL DEFAULT 0, "total" bigint NOT NULL DEFAULT 0, "executed_at" timestamptz NOT NULL, "execution_time" bigint NOT NULL, "error" text NULL, "error_stmt" text NULL, "hash" character varying NOT NULL, "partial_hashes" jsonb NULL, "operator_version" character varying NOT NULL, PRIMARY KEY ("version")))";
const char* const sqliteTable =
    "CREATE TABLE `atlas_schema_revisions` (`version` text NOT NULL, `description` text NOT NULL, `type` "
    "integer NOT "
    "NULL DEFAULT (2), `applied` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), "
    "`executed_at` "
    "datetime NOT NULL, `execution_time` integer NOT NULL, `error` text NULL, `error_stmt` text NULL, `hash` "
    "text NOT "
    "NULL, `partial_hashes` json NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`))";

/// Tables that are there although nothing was ever recorded: nobody knows what of the migrations they are.
Result<bool> isClean(Connection& connection, const Project& project)
{
    const QString bound = project.settings.value(keys::revisionsSchema);
    const QString sql =
        connection.engine() == Engine::Sqlite
            ? QStringLiteral(R"(SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND )"
                             R"(name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'atlas_schema_revisions')")
            : QStringLiteral(
                  "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
                  "c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', "
                  "'pg_toast') AND n.nspname NOT LIKE 'pg\\_temp%' AND c.relname <> "
                  "'atlas_schema_revisions'")
                  + (bound.isEmpty() ? QString() : QStringLiteral(" AND n.nspname = $1"));
    const bool asks = connection.engine() == Engine::Postgres && !bound.isEmpty();
    return connection.scalar(sql, asks ? QList<Value>{textValue(bound)} : QList<Value>{})
        .transform([](const Value& count) { return displayText(count) == QLatin1String("0"); });
}

Result<> writeBaseline(Connection& connection, const Project& project, const QString& version)
{
    const auto files = atlas::list(project);
    if (!files)
        return fail(files.error());
    const auto found = std::ranges::find(*files, version, &Migration::version);
    if (found == files->end())
        return fail(ErrorKind::NotFound, Words::tr("baseline version “%1” not found").arg(version));
    return write(connection, project, {.version = version, .description = found->name, .type = baselineType});
}

}  // namespace

RepairFormat::Statements createSql(Engine engine, const Project& project)
{
    const ledger::Table wanted = table(project, engine);
    QList<ledger::Statement> statements;
    if (engine == Engine::Postgres)
        statements << ledger::Statement{.sql = QStringLiteral("CREATE SCHEMA IF NOT EXISTS ")
                                               + sql::quoted(wanted.schema)};
    const QString text = QString::fromLatin1(engine == Engine::Postgres ? postgresTable : sqliteTable);
    statements << ledger::Statement{.sql = QString(text).replace(QLatin1String("%1"), quoted(wanted))};
    return statements;
}

Result<> create(drivers::Connection& connection, const Project& project)
{
    const ledger::Table wanted = table(project, connection.engine());
    const auto there = exists(connection, wanted);
    if (!there || *there)
        return there.transform([](bool) {});  // another program may have made it, and the first tables
    const QString baseline = project.settings.value(keys::baseline);
    const auto clean = isClean(connection, project);
    if (!clean)
        return fail(clean.error());
    if (!*clean && baseline.isEmpty() && project.settings.value(keys::allowDirty) != QLatin1String("true"))
        return fail(ErrorKind::Conflict, Words::tr("connected database is not clean: it has tables already"),
                    Words::tr("Set baseline or allow_dirty in atlas.hcl's migration block."));
    const auto statements = createSql(connection.engine(), project);
    if (!statements)
        return fail(statements.error());
    if (auto schema = send(connection, statements->first(statements->size() - 1)); !schema)
        return schema;
    auto made = ledger::create(connection, wanted, statements->last().sql.toUtf8());
    return made && !baseline.isEmpty() ? writeBaseline(connection, project, baseline) : made;
}

}  // namespace dewpoint::project::atlas::revisions
