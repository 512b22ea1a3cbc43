// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/seaorm/seaorm.h"
#include "project/places.h"
#include "project/row_ledger.h"
#include "project/states.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace dewpoint::project::seaorm {

namespace {

using drivers::Connection;

std::unexpected<Error> refuseCode()
{
    return fail(ErrorKind::Unsupported,
                Words::tr("SeaORM's migrations are Rust code: there is no SQL to see."),
                Words::tr("The project's own command runs them."));
}

bool isMigrationCrate(const QString& folder)
{
    const auto manifest = readScript(QDir(folder).filePath(QStringLiteral("Cargo.toml")));
    return manifest && manifest->contains("sea-orm-migration");
}

/// The folder with lib.rs or mod.rs: src/ where there is one.
QString moduleFolder(const QString& directory)
{
    const QString source = QDir(directory).filePath(QStringLiteral("src"));
    return QFileInfo(source).isDir() ? source : directory;
}

QString migratorFile(const QString& directory)
{
    const QDir folder(moduleFolder(directory));
    const QString library = folder.filePath(QStringLiteral("lib.rs"));
    return QFileInfo::exists(library) ? library : folder.filePath(QStringLiteral("mod.rs"));
}

Result<std::optional<Project>> detect(const QString& given, const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    const Setting named = setting(*folder, environment, QStringLiteral("MIGRATION_DIR"), dotenvy);
    const QString schema = setting(*folder, environment, QStringLiteral("DATABASE_SCHEMA"), dotenvy).value;
    Project project{.tool = format().id, .evidence = Evidence::Own};
    const QString above = nearestWithFile(*folder, QStringLiteral("migration/Cargo.toml"));
    const QString own = nearestWithFile(*folder, QStringLiteral("Cargo.toml"));
    for (const QString& directory :
         {named.path(), above.isEmpty() ? QString() : QDir(above).filePath(QStringLiteral("migration")),
          own}) {
        if (project.directory.isEmpty() && !directory.isEmpty() && isMigrationCrate(directory)
            && QFileInfo::exists(migratorFile(directory)))
            project.directory = directory;
    }
    if (project.directory.isEmpty())
        return std::nullopt;
    project.root = QFileInfo(project.directory).absolutePath();
    if (auto found = findDatabase(*folder, environment, QStringLiteral("DATABASE_URL"), project, dotenvy);
        !found)
        return fail(found.error());
    if (!schema.isEmpty())
        project.settings.insert(schemaSetting, schema);
    if (!schema.isEmpty() && project.databaseUrl.startsWith(QLatin1String("postgres"))) {
        const QString separator =
            project.databaseUrl.contains(u'?') ? QStringLiteral("&") : QStringLiteral("?");
        project.databaseUrl = forLibpq(project.databaseUrl + separator + QStringLiteral("schema=") + schema,
                                       QStringLiteral("schema"));
    }
    return project;
}

Result<QList<Migration>> list(const Project& project)
{
    const auto migrator = readScript(migratorFile(project.directory));
    if (!migrator)
        return fail(migrator.error());
    const QDir folder(moduleFolder(project.directory));
    QList<Migration> migrations;
    for (const QString& module : modulesOf(QString::fromUtf8(*migrator))) {
        QString path = folder.filePath(module + QStringLiteral(".rs"));
        if (!QFileInfo::exists(path))
            path = folder.filePath(module + QStringLiteral("/mod.rs"));
        const auto text = readScript(path);
        if (!text)
            return fail(text.error());
        const QString name = explicitName(QString::fromUtf8(*text));
        const QString version = name.isEmpty() ? module : name;
        migrations.append({.version = version,
                           .name = version.section(u'_', 2),
                           .folder = module,
                           .path = path,
                           .upPath = path,
                           .downPath = text->contains("fn down") ? path : QString()});
    }
    return migrations;
}

Result<Script> script(const Project&, const Migration&, Direction)
{
    return refuseCode();
}

Result<Migration> generate(const Project&, const NewMigration&)
{
    return refuseCode();
}

Rules rules(const Project&)
{
    return {};
}

/// In the vec's order; what is missing comes first.
QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    const auto byVersion = statesByVersion(files, rows, versionLess);
    QList<MigrationState> states;
    std::ranges::copy_if(byVersion, std::back_inserter(states),
                         [](const MigrationState& state) { return state.state == State::Missing; });
    for (const Migration& file : files) {
        const auto found = std::ranges::find(
            byVersion, file.version, [](const MigrationState& state) { return state.migration.version; });
        states.append(*found);
    }
    return states;
}

