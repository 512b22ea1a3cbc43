// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/flyway/flyway.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace dewpoint::project::flyway {

namespace {

using drivers::Connection;
using Kind = FileName::Kind;

constexpr QLatin1StringView baselineText("<< Flyway Baseline >>");

ledger::Table table(const Project& project, Engine engine)
{
    return {.schema = engine == Engine::Postgres ? option(project, keys::schema) : QString(),
            .name = option(project, keys::table, "flyway_schema_history")};
}

QString tableSql(Engine engine, const Project& project)
{
    return quoted(table(project, engine));
}

Kind kindOf(const Migration& migration)
{
    if (migration.repeatable)
        return Kind::Repeatable;
    return migration.summary ? Kind::Baseline : Kind::Versioned;
}

bool isTrue(const Value& value)
{
    const QString text = displayText(value);
    return text == QLatin1String("t") || text == QLatin1String("1") || text == QLatin1String("true");
}

/// The newest row of each migration counts; an undo or a deletion takes it back. Rows about schemas are no
/// migrations.
Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    const auto batch = connection.query(
        QStringLiteral(
            R"(SELECT "version", "description", "type", "checksum", "installed_on", "success" FROM %1 )"
            R"(ORDER BY "installed_rank")")
            .arg(tableSql(connection.engine(), project)));
    if (!batch)
        return fail(batch.error());
    using Mark = ledger::AppliedRow::Mark;
    QHash<QString, ledger::AppliedRow> newest;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const QString type = displayText(batch->at(row, 2));
        if (type == QLatin1String("SCHEMA") || type == QLatin1String("TABLE"))
            continue;
        const bool versioned = !isNull(batch->at(row, 0));
        const Kind versionedKind = type == QLatin1String("SQL_BASELINE") ? Kind::Baseline : Kind::Versioned;
        const QString name = displayText(batch->at(row, 1));
        const QString id =
            identity(versioned ? versionedKind : Kind::Repeatable, displayText(batch->at(row, 0)), name);
        if (type == QLatin1String("DELETE") || type.startsWith(QLatin1String("UNDO"))) {
            newest.remove(id);
            continue;
        }
        const Mark done = type == QLatin1String("BASELINE") ? Mark::Baseline : Mark::Applied;
        newest.insert(id, {.version = id,
                           .name = name,
                           .appliedAt = displayText(batch->at(row, 4)),
                           .checksum = displayText(batch->at(row, 3)),
                           .mark = isTrue(batch->at(row, 5)) ? done : Mark::Failed});
    }
    return newest.values();
}

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

