// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/csv_reader.h"

#include "base/words.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

CsvReader::CsvReader(const QString& path, ReadOptions options)
    : m_options(std::move(options)), m_source(path, m_options.encoding)
{}

Result<> CsvReader::begin()
{
    if (auto opened = m_source.open(); !opened)
        return opened;
    Record first;
    const auto some = nextRaw(first);
    if (!some)
        return fail(some.error());
    for (size_t i = 0; *some && i < first.fields.size(); ++i) {
        const QString name = QString::fromUtf8(first.fields[i].text).trimmed();
        m_columns += !m_options.header || name.isEmpty() ? Words::tr("Column %1").arg(i + 1) : name;
    }
    if (m_options.header)
        return {};
    m_at = 0;  // the first piece is still there as a whole
    m_line = 1;
    return {};
}

/// The end of what stands without quotes: a delimiter, a line end, or the end of what is read.
qsizetype CsvReader::plainEnd(qsizetype at) const
{
    const char delimiter = m_options.delimiter;
    const char* const data = m_data.constData();
    const qsizetype size = m_data.size();
    while (at < size && data[at] != delimiter && data[at] != '\n' && data[at] != '\r')
        ++at;
    return at;
}

CsvReader::Outcome CsvReader::parseQuoted(qsizetype& at, Field& field, Record& record) const
{
    field.kind = Field::Kind::Text;
    const char* const data = m_data.constData();
    for (++at;;) {
        const auto* const close = static_cast<const char*>(
            std::memchr(data + at, m_options.quote, static_cast<size_t>(m_data.size() - at)));
        if (!close) {
            if (!m_ended)
                return Outcome::NeedsMore;
            field.text.append(data + at, m_data.size() - at);
            at = m_data.size();
            record.problem = Words::tr("A quote is opened and never closed.");
            return Outcome::Complete;
        }
        const qsizetype place = close - data;
        field.text.append(data + at, place - at);
        at = place + 1;
        if (at >= m_data.size())
            return m_ended ? Outcome::Complete : Outcome::NeedsMore;
        if (data[at] != m_options.quote)
            break;
        field.text.append(m_options.quote);
        ++at;
    }
    const qsizetype rest = plainEnd(at);
    if (rest > at) {
        if (rest == m_data.size() && !m_ended)
            return Outcome::NeedsMore;
        record.problem = Words::tr("There is text behind a closing quote.");
        field.text.append(data + at, rest - at);
        at = rest;
    }
    return Outcome::Complete;
}

CsvReader::Outcome CsvReader::parseField(qsizetype& at, Field& field, Record& record) const
{
    field.text.resize(0);
    if (m_options.quote && at < m_data.size() && m_data[at] == m_options.quote)
        return parseQuoted(at, field, record);
    const qsizetype end = plainEnd(at);
    if (end == m_data.size() && !m_ended)
        return Outcome::NeedsMore;
    field.text.append(m_data.constData() + at, end - at);
    field.kind = field.text.isEmpty() ? Field::Kind::Empty : Field::Kind::Text;
    if (!m_options.nullText.isEmpty() && field.text == m_options.nullText)
        field.kind = Field::Kind::Null;
    at = end;
    return Outcome::Complete;
}

CsvReader::Outcome CsvReader::parse(Record& record)
{
    record.problem.clear();
    qsizetype at = m_at;
    size_t count = 0;
    for (bool rowEnds = false; !rowEnds;) {
        if (count == record.fields.size())
            record.fields.emplace_back();
        if (parseField(at, record.fields[count++], record) == Outcome::NeedsMore)
            return Outcome::NeedsMore;
        if (at >= m_data.size()) {
            if (!m_ended)
                return Outcome::NeedsMore;
            break;
        }
        rowEnds = m_data[at] != m_options.delimiter;
        const bool pair = m_data[at] == '\r';
        ++at;
        if (rowEnds && pair && at >= m_data.size() && !m_ended)
            return Outcome::NeedsMore;
        if (rowEnds && pair && at < m_data.size() && m_data[at] == '\n')
            ++at;
    }
    record.fields.resize(count);
    record.line = m_line;
    const char* const data = m_data.constData();
    for (qsizetype i = m_at; i < at; ++i) {
        if (data[i] == '\n' || (data[i] == '\r' && (i + 1 >= at || data[i + 1] != '\n')))
            ++m_line;
    }
    m_at = at;
    return Outcome::Complete;
}

Result<bool> CsvReader::nextRaw(Record& record)
{
    for (;;) {
        if (m_at >= m_data.size() && m_ended)
            return false;
        if (m_at < m_data.size() && parse(record) == Outcome::Complete) {
            const bool blank = record.fields.size() == 1 && record.fields[0].kind == Field::Kind::Empty;
            if (blank && m_columns.size() != 1)
                continue;
            return true;
        }
        const qsizetype left = m_data.size() - m_at;
        if (left > largestRecord)
            return fail(ErrorKind::File,
                        Words::tr("The row that begins in line %1 has more than 64 MiB.").arg(m_line),
                        Words::tr("Is a quote in it not closed? Or is the file no CSV?"));
        // Only the header looks back, and it looks no further than the first piece.
        if (m_number > 0 || m_options.header)
            m_data.remove(0, std::exchange(m_at, 0));
        const auto some = m_source.more(m_data, std::max(pieceBytes, left));
        if (!some)
            return fail(some.error());
        m_ended = !*some;
    }
}

void CsvReader::check(Record& record) const
{
    const auto wanted = static_cast<size_t>(m_columns.size());
    if (!record.problem.isEmpty() || record.fields.size() == wanted)
        return;
    record.problem =
        Words::tr("It has %1 fields, the first row has %2.").arg(record.fields.size()).arg(wanted);
}

Result<bool> CsvReader::next(Record& record)
{
    const auto some = nextRaw(record);
    if (!some || !*some)
        return some;
    record.number = ++m_number;
    check(record);
    return true;
}

}  // namespace dewpoint::transfer