/// Every command of the tool fails then.
Result<> check(const QList<MigrationState>& states, Direction, bool)
{
    for (const MigrationState& state : states) {
        if (state.state == State::Missing)
            return fail(
                ErrorKind::Conflict,
                Words::tr("The migration %1 was applied, but it is not in the project's code any more.")
                    .arg(state.migration.version),
                Words::tr(
                    "Bring its file back, e.g. from version control, or forget it: dewpoint migrate repair "
                    "--mark-pending %1. Nothing was run.")
                    .arg(state.migration.version));
    }
    return {};
}

ledger::Table table(const Project&, Engine)
{
    return {.schema = {}, .name = QStringLiteral("seaql_migrations")};
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project&)
{
    return connection.query(QStringLiteral("SELECT version, applied_at FROM seaql_migrations"))
        .transform([](const RowBatch& batch) {
            QList<ledger::AppliedRow> rows;
            for (int row = 0; row < batch.rowCount(); ++row) {
                const qint64 seconds = displayText(batch.at(row, 1)).toLongLong();
                rows.append({.version = displayText(batch.at(row, 0)),
                             .appliedAt = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC)
                                              .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))});
            }
            return rows;
        });
}

/// As sea-orm-migration 1.1 makes it; 2.0 writes integer for bigint on SQLite, where both are the same.
RepairFormat::Statements createSql(Engine, const Project&)
{
    return QList<ledger::Statement>{
        {.sql =
             QStringLiteral("CREATE TABLE IF NOT EXISTS \"seaql_migrations\" ( \"version\" varchar NOT NULL "
                            "PRIMARY KEY, \"applied_at\" bigint NOT NULL )"),
         .parameters = {}}};
}

ledger::Statement row(Engine engine, const Project&, const Migration& migration, Direction direction)
{
    const QString version = ledger::parameter(engine, 1);
    if (direction == Direction::Down)
        return {.sql = QStringLiteral("DELETE FROM \"seaql_migrations\" WHERE \"version\" = ") + version,
                .parameters = {textValue(migration.version)}};
    return {.sql = QStringLiteral(
                       "INSERT INTO \"seaql_migrations\" (\"version\", \"applied_at\") VALUES (%1, %2)")
                       .arg(version, QString::number(QDateTime::currentSecsSinceEpoch())),
            .parameters = {textValue(migration.version)}};
}

}  // namespace

QStringList modulesOf(const QString& migrator)
{
    static const QRegularExpression comment(QStringLiteral("//[^\\n]*|/\\*.*?\\*/"),
                                            QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression function(
        QStringLiteral("\\bfn\\s+migrations\\b.*?vec!\\s*\\[(.*?)\\]\\s*\\}"),
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression boxed(QStringLiteral("Box::new\\(\\s*(?:\\w+::)*(\\w+)::\\w+"));
    const QString body = function.match(QString(migrator).remove(comment)).captured(1);
    QStringList modules;
    for (const auto& match : boxed.globalMatch(body))
        modules << match.captured(1);
    return modules;
}

QString explicitName(const QString& module)
{
    static const QRegularExpression function(QStringLiteral(
        "\\bfn\\s+name\\s*\\(\\s*&self\\s*\\)\\s*->\\s*&(?:'static\\s+)?str\\s*\\{\\s*\"([^\"]*)\"\\s*\\}"));
    return function.match(module).captured(1);
}

const Format& format()
{
    static const Format format{
        .id = QLatin1StringView("seaorm"),
        .title = QLatin1StringView("SeaORM"),
        .usualPlace = QLatin1StringView(""),
        .detect = detect,
        .list = list,
        .script = script,
        .generate = generate,
        .rules = rules,
        .states = states,
        .check = check,
        .ledger = {.table = table, .rows = rows, .repair = {.create = createSql, .mark = markRow<row>}},
        .command = commandFormat()};
    return format;
}

}  // namespace dewpoint::project::seaorm
