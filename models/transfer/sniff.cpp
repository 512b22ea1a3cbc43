// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/sniff.h"

#include "base/words.h"
#include "json/scan.h"
#include "transfer/column_name.h"
#include "transfer/json_text.h"
#include "transfer/text_source.h"

#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

constexpr qint64 headBytes = 256 * 1024;
constexpr size_t sampleRows = 100;
constexpr qint64 memberRows = 10'000;  ///< so many objects are looked at for their members

/// No letter of UTF-8 may be cut where the head ends.
bool looksUtf8(QByteArrayView head, bool whole)
{
    constexpr qsizetype longestLetter = 4;
    for (qsizetype cut = 0; cut < longestLetter && cut <= head.size(); ++cut) {
        if (head.chopped(cut).isValidUtf8())
            return true;
        if (whole)
            break;
    }
    return false;
}

Encoding encodingOf(QByteArrayView head, bool whole)
{
    if (head.startsWith("\xFF\xFE"))
        return Encoding::Utf16Le;
    if (head.startsWith("\xFE\xFF"))
        return Encoding::Utf16Be;
    // Without a mark: every other byte of plain letters is zero.
    if (head.size() >= 4 && head[1] == '\0' && head[3] == '\0' && head[0] != '\0')
        return Encoding::Utf16Le;
    if (head.size() >= 4 && head[0] == '\0' && head[2] == '\0' && head[1] != '\0')
        return Encoding::Utf16Be;
    return looksUtf8(head, whole) ? Encoding::Utf8 : Encoding::Windows1252;
}

/// How many fields the records of this text have, with this delimiter and quote; the last one may be cut.
QList<int> fieldCounts(QByteArrayView text, char delimiter, char quote, bool whole)
{
    constexpr qsizetype mostRecords = 100;
    QList<int> counts;
    int fields = 1;
    bool quoted = false;
    bool fieldBegins = true;
    bool any = false;
    for (qsizetype i = 0; i < text.size() && counts.size() < mostRecords; ++i) {
        const char c = text[i];
        if (quote && c == quote && (quoted || fieldBegins)) {
            quoted = !quoted;
            fieldBegins = !quoted ? true : fieldBegins;  // a doubled one opens again
            any = true;
            continue;
        }
        fieldBegins = false;
        if (quoted)
            continue;
        if (c == delimiter) {
            ++fields;
            fieldBegins = true;
        } else if (c == '\n' || c == '\r') {
            if (any || fields > 1)
                counts += fields;
            fields = 1;
            fieldBegins = true;
            any = false;
            continue;
        }
        any = true;
    }
    if (whole && any && counts.size() < mostRecords)
        counts += fields;
    return counts;
}

/// The share of records that have as many fields as most have; nothing for a lone field.
double agreement(const QList<int>& counts)
{
    QHash<int, int> times;
    for (const int count : counts)
        ++times[count];
    int most = 0;
    for (auto it = times.cbegin(); it != times.cend(); ++it)
        most = it.key() > 1 ? std::max(most, it.value()) : most;
    return counts.isEmpty() ? 0 : static_cast<double>(most) / static_cast<double>(counts.size());
}

char quoteOf(QByteArrayView text, char delimiter)
{
    const QByteArray between(1, delimiter);
    const auto begins = [&](char quote) {
        return text.startsWith(quote) || text.contains(between + quote) || text.contains("\n"_ba + quote);
    };
    const auto ends = [&](char quote) {
        return text.endsWith(quote) || text.contains(quote + between) || text.contains(quote + "\n"_ba)
               || text.contains(quote + "\r"_ba);
    };
    const bool doubles = begins('"');
    const bool singles = begins('\'') && ends('\'');  // a lone one is an apostrophe
    return singles && !doubles ? '\'' : '"';
}

void guessDelimiter(ReadOptions& options, QByteArrayView text, bool whole)
{
    double best = 0;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const double share = agreement(fieldCounts(text, delimiter, quoteOf(text, delimiter), whole));
        // A clear win only: a comma inside of texts is common.
        if (share > best + 0.05) {
            best = share;
            options.delimiter = delimiter;
        }
    }
}

bool isLineOfObject(QByteArrayView text)
{
    const qsizetype line = text.indexOf('\n');
    const QByteArrayView first = (line < 0 ? text : text.first(line)).trimmed();
    return jsonValueEnd(first, 0) == first.size();
}

