// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_reader.h"

#include "drivers/postgres_values.h"

#include <libpq-fe.h>

namespace dewpoint::drivers {

PostgresReader::Wish PostgresReader::take(const pg_result* result)
{
    const ExecStatusType status = PQresultStatus(result);
    countChanges(result);
    if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
        return Wish::More;
    if (m_batch.columns.isEmpty())
        describe(result);
    // Single-row mode ends with an empty result; what comes after a stop is only drained.
    if (status != PGRES_SINGLE_TUPLE || m_stopped)
        return Wish::More;
    const Wish wish = m_sink ? passRow(result) : keepRow(result);
    m_stopped = wish == Wish::Enough;
    return wish;
}

void PostgresReader::describe(const pg_result* result)
{
    for (int i = 0; i < PQnfields(result); ++i) {
        m_batch.columns.append({.name = QString::fromUtf8(PQfname(result, i)),
                                .type = {},
                                .typeOid = PQftype(result, i),
                                .originOid = PQftable(result, i),
                                .originNumber = PQftablecol(result, i)});
        m_modifiers.append(PQfmod(result, i));
    }
}

// SELECT counts its rows too; only a change (also one with RETURNING) has affected rows.
void PostgresReader::countChanges(const pg_result* result)
{
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return;
    auto* words = const_cast<pg_result*>(result);  // libpq's two readers lack a const
    const QByteArray number = PQcmdTuples(words);
    if (!number.isEmpty() && (status == PGRES_COMMAND_OK || qstrncmp(PQcmdStatus(words), "SELECT", 6) != 0))
        m_batch.affected = number.toLongLong();
}

PostgresReader::Wish PostgresReader::keepRow(const pg_result* result)
{
    if (m_kept.isSpent()) {
        m_batch.complete = false;
        return m_limits.toTheEnd ? Wish::More : Wish::Enough;
    }
    m_kept.addRow();
    const int count = PQnfields(result);
    for (int i = 0; i < count; ++i) {
        qint64 fullSize = -1;
        m_batch.cells.push_back(postgresCell(result, i, m_limits.maxCellBytes, &fullSize));
        m_kept.addCell(m_batch.cells.back());
        if (fullSize >= 0)
            m_batch.truncated.insert(static_cast<qsizetype>(m_batch.cells.size()) - 1, fullSize);
    }
    return Wish::More;
}

PostgresReader::Wish PostgresReader::passRow(const pg_result* result)
{
    m_kept.addRow();
    const int count = PQnfields(result);
    m_row.clear();
    for (int i = 0; i < count; ++i) {
        qint64 fullSize = -1;
        m_row.push_back(postgresCell(result, i, -1, &fullSize));
    }
    return (*m_sink)(m_batch.columns, m_row) ? Wish::More : Wish::Enough;
}

}  // namespace dewpoint::drivers
