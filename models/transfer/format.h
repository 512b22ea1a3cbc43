// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::transfer {

/// The kinds of file that rows are written to and, some of them, read from.
enum class Format { Csv, Tsv, Json, Ndjson, Sql, Markdown, Html, Xlsx };

struct FormatInfo {
    Format format = Format::Csv;
    QString id;     ///< on the command line: "csv"
    QString title;  ///< for people: "CSV"
    QString suffix;
    bool isRead = false;  ///< an import takes it
};

const QList<FormatInfo>& formats();
const FormatInfo& infoOf(Format format);
std::optional<Format> formatNamed(const QString& id);
/// By the file's last suffix; "json" and ".ndjson" and ".jsonl" are told apart.
std::optional<Format> formatOfFile(const QString& path);

}  // namespace dewpoint::transfer
