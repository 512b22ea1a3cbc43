// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

#include <QStringList>
#include <QTest>

namespace dewpoint::test {

/// The data rows of a test that runs on both engines.
inline void engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("SQLite") << Engine::Sqlite;
    QTest::newRow("PostgreSQL") << Engine::Postgres;
}

/// All cells of a query: "a|b" per row, NULL as ∅.
inline QStringList rowsOf(drivers::Connection& connection, const QString& sql)
{
    const auto batch = connection.query(sql);
    if (!batch)
        return {QStringLiteral("error: ") + batch.error().oneLine()};
    QStringList rows;
    for (int row = 0; row < batch->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < batch->columnCount(); ++column)
            cells << (isNull(batch->at(row, column)) ? QStringLiteral("∅")
                                                     : displayText(batch->at(row, column)));
        rows << cells.join(u'|');
    }
    return rows;
}

}  // namespace dewpoint::test
