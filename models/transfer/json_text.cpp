// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/json_text.h"

#include "base/words.h"
#include "json/scan.h"
#include "json/text.h"

#include <QJsonDocument>
#include <QJsonParseError>

#include <expected>

namespace dewpoint::transfer {

namespace {

bool readValue(QByteArrayView value, Field& field)
{
    const char first = value.isEmpty() ? '\0' : value[0];
    if (first == '"') {
        field.kind = Field::Kind::Text;
        return json::decode(value.sliced(1, value.size() - 2), field.text);
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
    return json::isNumber(value);
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
    const qsizetype end = object[at] == '"' ? json::stringEnd(object, at) : -1;
    if (end < 0 || !json::decode(object.sliced(at + 1, end - at - 2), name))
        return std::unexpected(broken());
    const qsizetype colon = json::spaceEnd(object, end);
    if (colon >= object.size() || object[colon] != ':')
        return std::unexpected(
            Words::tr("It is no JSON object: a colon is missing behind “%1”.").arg(shown(name)));
    return json::spaceEnd(object, colon + 1);
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

qsizetype jsonValueEnd(QByteArrayView data, qsizetype at)
{
    if (data[at] == '"')
        return json::stringEnd(data, at);
    if (data[at] == '{' || data[at] == '[')
        return json::containerEnd(data, at);
    const qsizetype end = json::valueEnd(data, at);
    return end < data.size() ? end : -1;
}

QString readJsonObject(QByteArrayView object, const JsonMember& placeOf)
{
    if (!object.startsWith('{') || !object.endsWith('}'))
        return broken();
    QByteArray name;
    Field nowhere;
    qsizetype at = json::spaceEnd(object, 1);
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
        at = json::spaceEnd(object, *end);
        if (at >= object.size() || object[at] != ',')
            return at + 1 == object.size() && object[at] == '}' ? QString() : broken();
        at = json::spaceEnd(object, at + 1);
    }
}

}  // namespace dewpoint::transfer
