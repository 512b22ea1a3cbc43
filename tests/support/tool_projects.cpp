// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/tool_projects.h"

#include "ledger/table.h"
#include "project/formats/atlas/atlas.h"

#include <algorithm>

namespace dewpoint::test {

QString letter(char name)
{
    return {QLatin1Char(name)};
}
QString dayOf(char name)
{
    return QStringLiteral("20250%1").arg(name - 'a' + 1) + QStringLiteral("01000000");
}

namespace {

QByteArray make(char name)
{
    return QByteArray("CREATE TABLE ") + name + "(id integer);\n";
}
QByteArray unmake(char name)
{
    return QByteArray("DROP TABLE ") + name + ";\n";
}
void writePairs(const ProjectScratch& scratch, const QString& pattern)
{
    for (const char name : {'a', 'b', 'c'}) {
        const QString base = pattern.arg(dayOf(name), letter(name));
        scratch.write(base + QStringLiteral(".up.sql"), make(name));
        scratch.write(base + QStringLiteral(".down.sql"), unmake(name));
    }
}

QByteArray dialectOf(const ProjectScratch& scratch)
{
    return scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
}

void writeDiesel(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/diesel.toml"), "[migrations_directory]\ndir = \"migrations\"\n");
    for (const char name : {'a', 'b', 'c'}) {
        const QString base = QStringLiteral("%1/migrations/2025-0%2-01-000000_create_%3/")
                                 .arg(folder)
                                 .arg(name - 'a' + 1)
                                 .arg(letter(name));
        scratch.write(base + QStringLiteral("up.sql"), make(name));
        scratch.write(base + QStringLiteral("down.sql"), unmake(name));
    }
}

void writeSqlx(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/Cargo.toml"), "[dependencies]\nsqlx = { version = \"0.8\" }\n");
    writePairs(scratch, folder + QStringLiteral("/migrations/%1_create_%2"));
}

void writeDrizzleConfig(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/drizzle.config.ts"),
                  "export default { dialect: '" + dialectOf(scratch) + "' }");
}

void writeDrizzle(const ProjectScratch& scratch, const QString& folder)
{
    writeDrizzleConfig(scratch, folder);
    QByteArrayList entries;
    for (const char name : {'a', 'b', 'c'}) {
        const QByteArray index = QByteArray::number(name - 'a');
        const QByteArray tag = "000" + index + "_create_" + name;
        entries << R"({"idx":)" + index + R"(,"version":"7","when":179525271737)" + index + R"(,"tag":")"
                       + tag + R"(","breakpoints":true})";
        const QString base = folder + QStringLiteral("/drizzle/") + QString::fromUtf8(tag);
        scratch.write(base + QStringLiteral(".sql"), make(name));
        scratch.write(base + QStringLiteral(".down.sql"), unmake(name));
    }
    scratch.write(folder + QStringLiteral("/drizzle/meta/_journal.json"),
                  R"({"version":"7","dialect":"x","entries":[)" + entries.join(',') + "]}");
}

void writeDrizzleFolders(const ProjectScratch& scratch, const QString& folder)
{
    writeDrizzleConfig(scratch, folder);
    for (const char name : {'a', 'b', 'c'}) {
        const QString base =
            QStringLiteral("%1/drizzle/%2_create_%3/").arg(folder, dayOf(name), letter(name));
        scratch.write(base + QStringLiteral("migration.sql"), make(name));
        scratch.write(base + QStringLiteral("snapshot.json"), "{}");
        scratch.write(base + QStringLiteral("down.sql"), unmake(name));
    }
}

void writeDbmate(const ProjectScratch& scratch, const QString& folder)
{
    for (const char name : {'a', 'b', 'c'})
        scratch.write(
            QStringLiteral("%1/db/migrations/%2_create_%3.sql").arg(folder, dayOf(name), letter(name)),
            "-- migrate:up\n" + make(name) + "\n-- migrate:down\n" + unmake(name));
}

