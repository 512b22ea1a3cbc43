// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/format.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

const QList<FormatInfo>& formats()
{
    static const QList<FormatInfo> all{
        {Format::Csv, u"csv"_s, u"CSV"_s, u"csv"_s, true},
        {Format::Tsv, u"tsv"_s, u"TSV"_s, u"tsv"_s, true},
        {Format::Json, u"json"_s, u"JSON"_s, u"json"_s, true},
        {Format::Ndjson, u"ndjson"_s, u"NDJSON"_s, u"ndjson"_s, true},
        {Format::Sql, u"sql"_s, u"SQL"_s, u"sql"_s, false},
        {Format::Markdown, u"markdown"_s, u"Markdown"_s, u"md"_s, false},
        {Format::Html, u"html"_s, u"HTML"_s, u"html"_s, false},
        {Format::Xlsx, u"xlsx"_s, u"XLSX"_s, u"xlsx"_s, false},
    };
    return all;
}

const FormatInfo& infoOf(Format format)
{
    return *std::ranges::find(formats(), format, &FormatInfo::format);
}

std::optional<Format> formatNamed(const QString& id)
{
    const auto found = std::ranges::find(formats(), id.toLower(), &FormatInfo::id);
    return found == formats().cend() ? std::nullopt : std::optional(found->format);
}

std::optional<Format> formatOfFile(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == u"jsonl")
        return Format::Ndjson;
    if (suffix == u"tab")
        return Format::Tsv;
    if (suffix == u"htm")
        return Format::Html;
    const auto found = std::ranges::find(formats(), suffix, &FormatInfo::suffix);
    return found == formats().cend() || suffix.isEmpty() ? std::nullopt : std::optional(found->format);
}

}  // namespace dewpoint::transfer
