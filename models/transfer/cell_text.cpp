// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/cell_text.h"

#include "json/scan.h"
#include "rows/input_check.h"
#include "transfer/plain_real.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

// pg_type.dat: bool, json, jsonb; int8, int2, int4, oid, float4, float8, numeric
constexpr quint32 boolOid = 16;
constexpr std::array<quint32, 2> jsonOids{114, 3802};
constexpr std::array<quint32, 7> numberOids{20, 21, 23, 26, 700, 701, 1700};

QByteArray hexText(const QByteArray& bytes)
{
    return "\\x" + bytes.toHex();
}

/// Of an empty text, too, which is no NULL.
bool needsQuotes(QByteArrayView text, char delimiter)
{
    if (text.isEmpty() || text.front() == ' ' || text.front() == '\t' || text.back() == ' ')
        return true;
    for (const char c : text) {
        if (c == delimiter || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

/// Text that is not UTF-8 (SQLite allows it) has no place in JSON: its bytes are shown as a blob's.
QByteArray jsonBytes(const QByteArray& utf8)
{
    return jsonText(utf8.isValidUtf8() ? QString::fromUtf8(utf8) : QString::fromLatin1(hexText(utf8)));
}

/// What stands on one line and is a whole object or array; a lone JSON text, number or null goes as a
/// string, because it could not be told from one otherwise.
bool isNested(const QByteArray& text)
{
    const bool shaped = text.startsWith('{') || text.startsWith('[');
    if (!shaped || text.contains('\n') || text.contains('\r'))
        return false;
    QJsonParseError error;
    (void)QJsonDocument::fromJson(text, &error);
    return error.error == QJsonParseError::NoError;
}

}  // namespace

OutColumn outColumnOf(const rows::RelationColumn& column, Engine engine)
{
    const bool postgres = engine == Engine::Postgres;
    return {.name = column.name,
            .number = postgres ? rows::isNumber(column.family) : rows::readsAsNumber(column),
            .boolean = postgres && rows::isBoolean(column, engine),
            .json = rows::isJson(column),
            .generated = isGenerated(column)};
}

OutColumn outColumnOf(const ColumnInfo& column)
{
    return {.name = column.name,
            .number = std::ranges::contains(numberOids, column.typeOid),
            .boolean = column.typeOid == boolOid,
            .json = std::ranges::contains(jsonOids, column.typeOid)
                    || column.type.compare(u"json"_s, Qt::CaseInsensitive) == 0};
}

bool isGenerated(const rows::RelationColumn& column)
{
    return column.readOnly && !column.hasDefault;
}

QByteArray plainText(const Value& value)
{
    if (const auto* text = std::get_if<Text>(&value))
        return text->utf8;
    if (const auto* blob = std::get_if<Blob>(&value))
        return hexText(blob->bytes);
    if (const auto* number = std::get_if<qint64>(&value))
        return QByteArray::number(*number);
    return displayText(value).toUtf8();
}

/// RFC 8259, "Numbers".
QByteArray jsonText(const QString& text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QByteArray jsonCell(const OutColumn& column, const Value& value)
{
    if (isNull(value))
        return "null";
    const QByteArray text = plainText(value);
    if (const auto* number = std::get_if<double>(&value))
        return std::isfinite(*number) && json::isNumber(text) ? text : jsonBytes(text);
    if (std::holds_alternative<qint64>(value))
        return text;
    if (std::holds_alternative<Blob>(value))
        return jsonBytes(text);
    if (column.boolean && (text == "t" || text == "f"))
        return text == "t" ? "true" : "false";
    if ((column.number && json::isNumber(text)) || (column.json && isNested(text)))
        return text;
    return jsonBytes(text);
}

QList<QByteArray> jsonNames(const QList<OutColumn>& columns)
{
    QList<QByteArray> names;
    QStringList used;
    for (const OutColumn& column : columns) {
        QString name = column.name;
        for (int i = 2; used.contains(name); ++i)
            name = u"%1_%2"_s.arg(column.name).arg(i);
        used += name;
        names += jsonText(name);
    }
    return names;
}

void appendCsvCell(QByteArray& out, const Value& value, char delimiter, const QByteArray& nullText)
{
    if (isNull(value)) {
        out += nullText;
        return;
    }
    RealBuffer buffer;
    QByteArray other;
    QByteArrayView text;
    if (const auto* held = std::get_if<Text>(&value))
        text = held->utf8;
    else if (const auto* number = std::get_if<qint64>(&value))
        text = {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), *number).ptr};
    else if (const auto* real = std::get_if<double>(&value))
        text = plainReal(*real, buffer);
    if (text.isNull())
        text = other = plainText(value);
    if (!needsQuotes(text, delimiter) && text != nullText) {
        out += text;
        return;
    }
    out += '"';
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype quote = text.indexOf('"', at);
        const qsizetype end = quote < 0 ? text.size() : quote + 1;
        out += text.sliced(at, end - at);
        if (quote >= 0)
            out += '"';
        at = end;
    }
    out += '"';
}

QByteArray markdownLine(const QList<QByteArray>& cells)
{
    QByteArrayList safe;
    for (QByteArray text : cells) {
        for (const char* mark : {"\\", "|", "*", "`", "["})
            text.replace(mark, QByteArray("\\") + mark);
        text.replace("&", "&amp;").replace("<", "&lt;");
        safe += text.replace("\r\n", "<br>").replace("\n", "<br>").replace("\r", "<br>");
    }
    return "| " + safe.join(" | ") + " |\n";
}

}  // namespace dewpoint::transfer
