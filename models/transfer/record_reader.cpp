// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/record_reader.h"

#include "base/words.h"
#include "transfer/csv_reader.h"
#include "transfer/json_reader.h"

namespace dewpoint::transfer {

namespace {

template <class Reader>
Result<std::unique_ptr<RecordReader>> begun(const QString& path, const ReadOptions& options)
{
    auto reader = std::make_unique<Reader>(path, options);
    if (auto opened = reader->begin(); !opened)
        return fail(opened.error());
    return reader;
}

}  // namespace

Result<std::unique_ptr<RecordReader>> RecordReader::open(const QString& path, const ReadOptions& options)
{
    if (!infoOf(options.format).isRead)
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 cannot be imported.").arg(infoOf(options.format).title),
                    Words::tr("CSV, TSV, JSON and NDJSON can."));
    return options.isText() ? begun<CsvReader>(path, options) : begun<JsonReader>(path, options);
}

}  // namespace dewpoint::transfer