void writePrisma(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/prisma/schema.prisma"),
                  "datasource db {\n  provider = \"" + dialectOf(scratch)
                      + "\"\n  url = env(\"DATABASE_URL\")\n}\n");
    scratch.write(folder + QStringLiteral("/prisma/migrations/migration_lock.toml"),
                  "provider = \"" + dialectOf(scratch) + "\"\n");
    for (const char name : {'a', 'b', 'c'}) {
        const QString base =
            QStringLiteral("%1/prisma/migrations/%2_create_%3/").arg(folder, dayOf(name), letter(name));
        scratch.write(base + QStringLiteral("migration.sql"), make(name));
        scratch.write(base + QStringLiteral("down.sql"), unmake(name));
    }
}

void writeGoose(const ProjectScratch& scratch, const QString& folder)
{
    for (const char name : {'a', 'b', 'c'})
        scratch.write(QStringLiteral("%1/migrations/%2_create_%3.sql").arg(folder, dayOf(name), letter(name)),
                      "-- +goose Up\n" + make(name) + "-- +goose Down\n" + unmake(name));
}

void writeGolangMigrate(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/go.mod"),
                  "module x\n\nrequire github.com/golang-migrate/migrate/v4 v4.19.0\n");
    writePairs(scratch, folder + QStringLiteral("/migrations/%1_create_%2"));
}

void writeRefinery(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/Cargo.toml"), "[dependencies]\nrefinery = \"0.9\"\n");
    for (const char name : {'a', 'b', 'c'}) {
        const QString base =
            QStringLiteral("%1/migrations/V%2__create_%3").arg(folder).arg(name - 'a' + 1).arg(letter(name));
        scratch.write(base + QStringLiteral(".sql"), make(name));
        scratch.write(base + QStringLiteral(".down.sql"), unmake(name));
    }
}

void writePlain(const ProjectScratch& scratch, const QString& folder)
{
    for (const char name : {'a', 'b', 'c'}) {
        const QString base =
            QStringLiteral("%1/migrations/000%2_create_%3").arg(folder).arg(name - 'a' + 1).arg(letter(name));
        scratch.write(base + QStringLiteral(".up.sql"), make(name));
        scratch.write(base + QStringLiteral(".down.sql"), unmake(name));
    }
}

void writeFlyway(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/flyway.toml"), "[flyway]\nlocations = [\"filesystem:sql\"]\n");
    for (const char name : {'a', 'b', 'c'}) {
        const QString rest = QStringLiteral("%1__create_%2.sql").arg(name - 'a' + 1).arg(letter(name));
        scratch.write(folder + QStringLiteral("/sql/V") + rest, make(name));
        scratch.write(folder + QStringLiteral("/sql/U") + rest, unmake(name));
    }
}

void writeAtlas(const ProjectScratch& scratch, const QString& folder)
{
    scratch.write(folder + QStringLiteral("/atlas.hcl"),
                  "env \"local\" {\n  migration {\n    dir = \"file://migrations\"\n  }\n}\n");
    for (const char name : {'a', 'b', 'c'}) {
        const QString file = QStringLiteral("%1_create_%2.sql").arg(dayOf(name), letter(name));
        scratch.write(folder + QStringLiteral("/migrations/") + file, make(name));
        scratch.write(folder + QStringLiteral("/migrations/down/") + file, unmake(name));
    }
    hashAtlas(scratch, folder);
}

}  // namespace

void hashAtlas(const ProjectScratch& scratch, const QString& folder)
{
    const auto project = project::detectAs(QStringLiteral("atlas"), scratch.path(folder), {}).value().value();
    const auto files = project::atlas::readFiles(project).value();
    scratch.write(folder + QStringLiteral("/migrations/atlas.sum"),
                  project::atlas::sumText(project::atlas::sumLines(files)));
}

