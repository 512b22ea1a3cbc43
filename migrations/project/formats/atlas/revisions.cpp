// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/atlas/revisions.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace dewpoint::project::atlas::revisions {

namespace {

constexpr QLatin1StringView tableName("atlas_schema_revisions");

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

}  // namespace

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

Result<> write(drivers::Connection& connection, const Project& project, const Revision& revision)
{
    return send(connection, writing(connection.engine(), project, revision));
}

Result<std::optional<Revision>> read(drivers::Connection& connection, const Project& project,
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

}  // namespace dewpoint::project::atlas::revisions
