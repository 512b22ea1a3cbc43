// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/record_reader.h"

#include <optional>

namespace dewpoint::transfer {

/// What a look at a file told, and its first rows.
struct Sniffed {
    ReadOptions options;
    QStringList columns;
    std::vector<Record> sample;
    bool whole = false;  ///< the sample is all of it
    qint64 bytes = 0;
};

/// Guesses how the file is to be read. `asked`: the format that somebody named; `known`: the columns of the
/// table, by which a header is known for one.
Result<Sniffed> sniff(const QString& path, std::optional<Format> asked = {}, const QStringList& known = {});

/// The same for options that somebody corrected.
Result<Sniffed> sample(const QString& path, const ReadOptions& options);

}  // namespace dewpoint::transfer
