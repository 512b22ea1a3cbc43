// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the schema history table begins: with nothing, with the schema's making or with a baseline.
#include "base/words.h"
#include "project/formats/flyway/history.h"

namespace dewpoint::project::flyway::history {

namespace {

using drivers::Connection;

constexpr QLatin1StringView baselineText("<< Flyway Baseline >>");

const char* const postgresTable = R"(CREATE TABLE %1 (
    "installed_rank" INT NOT NULL,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INTEGER,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
    "execution_time" INTEGER NOT NULL,
    "success" BOOLEAN NOT NULL
);
ALTER TABLE %1 ADD CONSTRAINT %2 PRIMARY KEY ("installed_rank");
CREATE INDEX %3 ON %1 ("success");
)";
const char* const sqliteTable = R"(CREATE TABLE %1 (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE INDEX %3 ON %1 ("success");
)";

QString tableText(Engine engine, const ledger::Table& wanted)
{
    QString sql = QString::fromLatin1(engine == Engine::Postgres ? postgresTable : sqliteTable);
    sql.replace(QLatin1String("%1"), quoted(wanted));
    sql.replace(QLatin1String("%2"), sql::quoted(wanted.name + QStringLiteral("_pk")));
    return sql.replace(QLatin1String("%3"), sql::quoted(wanted.name + QStringLiteral("_s_idx")));
}

Result<bool> isEmptySchema(Connection& connection, const Project& project)
{
    if (connection.engine() == Engine::Sqlite) {
        return connection
            .scalar(QStringLiteral(
                R"(SELECT count(*) FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\')"))
            .transform([](const Value& count) { return displayText(count) == QLatin1String("0"); });
    }
    const QString schema = option(project, keys::schema);
    const QString place = schema.isEmpty() ? QStringLiteral("current_schema()") : QStringLiteral("$1");
    return connection
        .scalar(QStringLiteral(
                    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
                    "n.nspname = %1 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND "
                    "d.deptype = 'e')")
                    .arg(place),
                schema.isEmpty() ? QList<Value>{} : QList<Value>{textValue(schema)})
        .transform([](const Value& count) { return displayText(count) == QLatin1String("0"); });
}

/// A schema that the project names and that is not there is made, and said so in the first row.
Result<bool> createSchema(Connection& connection, const Project& project)
{
    const QString schema = option(project, keys::schema);
    if (connection.engine() == Engine::Sqlite || schema.isEmpty())
        return false;
    const auto there = connection.scalar(
        QStringLiteral("SELECT count(*) FROM pg_namespace WHERE nspname = $1"), {textValue(schema)});
    if (!there || displayText(*there) != QLatin1String("0"))
        return there.transform([](const Value&) { return false; });
    if (!isOn(project, QLatin1StringView("createSchemas"), true))
        return fail(ErrorKind::NotFound,
                    Words::tr("There is no schema %1, and createSchemas is false.").arg(schema));
    return connection.execute(QStringLiteral("CREATE SCHEMA %1").arg(sql::quoted(schema)))
        .transform([](qint64) { return true; });
}

}  // namespace

RepairFormat::Statements createSql(Engine engine, const Project& project)
{
    QList<ledger::Statement> statements;
    const QString text = tableText(engine, table(project, engine));
    for (const QString& part : text.split(QStringLiteral(";\n"), Qt::SkipEmptyParts))
        statements << ledger::Statement{.sql = part};
    return statements;
}

Result<> create(drivers::Connection& connection, const Project& project)
{
    const ledger::Table wanted = table(project, connection.engine());
    const auto there = exists(connection, wanted);
    if (!there || *there)
        return there.transform([](bool) {});  // another program may have made it, and the first tables
    const auto made = createSchema(connection, project);
    const auto empty = made ? isEmptySchema(connection, project) : Result<bool>(fail(made.error()));
    if (!empty)
        return fail(empty.error());
    const bool baselines = isOn(project, QLatin1StringView("baselineOnMigrate"), false);
    if (!*empty && !baselines)
        return fail(ErrorKind::Conflict,
                    Words::tr("Found a schema that is not empty, but no schema history table."),
                    Words::tr("Baseline it, or set baselineOnMigrate=true."));
    const QString sql = tableText(connection.engine(), wanted);
    if (auto done = ledger::create(connection, wanted, sql.toUtf8()); !done)
        return done;
    if (*made) {
        const Row row{.version = Null{},
                      .description = QStringLiteral("<< Flyway Schema Creation >>"),
                      .type = QStringLiteral("SCHEMA"),
                      .script = sql::quoted(wanted.schema),
                      .checksum = Null{},
                      .rank = 0};
        return write(connection, project, row);
    }
    if (*empty)
        return {};
    const QString description = option(project, QLatin1StringView("baselineDescription"));
    const QString text = description.isEmpty() ? QString(baselineText) : description;
    return write(connection, project,
                 {.version = textValue(option(project, QLatin1StringView("baselineVersion"), "1")),
                  .description = text,
                  .type = QStringLiteral("BASELINE"),
                  .script = text,
                  .checksum = Null{}});
}

}  // namespace dewpoint::project::flyway::history