const QList<ToolProject>& toolProjects()
{
    static const QList<ToolProject> all{
        {QStringLiteral("diesel"), QStringLiteral("diesel"), writeDiesel,
         QStringLiteral("migrations/2025-02-01-000000_create_b/up.sql")},
        {QStringLiteral("sqlx"), QStringLiteral("sqlx"), writeSqlx,
         QStringLiteral("migrations/20250201000000_create_b.up.sql")},
        {QStringLiteral("drizzle 0.x"), QStringLiteral("drizzle"), writeDrizzle,
         QStringLiteral("drizzle/0001_create_b.sql")},
        {QStringLiteral("drizzle 1.0"), QStringLiteral("drizzle"), writeDrizzleFolders,
         QStringLiteral("drizzle/20250201000000_create_b/migration.sql")},
        {QStringLiteral("dbmate"), QStringLiteral("dbmate"), writeDbmate,
         QStringLiteral("db/migrations/20250201000000_create_b.sql")},
        {QStringLiteral("prisma"), QStringLiteral("prisma"), writePrisma,
         QStringLiteral("prisma/migrations/20250201000000_create_b/migration.sql")},
        {QStringLiteral("goose"), QStringLiteral("goose"), writeGoose,
         QStringLiteral("migrations/20250201000000_create_b.sql")},
        {QStringLiteral("golang-migrate"), QStringLiteral("golang-migrate"), writeGolangMigrate,
         QStringLiteral("migrations/20250201000000_create_b.up.sql")},
        {QStringLiteral("refinery"), QStringLiteral("refinery"), writeRefinery,
         QStringLiteral("migrations/V2__create_b.sql")},
        {QStringLiteral("plain files"), QStringLiteral("sql"), writePlain,
         QStringLiteral("migrations/0002_create_b.up.sql")},
        {QStringLiteral("flyway"), QStringLiteral("flyway"), writeFlyway,
         QStringLiteral("sql/V2__create_b.sql")},
        {QStringLiteral("atlas"), QStringLiteral("atlas"), writeAtlas,
         QStringLiteral("migrations/20250201000000_create_b.sql"), hashAtlas}};
    return all;
}

const ToolProject& toolProject(const QString& title)
{
    return *std::ranges::find(toolProjects(), title, &ToolProject::title);
}

project::Project writeTool(const ProjectScratch& scratch, const ToolProject& tool, const QString& folder)
{
    tool.write(scratch, folder);
    return project::detectAs(tool.tool, scratch.path(folder), {}).value().value();
}

QStringList ledgerCells(drivers::Connection& connection, const project::Project& project,
                        const QStringList& leftOut)
{
    static const QStringList varying{
        QStringLiteral("run_on"),     QStringLiteral("installed_on"), QStringLiteral("execution_time"),
        QStringLiteral("applied_on"), QStringLiteral("applied_at"),   QStringLiteral("tstamp"),
        QStringLiteral("started_at"), QStringLiteral("finished_at"),  QStringLiteral("executed_at")};
    const ledger::Table table = project::formatOf(project).ledger.table(project, connection.engine());
    const QStringList columns = ledger::columnsOf(connection, table).value();
    QStringList shown;
    for (const QString& column : columns) {
        const bool random = column == QLatin1String("id") && project.tool == QLatin1String("prisma");
        if (leftOut.contains(column))
            continue;
        shown << (varying.contains(column) || random
                      ? QStringLiteral("CASE WHEN %1 IS NULL THEN 'none' ELSE 'set' END")
                      : QStringLiteral("%1"))
                     .arg(sql::quoted(column));
    }
    if (shown.isEmpty())
        return {QStringLiteral("∅")};
    QStringList rows = rowsOf(
        connection, QStringLiteral("SELECT %1 FROM %2").arg(shown.join(QStringLiteral(", ")), quoted(table)));
    rows.sort();
    return rows;
}

QStringList ledgerShape(drivers::Connection& connection, const project::Project& project)
{
    const ledger::Table table = project::formatOf(project).ledger.table(project, connection.engine());
    if (connection.engine() == Engine::Sqlite)
        return rowsOf(connection,
                      QStringLiteral("SELECT sql FROM sqlite_schema WHERE tbl_name = '%1' ORDER BY name")
                          .arg(table.name));
    return rowsOf(connection,
                  QStringLiteral("SELECT attname, format_type(atttypid, atttypmod), attnotnull, attidentity "
                                 "FROM pg_attribute WHERE attrelid = to_regclass('%1') AND attnum > 0 "
                                 "ORDER BY attnum")
                      .arg(quoted(table)));
}

}  // namespace dewpoint::test
