// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/console.h"
#include "values/row_batch.h"

#include <memory>
#include <vector>

namespace dewpoint::cli {

enum class RowFormat { Csv, Json, Table };

/// Writes a result, row after row, with the values exactly as the database holds them.
class RowWriter
{
public:
    static std::unique_ptr<RowWriter> make(RowFormat format, Console& console);
    virtual ~RowWriter() = default;
    RowWriter(const RowWriter&) = delete;
    RowWriter& operator=(const RowWriter&) = delete;

    virtual void begin(const QList<ColumnInfo>& columns) = 0;  ///< once, also for a result without rows
    virtual void row(const std::vector<Value>& cells) = 0;
    virtual void end() = 0;

protected:
    RowWriter() = default;
};

/// A cell as JSON: numbers only where JSON holds them exactly (digits unchanged), else a string; blobs
/// as "\\x…". Exposed for tests.
QByteArray jsonCell(const ColumnInfo& column, const Value& value);

/// A cell as RFC 4180 wants it; NULL is empty, an empty text is "".
QByteArray csvCell(const Value& value);

}  // namespace dewpoint::cli
