// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/atlas/atlas.h"
#include "sql/dialect.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace dewpoint::project::atlas {

namespace {

using drivers::Connection;

constexpr QLatin1StringView tableName("atlas_schema_revisions");
constexpr QLatin1StringView identifierRow(".atlas_cloud_identifier");
constexpr int baselineType = 1;
constexpr int executeType = 2;

/// In a schema of its own, unless the URL is bound to one.
ledger::Table table(const Project& project, Engine engine)
{
    return {.schema = engine == Engine::Sqlite ? QString()
                                               : project.settings.value(keys::revisionsSchema, tableName),
            .name = tableName};
}

QString tableSql(Engine engine, const Project& project)
{
    return quoted(table(project, engine));
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    const auto batch = connection.query(
        QStringLiteral("SELECT version, description, type, applied, total, executed_at, hash FROM %1 "
                       "WHERE version <> '%2' ORDER BY version")
            .arg(tableSql(connection.engine(), project), identifierRow));
    if (!batch)
        return fail(batch.error());
    using Mark = ledger::AppliedRow::Mark;
    QList<ledger::AppliedRow> rows;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const bool baseline = displayText(batch->at(row, 2)).toInt() == baselineType;
        const bool whole = displayText(batch->at(row, 3)) == displayText(batch->at(row, 4));
        rows.append({.version = displayText(batch->at(row, 0)),
                     .name = displayText(batch->at(row, 1)),
                     .appliedAt = displayText(batch->at(row, 5)),
                     .checksum = displayText(batch->at(row, 6)),
                     .mark = baseline ? Mark::Baseline : (whole ? Mark::Applied : Mark::Partial)});
    }
    return rows;
}

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

/// The schema of its own, and the table.
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

struct Revision {
    QString version;
    QString description;
    int type = executeType;
    qint64 applied = 0;
    qint64 total = 0;
    QString hash;
    QStringList partialHashes;  ///< as Atlas writes them: null when there are none
    QString error;
    QString errorStatement;
};

/// Atlas' driver for SQLite writes its JSON as bytes and its time with an offset.
Value jsonValue(const QStringList& hashes, Engine engine)
{
    const QByteArray text =
        hashes.isEmpty() ? QByteArray("null")
                         : QJsonDocument(QJsonArray::fromStringList(hashes)).toJson(QJsonDocument::Compact);
    return engine == Engine::Sqlite ? Value(Blob{text}) : textValue(QString::fromUtf8(text));
}

QString now(Engine engine)
{
    const QDateTime time = QDateTime::currentDateTimeUtc();
    return engine == Engine::Sqlite ? time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz'+00:00'"))
                                    : time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz'+00'"));
}

/// A row's beginning and its description stay as they were first written.
ledger::Statement writing(Engine engine, const Project& project, const Revision& revision)
{
    QStringList places;
    constexpr int columns = 12;
    for (int i = 1; i <= columns; ++i)
        places << ledger::parameter(engine, i);
    const QString sql =
        QStringLiteral(
            R"(INSERT INTO %1 ("version", "description", "type", "applied", "total", "executed_at", )"
            R"("execution_time", "error", "error_stmt", "hash", "partial_hashes", "operator_version") )"
            R"(VALUES (%2) ON CONFLICT ("version") DO UPDATE SET "type" = excluded."type", "applied" = )"
            R"(excluded."applied", "total" = excluded."total", "execution_time" = )"
            R"(excluded."execution_time", "error" = excluded."error", "error_stmt" = )"
            R"(excluded."error_stmt", "hash" = excluded."hash", "partial_hashes" = )"
            R"(excluded."partial_hashes", "operator_version" = excluded."operator_version")")
            .arg(tableSql(engine, project), places.join(QStringLiteral(", ")));
    return {.sql = sql,
            .parameters = {textValue(revision.version), textValue(revision.description),
                           Value(qint64(revision.type)), Value(revision.applied), Value(revision.total),
                           textValue(now(engine)), Value(qint64(0)), textValue(revision.error),
                           textValue(revision.errorStatement), textValue(revision.hash),
                           jsonValue(revision.partialHashes, engine), textValue(QStringLiteral("Dewpoint"))}};
}

