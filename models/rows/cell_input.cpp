// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/cell_input.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

std::optional<QByteArray> hexBytes(const QString& text)
{
    QString digits;
    if (text.startsWith(u"\\x"_s))
        digits = text.mid(2);
    else if (text.size() >= 3 && text.left(2).toUpper() == u"X'"_s && text.endsWith(u'\''))
        digits = text.mid(2, text.size() - 3);
    else
        return {};
    const QByteArray bytes = QByteArray::fromHex(digits.toLatin1());
    const bool clean =
        bytes.size() * 2 == digits.size() && QString::fromLatin1(bytes.toHex()) == digits.toLower();
    return clean ? std::optional(bytes) : std::nullopt;
}

std::optional<Value> asInteger(const QString& text)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok && QString::number(number) == text ? std::optional<Value>(number) : std::nullopt;
}

// Only when the double shows as the same text: more digits than it holds stay text, and the column's
// affinity decides.
std::optional<Value> asReal(const QString& text)
{
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok && displayText(Value(number)) == text ? std::optional<Value>(number) : std::nullopt;
}

Value sqliteInput(const QString& text, const RelationColumn& column, const Value& before)
{
    const bool wasBlob = std::holds_alternative<Blob>(before);
    if (wasBlob || column.family == ColumnFamily::Binary) {
        if (const auto bytes = hexBytes(text))
            return Blob{*bytes};
    }
    if (column.family == ColumnFamily::Text)
        return textValue(text);
    const bool untyped = column.family == ColumnFamily::Other || column.family == ColumnFamily::Binary;
    const bool wasText = std::holds_alternative<Text>(before);
    if (untyped && wasText)
        return textValue(text);
    if (column.family != ColumnFamily::Real) {
        if (const auto number = asInteger(text))
            return *number;
    }
    if (const auto number = asReal(text))
        return *number;
    if (column.family == ColumnFamily::Real) {
        if (const auto number = asReal(text + u".0"_s))
            return *number;
    }
    return textValue(text);
}

}  // namespace

Value parsedInput(const QString& text, const RelationColumn& column, const Value& before, Engine engine)
{
    if (engine == Engine::Sqlite)
        return sqliteInput(text, column, before);
    if (column.family == ColumnFamily::Binary) {
        if (const auto bytes = hexBytes(text))
            return Blob{*bytes};
        return Blob{text.toUtf8()};
    }
    return textValue(text);
}

QString editText(const Value& value, Engine engine)
{
    if (const auto* blob = std::get_if<Blob>(&value); blob && engine == Engine::Postgres)
        return u"\\x"_s + QString::fromLatin1(blob->bytes.toHex());
    return displayText(value);
}

}  // namespace dewpoint::rows
