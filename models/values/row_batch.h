// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QHash>
#include <QList>
#include <QString>

#include <vector>

namespace dewpoint {

/// A column of a result, with its origin where the engine tells it (that is what makes a query's
/// result editable).
struct ColumnInfo {
    QString name;
    QString type;           ///< declared type (SQLite) or format_type text where known, else the type's name
    quint32 typeOid = 0;    ///< PostgreSQL type OID; 0 on SQLite
    QString originSchema;   ///< SQLite database name ("main"); empty on PostgreSQL
    QString originTable;    ///< SQLite only
    QString originColumn;   ///< SQLite only
    quint32 originOid = 0;  ///< PostgreSQL pg_class OID of the table; 0 when computed
    int originNumber = 0;   ///< PostgreSQL pg_attribute.attnum

    bool operator==(const ColumnInfo&) const = default;
};

/// A rectangle of cells, row after row. The unit that crosses from a lane to the GUI.
struct RowBatch {
    QList<ColumnInfo> columns;
    std::vector<Value> cells;            ///< row-major, columns.size() per row
    QHash<qsizetype, qint64> truncated;  ///< cell index → full size in bytes, where only a preview was read
    qint64 affected = -1;                ///< rows changed by INSERT/UPDATE/DELETE; -1 when not applicable
    bool complete = true;                ///< false when maxRows stopped the reading

    int columnCount() const { return static_cast<int>(columns.size()); }
    int rowCount() const
    {
        return columns.isEmpty() ? 0 : static_cast<int>(cells.size() / static_cast<size_t>(columns.size()));
    }
    const Value& at(int row, int column) const
    {
        return cells[static_cast<size_t>(row) * static_cast<size_t>(columns.size())
                     + static_cast<size_t>(column)];
    }
};

}  // namespace dewpoint
