// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"
#include "values/row_batch.h"

#include <QString>
#include <QStringList>

namespace dewpoint::catalog {

/// Cells of a catalog query's answer, of either engine (PostgreSQL sends text for everything).
class Cells final
{
public:
    Cells(const RowBatch& batch, int row) : m_batch(batch), m_row(row) {}

    bool isNull(int column) const { return dewpoint::isNull(m_batch.at(m_row, column)); }
    QString text(int column) const { return displayText(m_batch.at(m_row, column)); }
    qint64 number(int column) const;
    quint32 oid(int column) const { return static_cast<quint32>(number(column)); }
    bool flag(int column) const;           ///< 1, t, true
    QStringList list(int column) const;    ///< a JSON array of strings; NULL members become empty
    QList<int> numbers(int column) const;  ///< int2vector or array text: "1 2", "{1,2}"

private:
    const RowBatch& m_batch;
    int m_row;
};

/// The text of :/dewpoint/catalog/<name>.sql.
QString catalogQuery(const QString& name);

/// Runs that query.
Result<RowBatch> runCatalogQuery(drivers::Connection& connection, const QString& name,
                                 const QList<Value>& parameters = {});

}  // namespace dewpoint::catalog
