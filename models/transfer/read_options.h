// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/format.h"

#include <QByteArray>
#include <QStringList>

namespace dewpoint::transfer {

enum class Encoding { Utf8, Utf16Le, Utf16Be, Windows1252 };

QString nameOf(Encoding encoding);

/// How a file is read: sniffed, and then perhaps corrected by a person.
struct ReadOptions {
    Format format = Format::Csv;
    char delimiter = ',';
    char quote = '"';  ///< 0: none
    bool header = true;
    Encoding encoding = Encoding::Utf8;
    QByteArray nullText;  ///< CSV and TSV: what stands for NULL besides nothing at all
    QStringList columns;  ///< JSON: the members of its objects, in the order they are met
    bool isText() const { return format == Format::Csv || format == Format::Tsv; }
    bool operator==(const ReadOptions&) const = default;
};

}  // namespace dewpoint::transfer