Result<> write(Connection& connection, const Project& project, const Revision& revision)
{
    return send(connection, writing(connection.engine(), project, revision));
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

Result<> create(Connection& connection, const Project& project)
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

Result<std::optional<Revision>> readRevision(Connection& connection, const Project& project,
                                             const Migration& migration)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    const auto batch = connection.query(
        QStringLiteral(
            R"(SELECT "type", "applied", "total", "hash", %1, "error", "error_stmt", "description" FROM %2 )"
            R"(WHERE "version" = %3)")
            .arg(postgres ? QStringLiteral(R"("partial_hashes"::text)")
                          : QStringLiteral(R"(CAST("partial_hashes" AS text))"),
                 tableSql(connection.engine(), project), ledger::parameter(connection.engine(), 1)),
        {textValue(migration.version)});
    if (!batch)
        return fail(batch.error());
    if (batch->rowCount() == 0)
        return std::nullopt;
    Revision revision{.version = migration.version,
                      .description = displayText(batch->at(0, 7)),
                      .type = displayText(batch->at(0, 0)).toInt(),
                      .applied = displayText(batch->at(0, 1)).toLongLong(),
                      .total = displayText(batch->at(0, 2)).toLongLong(),
                      .hash = displayText(batch->at(0, 3)),
                      .partialHashes = {},
                      .error = displayText(batch->at(0, 5)),
                      .errorStatement = displayText(batch->at(0, 6))};
    const auto hashes = QJsonDocument::fromJson(displayText(batch->at(0, 4)).toUtf8()).array();
    for (const auto& hash : hashes)
        revision.partialHashes << hash.toString();
    return revision;
}

bool isWhole(const std::optional<Revision>& revision)
{
    return revision && (revision->type == baselineType || revision->applied == revision->total);
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    return readRevision(connection, project, migration).transform(isWhole);
}

struct Begun {
    Revision revision;
    QStringList hashes;  ///< of the file's statements now
    Script script;
};

Result<Begun> begun(Connection& connection, const Project& project, const Migration& migration)
{
    const auto script = atlas::script(project, migration, Direction::Up);
    if (!script)
        return fail(script.error());
    const auto there = readRevision(connection, project, migration);
    if (!there)
        return fail(there.error());
    Begun begun{.revision = {.version = migration.version,
                             .description = migration.name,
                             .total = script->pieces.size(),
                             .hash = migration.checksum},
                .hashes = statementHashes(*script),
                .script = *script};
    if (*there)
        begun.revision = **there;
    return begun;
}

/// What stands from a run that failed must still be what the file says.
Result<int> piecesDone(Connection& connection, const Project& project, const Migration& migration)
{
    const auto now = begun(connection, project, migration);
    if (!now)
        return fail(now.error());
    for (qsizetype i = 0; i < now->revision.applied; ++i) {
        const QString hash = now->revision.partialHashes.value(i).remove(QLatin1String("h1:"));
        if (now->hashes.value(i) != hash || hash.isEmpty())
            return fail(ErrorKind::Conflict, Words::tr("history changed: statement %1 from file “%2” changed")
                                                 .arg(i + 1)
                                                 .arg(migration.folder));
    }
    return static_cast<int>(now->revision.applied);
}

Result<> prepare(Connection& connection, const Project& project, const Migration& migration,
                 Direction direction)
{
    if (direction == Direction::Down)
        return {};
    return begun(connection, project, migration).and_then([&](const Begun& now) {
        return write(connection, project, now.revision);
    });
}

