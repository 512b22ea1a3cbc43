// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "transfer/cell_text.h"
#include "transfer/format.h"

#include <functional>
#include <memory>
#include <vector>

namespace dewpoint::transfer {

/// How rows are written; each format takes what it knows.
struct WriteOptions {
    bool header = true;    ///< CSV and TSV
    bool bom = false;      ///< CSV and TSV: for programs that take UTF-8 for something else without
    char delimiter = ',';  ///< CSV; TSV has its own
    QByteArray nullText;   ///< CSV and TSV
    Engine engine = Engine::Sqlite;
    QString table;            ///< SQL: quoted, with its schema
    QString title;            ///< HTML, XLSX
    bool overriding = false;  ///< SQL: an identity column that PostgreSQL always numbers takes these values
};

/// Where the bytes go; false stops the writing.
using ByteSink = std::function<bool(const QByteArray& bytes)>;

/// Writes rows one after another, with the values exactly as the database holds them and memory that
/// does not grow with their number.
class RowWriter
{
public:
    /// Of a text format; a workbook is made by makeWorkbookWriter().
    static std::unique_ptr<RowWriter> make(Format format, const WriteOptions& options, ByteSink sink);
    virtual ~RowWriter() = default;
    RowWriter(const RowWriter&) = delete;
    RowWriter& operator=(const RowWriter&) = delete;

    virtual Result<> begin(const QList<OutColumn>& columns) = 0;  ///< once, also for a result without rows
    virtual Result<> row(const std::vector<Value>& cells) = 0;
    virtual Result<> end() = 0;

protected:
    RowWriter() = default;
};

/// XLSX into this file, in constant memory. A number that a spreadsheet would round becomes text; more
/// rows, columns or letters than a sheet holds are an error.
std::unique_ptr<RowWriter> makeWorkbookWriter(const QString& path, const WriteOptions& options);

}  // namespace dewpoint::transfer
