// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/row_key.h"
#include "rows/view_spec.h"
#include "transfer/progress.h"
#include "transfer/row_writer.h"

#include <variant>

namespace dewpoint::transfer {

/// A table or view as its filters and its sort show it: all of it, not the page.
struct ViewRows {
    rows::Relation relation;
    rows::ViewSpec spec;
};

/// These rows, in this order.
struct ChosenRows {
    rows::Relation relation;
    std::vector<rows::RowKey> keys;
};

/// The result of one query, read anew.
struct QueryRows {
    QString sql;
};

/// A result that is in memory: of a statement that cannot be run twice.
struct HeldRows {
    std::shared_ptr<const RowBatch> batch;
};

using ExportSource = std::variant<ViewRows, ChosenRows, QueryRows, HeldRows>;

struct Exported {
    qint64 rows = 0;
    qint64 bytes = 0;
};

/// Writes the rows into the file, which has its final name only when all of them are in it: cancelled or
/// failed, what was there before is still there. Blocking; reads one row at a time.
Result<Exported> exportRows(drivers::Connection& connection, const ExportSource& source, Format format,
                            const WriteOptions& options, const QString& path, Progress& progress);

/// The same to wherever the bytes go. A workbook is made in a temporary file first.
Result<Exported> exportRows(drivers::Connection& connection, const ExportSource& source, Format format,
                            const WriteOptions& options, const ByteSink& sink, Progress& progress);

/// While it lives, the connection refuses to write: a query may call a function that does.
class ReadingOnly final
{
public:
    explicit ReadingOnly(drivers::Connection& connection);
    ~ReadingOnly();
    ReadingOnly(const ReadingOnly&) = delete;
    ReadingOnly& operator=(const ReadingOnly&) = delete;

private:
    drivers::Connection& m_connection;
    bool m_changed = false;
};

/// The name and the numbering that INSERT statements and titles are written with.
WriteOptions optionsFor(const ExportSource& source, Engine engine);

}  // namespace dewpoint::transfer
