// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/cell_input.h"

#include "base/words.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

bool beginsLikeHex(const QString& text)
{
    return text.startsWith(u"\\x"_s) || text.left(2).toUpper() == u"X'"_s;
}

/// \x00ff or X'00ff'
Result<Value> hexBytes(const QString& text)
{
    const bool quoted = !text.startsWith(u'\\');
    const QString digits = quoted ? text.mid(2, text.size() - 3) : text.mid(2);
    const QByteArray bytes = QByteArray::fromHex(digits.toLatin1());
    const bool closed = !quoted || (text.size() >= 3 && text.endsWith(u'\''));
    if (closed && bytes.size() * 2 == digits.size() && QString::fromLatin1(bytes.toHex()) == digits.toLower())
        return Blob{bytes};
    constexpr qsizetype shown = 40;
    return fail(ErrorKind::Type,
                Words::tr("“%1” is no hex.").arg(text.size() > shown ? text.left(shown) + u'…' : text),
                Words::tr("Two digits (0–9, a–f) for each byte, as in %1.")
                    .arg(quoted ? u"X'00ff'"_s : u"\\x00ff"_s));
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

Result<Value> sqliteInput(const QString& text, const RelationColumn& column, const Value& before)
{
    const bool wasBlob = std::holds_alternative<Blob>(before);
    if ((wasBlob || column.family == ColumnFamily::Binary) && beginsLikeHex(text))
        return hexBytes(text);
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

Result<Value> parsedInput(const QString& text, const RelationColumn& column, const Value& before,
                          Engine engine)
{
    if (engine == Engine::Sqlite)
        return sqliteInput(text, column, before);
    if (column.family == ColumnFamily::Binary)
        return beginsLikeHex(text) ? hexBytes(text) : Result<Value>(Blob{text.toUtf8()});
    return textValue(text);
}

QString editText(const Value& value, Engine engine)
{
    if (const auto* blob = std::get_if<Blob>(&value); blob && engine == Engine::Postgres)
        return u"\\x"_s + QString::fromLatin1(blob->bytes.toHex());
    return displayText(value);
}

}  // namespace dewpoint::rows