bool looksLikeValue(const QByteArray& text)
{
    static const QRegularExpression value(
        u"^\\s*([-+]?[0-9][0-9.,]*([eE][-+]?[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|true|false|null|t|f)\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return value.match(QString::fromUtf8(text)).hasMatch();
}

/// A first row of names: most are the table's, or all are different texts that are no values.
bool isHeader(const Record& first, const QStringList& known)
{
    QSet<QString> names;
    qsizetype met = 0;
    bool named = true;
    for (const Field& field : first.fields) {
        const QString name = QString::fromUtf8(field.text).trimmed();
        const bool isKnown = std::ranges::any_of(known, [&](const QString& column) {
            return !plainName(name).isEmpty() && plainName(column) == plainName(name);
        });
        met += isKnown ? 1 : 0;
        named = named && !name.isEmpty() && !names.contains(name) && !looksLikeValue(field.text);
        names.insert(name);
    }
    return named || 2 * met > static_cast<qsizetype>(first.fields.size());
}

Result<> collectMembers(const QString& path, ReadOptions& options)
{
    const auto reader = RecordReader::open(path, options);
    if (!reader)
        return fail(reader.error());
    Record record;
    for (qint64 i = 0; i < memberRows; ++i) {
        const auto some = (*reader)->next(record);
        if (!some && i == 0)
            return fail(some.error());
        if (!some || !*some)
            break;  // a later place that cannot be read is told when it is read
    }
    options.columns = (*reader)->columns();
    return {};
}

}  // namespace

Result<Sniffed> sample(const QString& path, const ReadOptions& options)
{
    Sniffed sniffed{.options = options};
    if (!options.isText()) {
        sniffed.options.columns.clear();
        if (auto done = collectMembers(path, sniffed.options); !done)
            return fail(done.error());
    }
    const auto reader = RecordReader::open(path, sniffed.options);
    if (!reader)
        return fail(reader.error());
    sniffed.bytes = (*reader)->size();
    while (sniffed.sample.size() < sampleRows) {
        Record record;
        const auto some = (*reader)->next(record);
        if (!some)
            return fail(some.error());
        sniffed.whole = !*some;
        if (!*some)
            break;
        sniffed.sample.push_back(std::move(record));
    }
    sniffed.columns = (*reader)->columns();
    if (sniffed.columns.isEmpty())
        return fail(ErrorKind::File, Words::tr("%1 has no rows.").arg(path),
                    Words::tr("Choose another file."));
    return sniffed;
}

Result<Sniffed> sniff(const QString& path, std::optional<Format> asked, const QStringList& known)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::File, Words::tr("%1 could not be read: %2").arg(path, file.errorString()),
                    Words::tr("Choose another file."));
    const QByteArray bytes = file.read(headBytes);
    const bool whole = bytes.size() < headBytes;
    ReadOptions options;
    options.encoding = encodingOf(bytes, whole);
    QByteArray head;
    TextSource source(path, options.encoding);
    if (auto opened = source.open(); !opened)
        return fail(opened.error());
    if (auto some = source.more(head, headBytes); !some)
        return fail(some.error());
    const QByteArrayView text = QByteArrayView(head).sliced(json::spaceEnd(head, 0));
    const std::optional<Format> named = asked ? asked : formatOfFile(path);
    if (named)
        options.format = *named;
    else if (text.startsWith('[') || text.startsWith('{'))
        options.format = text.startsWith('{') && isLineOfObject(text) ? Format::Ndjson : Format::Json;
    // ".json" is also what files with an object a line are called.
    if (!asked && options.format == Format::Json && text.startsWith('{') && isLineOfObject(text))
        options.format = Format::Ndjson;
    if (!options.isText())
        return sample(path, options);
    options.delimiter = options.format == Format::Tsv ? '\t' : ',';
    if (options.format == Format::Csv)
        guessDelimiter(options, text, whole);
    options.quote = quoteOf(text, options.delimiter);
    options.header = false;
    const auto first = sample(path, options);
    if (!first)
        return first;
    options.header = !first->sample.empty() && isHeader(first->sample.front(), known);
    return options.header ? sample(path, options) : first;
}

}  // namespace dewpoint::transfer
