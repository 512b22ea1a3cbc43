// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/row_key.h"

#include <QStringList>

#include <bit>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

template <class... F>
struct Cases : F... {
    using F::operator()...;
};

void append(QByteArray& out, char tag, const QByteArray& bytes)
{
    out += tag;
    out += QByteArray::number(bytes.size());
    out += ':';
    out += bytes;
}

}  // namespace

QByteArray encoded(const RowKey& key)
{
    QByteArray out;
    for (const Value& value : key.values) {
        std::visit(Cases{
                       [&](Null) { out += 'n'; },
                       [&](qint64 number) { append(out, 'i', QByteArray::number(number)); },
                       [&](double number) {
                           append(out, 'd', QByteArray::number(std::bit_cast<quint64>(number), 16));
                       },
                       [&](const Text& text) { append(out, 't', text.utf8); },
                       [&](const Blob& blob) { append(out, 'b', blob.bytes); },
                   },
                   value);
    }
    return out;
}

qsizetype memoryOf(const std::vector<Value>& values)
{
    auto bytes = std::ssize(values) * qsizetype{sizeof(Value)};
    for (const Value& value : values) {
        if (const auto* text = std::get_if<Text>(&value))
            bytes += text->utf8.size();
        else if (const auto* blob = std::get_if<Blob>(&value))
            bytes += blob->bytes.size();
    }
    return bytes;
}

QString displayText(const RowKey& key)
{
    QStringList parts;
    for (const Value& value : key.values)
        parts += isNull(value) ? u"NULL"_s : dewpoint::displayText(value);
    return parts.join(u" · "_s);
}

}  // namespace dewpoint::rows
