// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/json_reader.h"

#include "base/words.h"
#include "json/scan.h"
#include "transfer/json_text.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

JsonReader::JsonReader(const QString& path, ReadOptions options)
    : m_options(std::move(options))
    , m_source(path, m_options.encoding)
    , m_grows(m_options.columns.isEmpty())
    , m_columns(m_options.columns)
{
    for (const QString& column : std::as_const(m_columns)) {
        m_places.insert(column.toUtf8(), static_cast<int>(m_names.size()));
        m_names += column.toUtf8();
    }
}

Result<> JsonReader::begin()
{
    if (auto opened = m_source.open(); !opened)
        return opened;
    if (m_options.format == Format::Ndjson)
        return {};
    const auto some = skipSpace();
    if (!some)
        return fail(some.error());
    m_inArray = *some && m_data[m_at] == '[';
    m_at += m_inArray ? 1 : 0;
    m_done = !*some;
    return {};
}

Result<bool> JsonReader::load()
{
    const qsizetype left = m_data.size() - m_at;
    if (left > largestRecord)
        return fail(ErrorKind::File,
                    Words::tr("The row that begins in line %1 has more than 64 MiB.").arg(m_line),
                    Words::tr("Is a quote in it not closed?"));
    m_data.remove(0, std::exchange(m_at, 0));
    const auto some = m_source.more(m_data, std::max(pieceBytes, left));
    m_ended = some && !*some;
    return some;
}

void JsonReader::consume(qsizetype end)
{
    m_line += std::count(m_data.cbegin() + m_at, m_data.cbegin() + end, '\n');
    m_at = end;
}

Result<bool> JsonReader::skipSpace()
{
    for (;;) {
        consume(json::spaceEnd(m_data, m_at));
        if (m_at < m_data.size())
            return true;
        const auto some = load();
        if (!some || !*some)
            return some;
    }
}

std::unexpected<Error> JsonReader::broken(const QString& what) const
{
    return fail(ErrorKind::File,
                Words::tr("The file is no JSON from line %1 on: %2").arg(QString::number(m_line), what),
                Words::tr("Mend it there, and try again."));
}

int JsonReader::placeOf(const QByteArray& name, Record& record)
{
    int place = m_likely < m_names.size() && m_names[m_likely] == name ? m_likely : m_places.value(name, -1);
    if (place < 0 && m_grows) {
        place = static_cast<int>(m_names.size());
        m_places.insert(name, place);
        m_names += name;
        m_columns += QString::fromUtf8(name);
        record.fields.resize(static_cast<size_t>(m_names.size()));
        m_met.resize(static_cast<size_t>(m_names.size()));
    }
    m_likely = place + 1;
    return place;
}

void JsonReader::read(QByteArrayView object, Record& record)
{
    record.fields.resize(static_cast<size_t>(m_names.size()));
    for (Field& field : record.fields)
        field.kind = Field::Kind::Null;
    m_met.assign(record.fields.size(), false);
    m_likely = 0;
    QString odd;
    record.problem = readJsonObject(object, [&](const QByteArray& name) -> Field* {
        const int place = placeOf(name, record);
        if (place < 0) {
            odd =
                Words::tr("It has “%1”, which the rows before it do not have.").arg(QString::fromUtf8(name));
            return nullptr;
        }
        if (m_met[static_cast<size_t>(place)])
            odd = Words::tr("It has “%1” twice.").arg(QString::fromUtf8(name));
        m_met[static_cast<size_t>(place)] = true;
        return &record.fields[static_cast<size_t>(place)];
    });
    if (record.problem.isEmpty())
        record.problem = odd;
}

Result<bool> JsonReader::nextLine(Record& record)
{
    for (;;) {
        qsizetype end = m_data.indexOf('\n', m_at);
        if (end < 0 && !m_ended) {
            if (const auto some = load(); !some)
                return some;
            continue;
        }
        if (end < 0 && m_at >= m_data.size())
            return false;
        end = end < 0 ? m_data.size() : end;
        const QByteArrayView line = QByteArrayView(m_data).sliced(m_at, end - m_at).trimmed();
        if (!line.isEmpty()) {
            record.line = m_line;
            read(line, record);
        }
        consume(std::min(end + 1, m_data.size()));
        if (!line.isEmpty())
            return true;
    }
}

Result<bool> JsonReader::nextValue(Record& record)
{
    auto some = skipSpace();
    if (!some)
        return some;
    if (m_number > 0 && *some && m_data[m_at] == ',') {
        consume(m_at + 1);
        some = skipSpace();
        if (some && *some && m_data[m_at] == ']')
            return broken(Words::tr("a comma stands before the end."));
    } else if (m_number > 0 && *some && m_inArray && m_data[m_at] != ']') {
        return broken(Words::tr("a comma or “]” is missing."));
    }
    if (!some)
        return some;
    if (!*some) {
        m_done = true;
        return m_inArray ? Result<bool>(broken(Words::tr("the closing “]” is missing.")))
                         : Result<bool>(false);
    }
    if (m_inArray && m_data[m_at] == ']') {
        consume(m_at + 1);
        m_done = true;
        some = skipSpace();
        return some && *some ? Result<bool>(broken(Words::tr("something stands behind the last “]”.")))
                             : Result<bool>(false);
    }
    if (m_data[m_at] != '{')
        return broken(Words::tr("each row has to be an object, “{…}”."));
    qsizetype end = -1;
    while ((end = jsonValueEnd(m_data, m_at)) < 0) {
        if (const auto more = load(); !more)
            return more;
        if (m_ended)
            return broken(Words::tr("the object that begins there does not end."));
    }
    record.line = m_line;
    read(QByteArrayView(m_data).sliced(m_at, end - m_at), record);
    consume(end);
    return true;
}

Result<bool> JsonReader::next(Record& record)
{
    if (m_done)
        return false;
    const auto some = m_options.format == Format::Ndjson ? nextLine(record) : nextValue(record);
    if (some && *some)
        record.number = ++m_number;
    return some;
}

}  // namespace dewpoint::transfer
