// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "transfer/record.h"

namespace dewpoint::transfer {

/// Nothing between two delimiters is an empty text where a text column takes no NULL.
bool emptyIsText(const rows::RelationColumn& column);

/// What the fields of a file mean in one column of a table.
class ColumnReader final
{
public:
    enum class From { Text, Json };

    ColumnReader(rows::RelationColumn column, Engine engine, From from);

    const rows::RelationColumn& column() const { return m_column; }
    /// Sets the value, or says why the field is none that the column could take.
    QString read(const Field& field, Value& value) const;
    /// SQLite would keep it, but as a text in a column of numbers or truth values, or as a number with fewer
    /// digits: which of them, or nothing.
    QString oddity(const Value& value) const;

private:
    QString readPostgres(const Field& field, Value& value) const;
    QString readSqlite(const Field& field, Value& value) const;
    bool surelyFits(QByteArrayView text) const;
    bool isPlainDecimal(QByteArrayView text) const;

    rows::RelationColumn m_column;
    Engine m_engine;
    From m_from;
    bool m_boolean;
    bool m_json;
    bool m_binary;
    bool m_uuid;
    bool m_number;
    bool m_emptyIsText;
    int m_whole = 131'072, m_places = 16'383;  ///< digits of a numeric
};

}  // namespace dewpoint::transfer
