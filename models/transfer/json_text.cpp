// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/json_text.h"

#include "base/words.h"
#include "transfer/cell_text.h"

#include <QJsonDocument>
#include <QJsonParseError>

#include <expected>

namespace dewpoint::transfer {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Behind the closing quote of the text that begins at `at`; -1 without one.
qsizetype textEnd(QByteArrayView data, qsizetype at)
{
    for (qsizetype i = at + 1; i < data.size(); ++i) {
        if (data[i] == '\\')
            ++i;
        else if (data[i] == '"')
            return i + 1;
    }
    return -1;
}

char32_t hexUnit(QByteArrayView text, qsizetype at, bool& well)
{
    const QByteArrayView digits = at + 4 <= text.size() ? text.sliced(at, 4) : QByteArrayView();
    const uint unit = digits.toUInt(&well, 16);
    return unit;
}

/// \uXXXX, or two of them for what lies beyond the first plane. Leaves `at` on its last digit.
bool appendEscaped(QByteArrayView text, qsizetype& at, QByteArray& out)
{
    bool well = false;
    char32_t code = hexUnit(text, at + 1, well);
    if (!well)
        return false;
    at += 4;
    if (QChar::isHighSurrogate(code) && text.sliced(at + 1).startsWith("\\u")) {
        const char32_t low = hexUnit(text, at + 3, well);
        if (!well || !QChar::isLowSurrogate(low))
            return false;
        code = QChar::surrogateToUcs4(static_cast<char16_t>(code), static_cast<char16_t>(low));
        at += 6;
    }
    if (QChar::isSurrogate(code))
        return false;
    out += QString::fromUcs4(&code, 1).toUtf8();
    return true;
}

/// What stands between the quotes. False where an escape is none.
bool decode(QByteArrayView text, QByteArray& out)
{
    out.resize(0);
    if (!text.contains('\\')) {
        out.append(text);
        return true;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        const char c = ++i < text.size() ? text[i] : '\0';
        switch (c) {
        case '"':
        case '\\':
        case '/': out += c; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u':
            if (!appendEscaped(text, i, out))
                return false;
            break;
        default: return false;
        }
    }
    return true;
}

bool readValue(QByteArrayView value, Field& field)
{
    const char first = value.isEmpty() ? '\0' : value[0];
    if (first == '"') {
        field.kind = Field::Kind::Text;
        return decode(value.sliced(1, value.size() - 2), field.text);
    }
    field.text.resize(0);
    field.text.append(value);
    if (value == "null") {
        field.kind = Field::Kind::Null;
        field.text.resize(0);
        return true;
    }
    if (value == "true" || value == "false") {
        field.kind = Field::Kind::Boolean;
        return true;
    }
    if (first == '{' || first == '[') {
        field.kind = Field::Kind::Nested;
        QJsonParseError error;
        (void)QJsonDocument::fromJson(field.text, &error);
        return error.error == QJsonParseError::NoError;
    }
    field.kind = Field::Kind::Number;
    return isJsonNumber(value);
}

QString shown(QByteArrayView text)
{
    constexpr qsizetype longest = 30;
    const QString whole = QString::fromUtf8(text);
    return whole.size() > longest ? whole.left(longest) + QChar(u'…') : whole;
}

QString broken()
{
    return Words::tr("It is no JSON object.");
}

/// Reads `"name":` at a place; where its value begins, or what is wrong.
std::expected<qsizetype, QString> readName(QByteArrayView object, qsizetype at, QByteArray& name)
{
    const qsizetype end = object[at] == '"' ? textEnd(object, at) : -1;
    if (end < 0 || !decode(object.sliced(at + 1, end - at - 2), name))
        return std::unexpected(broken());
    const qsizetype colon = jsonSpaceEnd(object, end);
    if (colon >= object.size() || object[colon] != ':')
        return std::unexpected(
            Words::tr("It is no JSON object: a colon is missing behind “%1”.").arg(shown(name)));
    return jsonSpaceEnd(object, colon + 1);
}

/// Where the value at a place ends, or what is wrong.
std::expected<qsizetype, QString> readMember(QByteArrayView object, qsizetype at, Field& field)
{
    const qsizetype end = at < object.size() ? jsonValueEnd(object, at) : -1;
    if (end < 0)
        return std::unexpected(broken());
    const QByteArrayView value = object.sliced(at, end - at);
    if (!readValue(value, field))
        return std::unexpected(Words::tr("“%1” is no JSON value.").arg(shown(value)));
    return end;
}

}  // namespace

qsizetype jsonSpaceEnd(QByteArrayView data, qsizetype at)
{
    while (at < data.size() && isSpace(data[at]))
        ++at;
    return at;
}

qsizetype jsonValueEnd(QByteArrayView data, qsizetype at)
{
    if (data[at] == '"')
        return textEnd(data, at);
    if (data[at] != '{' && data[at] != '[') {
        for (qsizetype i = at; i < data.size(); ++i) {
            if (isSpace(data[i]) || data[i] == ',' || data[i] == '}' || data[i] == ']')
                return i;
        }
        return -1;
    }
    qsizetype depth = 0;
    for (qsizetype i = at; i < data.size(); ++i) {
        const char c = data[i];
        if (c == '"') {
            i = textEnd(data, i) - 1;
            if (i < 0)
                return -1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

QString readJsonObject(QByteArrayView object, const JsonMember& placeOf)
{
    if (!object.startsWith('{') || !object.endsWith('}'))
        return broken();
    QByteArray name;
    Field nowhere;
    qsizetype at = jsonSpaceEnd(object, 1);
    if (object[at] == '}')
        return at + 1 == object.size() ? QString() : broken();
    for (;;) {
        const auto value = readName(object, at, name);
        if (!value)
            return value.error();
        Field* const place = placeOf(name);
        const auto end = readMember(object, *value, place ? *place : nowhere);
        if (!end)
            return end.error();
        at = jsonSpaceEnd(object, *end);
        if (at >= object.size() || object[at] != ',')
            return at + 1 == object.size() && object[at] == '}' ? QString() : broken();
        at = jsonSpaceEnd(object, at + 1);
    }
}

}  // namespace dewpoint::transfer
