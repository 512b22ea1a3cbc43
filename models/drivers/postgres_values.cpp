// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_values.h"

#include "base/words.h"

#include <libpq-fe.h>

#include <algorithm>

namespace dewpoint::drivers {

namespace {

constexpr Oid byteaOid = 17;

QByteArray encoded(const Value& value)
{
    if (const auto* blob = std::get_if<Blob>(&value))
        return "\\x" + blob->bytes.toHex();
    if (const auto* text = std::get_if<Text>(&value))
        return text->utf8.isNull() ? QByteArray("") : text->utf8;
    return displayText(value).toUtf8();
}

QByteArray unhexed(const char* text, int size)
{
    if (size >= 2 && text[0] == '\\' && text[1] == 'x')
        return QByteArray::fromHex(QByteArray::fromRawData(text + 2, size - 2));
    size_t length = 0;
    unsigned char* bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &length);
    QByteArray result(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(length));
    PQfreemem(bytes);
    return result;
}

}  // namespace

PostgresParameters::PostgresParameters(std::span<const Value> values)
{
    m_texts.reserve(std::ssize(values));
    m_pointers.reserve(values.size());
    for (const Value& value : values) {
        m_texts.append(encoded(value));
        m_pointers.push_back(isNull(value) ? nullptr : m_texts.last().constData());
    }
}

qsizetype PostgresParameters::bytes() const
{
    qsizetype sum = 0;
    for (const QByteArray& text : m_texts)
        sum += text.size();
    return sum;
}

Result<> PostgresParameters::checkWhole() const
{
    if (std::ranges::any_of(m_texts, [](const QByteArray& text) { return text.contains('\0'); }))
        return fail(ErrorKind::Type, Words::tr("PostgreSQL cannot keep the character U+0000 in a text."),
                    Words::tr("Take it out, or keep the value in a bytea column."));
    return {};
}

Value postgresCell(const pg_result* result, int column, qint64 limit, qint64* fullSize)
{
    if (PQgetisnull(result, 0, column))
        return Null{};
    const char* text = PQgetvalue(result, 0, column);
    int size = PQgetlength(result, 0, column);
    if (PQftype(result, column) == byteaOid) {
        Blob blob{unhexed(text, limit >= 0 && size > 2 * limit + 2 ? static_cast<int>(2 * limit + 2) : size)};
        if (limit >= 0 && size > 2 * limit + 2)
            *fullSize = (size - 2) / 2;
        return blob;
    }
    if (limit >= 0 && size > limit) {
        *fullSize = size;
        size = static_cast<int>(limit);
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
            --size;  // do not cut inside a UTF-8 sequence
    }
    return Text{QByteArray(text, size)};
}

}  // namespace dewpoint::drivers
