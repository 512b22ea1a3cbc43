// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/atlas/revisions.h"

namespace dewpoint::project::atlas {

namespace {

using drivers::Connection;
using revisions::Revision;

constexpr QLatin1StringView identifierRow(".atlas_cloud_identifier");

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    const auto batch = connection.query(
        QStringLiteral("SELECT version, description, type, applied, total, executed_at, hash FROM %1 "
                       "WHERE version <> '%2' ORDER BY version")
            .arg(revisions::tableSql(connection.engine(), project), identifierRow));
    if (!batch)
        return fail(batch.error());
    using Mark = ledger::AppliedRow::Mark;
    QList<ledger::AppliedRow> rows;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const bool baseline = displayText(batch->at(row, 2)).toInt() == revisions::baselineType;
        const bool whole = displayText(batch->at(row, 3)) == displayText(batch->at(row, 4));
        rows.append({.version = displayText(batch->at(row, 0)),
                     .name = displayText(batch->at(row, 1)),
                     .appliedAt = displayText(batch->at(row, 5)),
                     .checksum = displayText(batch->at(row, 6)),
                     .mark = baseline ? Mark::Baseline : (whole ? Mark::Applied : Mark::Partial)});
    }
    return rows;
}

bool isWhole(const std::optional<Revision>& revision)
{
    return revision && (revision->type == revisions::baselineType || revision->applied == revision->total);
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    return revisions::read(connection, project, migration).transform(isWhole);
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
    const auto there = revisions::read(connection, project, migration);
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
        return revisions::write(connection, project, now.revision);
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
        return revisions::write(connection, project, revision);
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
        return revisions::write(connection, project, revision);
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
        return revisions::write(connection, project, revision);
    });
}

ledger::Statement removing(Engine engine, const Project& project, const Migration& migration)
{
    return {.sql = QStringLiteral(R"(DELETE FROM %1 WHERE "version" = %2)")
                       .arg(revisions::tableSql(engine, project), ledger::parameter(engine, 1)),
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
        return QList{revisions::writing(engine, project,
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
                               .arg(revisions::tableSql(engine, project), ledger::parameter(engine, 1),
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
                            .arg(revisions::tableSql(connection.engine(), project),
                                 QString::number(nanoseconds), ledger::parameter(connection.engine(), 1));
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
    return {.table = revisions::table,
            .rows = rows,
            .create = revisions::create,
            .contains = contains,
            .insert = insert,
            .remove = remove,
            .prepare = prepare,
            .recordFailure = recordFailure,
            .piecesDone = piecesDone,
            .advance = advance,
            .finish = finish,
            .lockKey = lockKey,
            .repair = {.create = revisions::createSql, .mark = mark, .accept = accept}};
}

}  // namespace dewpoint::project::atlas