/// For a database that is not empty: its schema is there.
RepairFormat::Statements createSql(Engine engine, const Project& project)
{
    QList<ledger::Statement> statements;
    const QString text = tableText(engine, table(project, engine));
    for (const QString& part : text.split(QStringLiteral(";\n"), Qt::SkipEmptyParts))
        statements << ledger::Statement{.sql = part};
    return statements;
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

struct Row {
    Value version;
    QString description;
    QString type;
    QString script;
    Value checksum;
    bool success = true;
    int rank = 1;  ///< the smallest it may have; the next one that is free is taken
};

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

Result<> write(Connection& connection, const Project& project, const Row& row)
{
    return send(connection, inserting(connection.engine(), project, row));
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

Result<> create(Connection& connection, const Project& project)
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

/// What selects a migration's rows. Its version may be written with other zeros.
struct Selection {
    QString sql;
    QList<Value> values;
};

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

/// A baseline stands for all versions up to its own.
Result<bool> isBelowBaseline(Connection& connection, const Project& project, const Migration& migration)
{
    if (kindOf(migration) != Kind::Versioned)
        return false;
    return connection
        .query(QStringLiteral(R"(SELECT "version" FROM %1 WHERE "type" IN ('BASELINE', 'SQL_BASELINE'))")
                   .arg(tableSql(connection.engine(), project)))
        .transform([&](const RowBatch& batch) {
            for (int row = 0; row < batch.rowCount(); ++row) {
                const QString id = identity(Kind::Versioned, displayText(batch.at(row, 0)), {});
                if (!identityLess(id, migration.version))
                    return true;
            }
            return false;
        });
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    const Selection selection = rowsOf(connection.engine(), migration);
    const auto batch = connection.query(
        QStringLiteral(
            R"(SELECT "type", "success", "checksum" FROM %1 WHERE %2 ORDER BY "installed_rank" DESC LIMIT 1)")
            .arg(tableSql(connection.engine(), project), selection.sql),
        selection.values);
    if (!batch)
        return fail(batch.error());
    if (batch->rowCount() == 0)
        return isBelowBaseline(connection, project, migration);
    const QString type = displayText(batch->at(0, 0));
    if (type == QLatin1String("DELETE") || type.startsWith(QLatin1String("UNDO")) || !isTrue(batch->at(0, 1)))
        return false;
    return !migration.repeatable || displayText(batch->at(0, 2)) == migration.checksum;
}

/// Relative to its location.
QString scriptName(const Project& project, const Migration& migration)
{
    for (const QString& folder : option(project, keys::locations).split(u'\n', Qt::SkipEmptyParts)) {
        if (migration.upPath.startsWith(folder + u'/'))
            return migration.upPath.sliced(folder.size() + 1);
    }
    return migration.folder;
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

Result<> insert(Connection& connection, const Project& project, const Migration& migration)
{
    return write(connection, project, rowFor(project, migration, true));
}

Result<> recordFailure(Connection& connection, const Project& project, const Migration& migration,
                       const Error&)
{
    return write(connection, project, rowFor(project, migration, false));
}

/// The paid editions' undo leaves the row and adds one of the type UNDO_SQL, and then the free edition
/// refuses the whole table. Without the row every edition goes on.
Result<> remove(Connection& connection, const Project& project, const Migration& migration)
{
    const Selection selection = rowsOf(connection.engine(), migration);
    return ledger::change(
        connection,
        QStringLiteral("DELETE FROM %1 WHERE %2").arg(tableSql(connection.engine(), project), selection.sql),
        selection.values);
}

/// What a repair does to a migration's rows; `failed`: only to those that say so.
ledger::Statement changing(Engine engine, const Project& project, const Migration& migration,
                           const QString& change, const QList<Value>& values, bool failed)
{
    const Selection selection = rowsOf(engine, migration);
    QString where = selection.sql;
    // On PostgreSQL the places are numbered, and those of the change come behind.
    const QString no = engine == Engine::Postgres ? QStringLiteral("false") : QStringLiteral("0");
    if (failed)
        where += QStringLiteral(R"( AND "success" = )") + no;
    const QList<Value> parameters =
        engine == Engine::Postgres ? selection.values + values : values + selection.values;
    return {.sql = QStringLiteral("%1 WHERE %2").arg(change.arg(tableSql(engine, project)), where),
            .parameters = parameters};
}

ledger::Statement deleting(Engine engine, const Project& project, const Migration& migration, bool failed)
{
    return changing(engine, project, migration, QStringLiteral("DELETE FROM %1"), {}, failed);
}

RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    QList<ledger::Statement> statements;
    if (state.state == State::Failed || direction == Direction::Down)
        statements << deleting(engine, project, state.migration, direction == Direction::Up);
    if (direction == Direction::Up)
        statements << inserting(engine, project, rowFor(project, state.migration, true));
    return statements;
}

/// As the tool's own repair.
RepairFormat::Statements accept(Engine engine, const Project& project, const MigrationState& state)
{
    const Migration& migration = state.migration;
    const int before = static_cast<int>(rowsOf(engine, migration).values.size());
    const QString change = QStringLiteral(R"(UPDATE %1 SET "description" = %2, "checksum" = %3)")
                               .arg(QStringLiteral("%1"), ledger::parameter(engine, before + 1),
                                    ledger::parameter(engine, before + 2));
    return QList{changing(
        engine, project, migration, change,
        {textValue(ledgerDescription(migration.name)), Value(migration.checksum.toLongLong())}, false)};
}

/// As the tool's own repair.
RepairFormat::Statements clear(Engine engine, const Project& project, const MigrationState& state)
{
    return QList{deleting(engine, project, state.migration, true)};
}

Result<> finish(Connection& connection, const Project& project, const Migration& migration,
                qint64 nanoseconds)
{
    constexpr qint64 perMillisecond = 1'000'000;
    const Selection selection = rowsOf(connection.engine(), migration);
    const QString name = tableSql(connection.engine(), project);
    return ledger::change(connection,
                          QStringLiteral(R"(UPDATE %1 SET "execution_time" = %2 WHERE "installed_rank" = )"
                                         R"((SELECT max("installed_rank") FROM %1 WHERE %3))")
                              .arg(name, QString::number(nanoseconds / perMillisecond), selection.sql),
                          selection.values);
}

Result<qint64> lockKey(Connection& connection, const Project& project)
{
    const auto schema = connection.scalar(QStringLiteral("SELECT coalesce(nullif($1, ''), current_schema())"),
                                          {textValue(option(project, keys::schema))});
    if (!schema)
        return fail(schema.error());
    constexpr qint64 magic = 77431708279161;
    const QString name =
        sql::quoted(displayText(*schema)) + u'.' + sql::quoted(table(project, Engine::Postgres).name);
    quint32 hash = 0;  // as Java's String.hashCode
    for (const QChar c : name)
        hash = hash * 31U + c.unicode();
    return magic + static_cast<qint32>(hash);
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .contains = contains,
            .insert = insert,
            .remove = remove,
            .recordFailure = recordFailure,
            .finish = finish,
            .lockKey = lockKey,
            .repair = {.create = createSql, .mark = mark, .accept = accept, .clear = clear}};
}

}  // namespace dewpoint::project::flyway
