// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/row_counts.h"

#include "sql/dialect.h"

namespace dewpoint::shell {

namespace {

constexpr int exactCountLimit = 20'000;
constexpr qint64 uncounted = -1;

/// Exact counts of small tables: each query stops after exactCountLimit rows, so it is cheap on any.
/// A table that was counted before is not counted again: what is wanted more may stop it half-way.
Result<> countSmallTables(drivers::Connection& connection, const QList<schema::Table>& tables,
                          QHash<QString, qint64>& counts)
{
    for (const schema::Table& table : tables) {
        if (counts.contains(table.schema + QLatin1Char('.') + table.name))
            continue;
        if (table.estimatedRows > exactCountLimit || table.kind == schema::TableKind::Foreign)
            continue;
        const auto rows =
            connection.scalar(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM %1 LIMIT %2) AS t")
                                  .arg(sql::quoted(table.schema, table.name))
                                  .arg(exactCountLimit + 1));
        if (!rows && rows.error().kind == ErrorKind::Cancelled)
            return fail(rows.error());
        // One broken or forbidden table must not hide the others' counts.
        const qint64 count = rows ? displayText(*rows).toLongLong() : exactCountLimit + 1;
        counts.insert(table.schema + QLatin1Char('.') + table.name,
                      count <= exactCountLimit ? count : uncounted);
    }
    return {};
}

}  // namespace

void RowCounts::countAll(const QList<schema::Table>& tables)
{
    m_tables = tables;
    run(std::make_shared<Counts>());
}

void RowCounts::recount(const QSet<QString>& names)
{
    const auto known = std::make_shared<Counts>();
    if (!m_job.isRunning()) {
        for (const schema::Table& table : std::as_const(m_tables)) {
            const QString name = table.schema + QLatin1Char('.') + table.name;
            if (!names.contains(name))
                known->insert(name, m_counts.value(name, uncounted));
        }
    }
    run(known);
}

void RowCounts::run(const std::shared_ptr<Counts>& known)
{
    m_job = m_session.run(
        runtime::Session::Lane::Spare, this,
        [tables = m_tables, known](drivers::Connection& connection, const runtime::StopToken&) {
            return countSmallTables(connection, tables, *known);
        },
        [this, known](const Result<>& done) {
            if (!done && done.error().kind == ErrorKind::Cancelled)
                return run(known);  // a page came first
            if (!done)
                return;
            m_counts = *known;
            m_counts.removeIf([](auto count) { return *count == uncounted; });
            Q_EMIT counted();
        });
}

}  // namespace dewpoint::shell