Result<> advance(Connection& connection, const Project& project, const Migration& migration, int pieces)
{
    return begun(connection, project, migration).and_then([&](const Begun& now) {
        Revision revision = now.revision;
        revision.applied = pieces;
        revision.error.clear();
        revision.errorStatement.clear();
        revision.partialHashes.clear();
        for (const QString& hash : now.hashes.first(pieces))
            revision.partialHashes << QStringLiteral("h1:") + hash;
        return write(connection, project, revision);
    });
}

Result<> recordFailure(Connection& connection, const Project& project, const Migration& migration,
                       const Error& error)
{
    return begun(connection, project, migration).and_then([&](const Begun& now) {
        Revision revision = now.revision;
        const auto piece = now.script.pieces.value(revision.applied);
        revision.error = error.message;
        revision.errorStatement = QString::fromUtf8(now.script.text.mid(piece.start, piece.length));
        return write(connection, project, revision);
    });
}

Result<> insert(Connection& connection, const Project& project, const Migration& migration)
{
    return begun(connection, project, migration).and_then([&](const Begun& now) {
        Revision revision = now.revision;
        revision.applied = revision.total;
        revision.partialHashes.clear();
        revision.error.clear();
        revision.errorStatement.clear();
        return write(connection, project, revision);
    });
}

ledger::Statement removing(Engine engine, const Project& project, const Migration& migration)
{
    return {.sql = QStringLiteral(R"(DELETE FROM %1 WHERE "version" = %2)")
                       .arg(tableSql(engine, project), ledger::parameter(engine, 1)),
            .parameters = {textValue(migration.version)}};
}

Result<> remove(Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, removing(connection.engine(), project, migration));
}

/// As a run of the whole file leaves it.
RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    const Migration& migration = state.migration;
    if (direction == Direction::Down)
        return QList{removing(engine, project, migration)};
    return atlas::script(project, migration, Direction::Up).transform([&](const Script& script) {
        return QList{writing(engine, project,
                             {.version = migration.version,
                              .description = migration.name,
                              .applied = script.pieces.size(),
                              .total = script.pieces.size(),
                              .hash = migration.checksum})};
    });
}

/// A file's hash covers all before it, so those behind it change with it.
RepairFormat::Statements accept(Engine engine, const Project& project, const MigrationState& state)
{
    return atlas::list(project).transform([&](const QList<Migration>& files) {
        QList<ledger::Statement> statements;
        for (const Migration& file : files) {
            if (!versionLess(file.version, state.migration.version))
                statements << ledger::Statement{
                    .sql = QStringLiteral(R"(UPDATE %1 SET "hash" = %2 WHERE "version" = %3)")
                               .arg(tableSql(engine, project), ledger::parameter(engine, 1),
                                    ledger::parameter(engine, 2)),
                    .parameters = {textValue(file.checksum), textValue(file.version)}};
        }
        return statements;
    });
}

Result<> finish(Connection& connection, const Project& project, const Migration& migration,
                qint64 nanoseconds)
{
    const QString sql = QStringLiteral(R"(UPDATE %1 SET "execution_time" = %2 WHERE "version" = %3)")
                            .arg(tableSql(connection.engine(), project), QString::number(nanoseconds),
                                 ledger::parameter(connection.engine(), 1));
    return ledger::change(connection, sql, {textValue(migration.version)});
}

/// FNV-1 of "atlas_migrate_execute", in 32 bits.
Result<qint64> lockKey(Connection&, const Project&)
{
    quint32 hash = 2166136261U;
    for (const char c : QByteArrayView("atlas_migrate_execute"))
        hash = (hash * 16777619U) ^ static_cast<quint8>(c);
    return hash;
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
            .prepare = prepare,
            .recordFailure = recordFailure,
            .piecesDone = piecesDone,
            .advance = advance,
            .finish = finish,
            .lockKey = lockKey,
            .repair = {.create = createSql, .mark = mark, .accept = accept}};
}

}  // namespace dewpoint::project::atlas
