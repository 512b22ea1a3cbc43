// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/flyway/history.h"

#include <QHash>

namespace dewpoint::project::flyway {

namespace {

using drivers::Connection;
using Kind = FileName::Kind;

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
            .arg(history::tableSql(connection.engine(), project)));
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

/// A baseline stands for all versions up to its own.
Result<bool> isBelowBaseline(Connection& connection, const Project& project, const Migration& migration)
{
    if (kindOf(migration) != Kind::Versioned)
        return false;
    return connection
        .query(QStringLiteral(R"(SELECT "version" FROM %1 WHERE "type" IN ('BASELINE', 'SQL_BASELINE'))")
                   .arg(history::tableSql(connection.engine(), project)))
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
    const history::Selection selection = history::rowsOf(connection.engine(), migration);
    const auto batch = connection.query(
        QStringLiteral(
            R"(SELECT "type", "success", "checksum" FROM %1 WHERE %2 ORDER BY "installed_rank" DESC LIMIT 1)")
            .arg(history::tableSql(connection.engine(), project), selection.sql),
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

Result<> insert(Connection& connection, const Project& project, const Migration& migration)
{
    return history::write(connection, project, history::rowFor(project, migration, true));
}

Result<> recordFailure(Connection& connection, const Project& project, const Migration& migration,
                       const Error&)
{
    return history::write(connection, project, history::rowFor(project, migration, false));
}

/// The paid editions' undo leaves the row and adds one of the type UNDO_SQL, and then the free edition
/// refuses the whole table. Without the row every edition goes on.
Result<> remove(Connection& connection, const Project& project, const Migration& migration)
{
    const history::Selection selection = history::rowsOf(connection.engine(), migration);
    return ledger::change(connection,
                          QStringLiteral("DELETE FROM %1 WHERE %2")
                              .arg(history::tableSql(connection.engine(), project), selection.sql),
                          selection.values);
}

Result<> finish(Connection& connection, const Project& project, const Migration& migration,
                qint64 nanoseconds)
{
    constexpr qint64 perMillisecond = 1'000'000;
    const history::Selection selection = history::rowsOf(connection.engine(), migration);
    const QString name = history::tableSql(connection.engine(), project);
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
    const QString name = sql::quoted(displayText(*schema)) + u'.'
                         + sql::quoted(history::table(project, Engine::Postgres).name);
    quint32 hash = 0;  // as Java's String.hashCode
    for (const QChar c : name)
        hash = hash * 31U + c.unicode();
    return magic + static_cast<qint32>(hash);
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = history::table,
            .rows = rows,
            .create = history::create,
            .contains = contains,
            .insert = insert,
            .remove = remove,
            .recordFailure = recordFailure,
            .finish = finish,
            .lockKey = lockKey,
            .repair = history::repairs()};
}

}  // namespace dewpoint::project::flyway
