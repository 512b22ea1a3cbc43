// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "transfer/read_options.h"
#include "transfer/record.h"

#include <memory>

namespace dewpoint::transfer {

/// Reads a file of rows one after another, with memory that follows the longest row and not the file.
class RecordReader
{
public:
    /// Opens the file and reads as far as the names of its columns.
    static Result<std::unique_ptr<RecordReader>> open(const QString& path, const ReadOptions& options);
    virtual ~RecordReader() = default;
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;

    /// Of JSON without columns in its options they grow while it is read.
    virtual QStringList columns() const = 0;
    /// False at the end. An error means that the rest cannot be read; a row that is wrong in itself is a
    /// record with a problem. The record's memory is used again.
    virtual Result<bool> next(Record& record) = 0;
    virtual qint64 bytesRead() const = 0;
    virtual qint64 size() const = 0;

protected:
    RecordReader() = default;
};

/// What a record may take: a quote that is never closed must not fill the memory.
inline constexpr qsizetype largestRecord = 64 * 1024 * 1024;
inline constexpr qsizetype pieceBytes = 256 * 1024;

}  // namespace dewpoint::transfer
