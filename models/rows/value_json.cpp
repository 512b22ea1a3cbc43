// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/value_json.h"

#include <QJsonObject>

#include <bit>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

template <class... F>
struct Cases : F... {
    using F::operator()...;
};

QJsonObject one(const QString& name, const QByteArray& text)
{
    return {{name, QString::fromLatin1(text)}};
}

QJsonValue textToJson(const Text& text)
{
    const QString decoded = QString::fromUtf8(text.utf8);
    if (decoded.toUtf8() != text.utf8)
        return one(u"t64"_s, text.utf8.toBase64());
    return QJsonObject{{u"t"_s, decoded}};
}

}  // namespace

QJsonValue toJson(const Value& value)
{
    return std::visit(Cases{
                          [](Null) { return QJsonValue(QJsonValue::Null); },
                          [](qint64 number) { return QJsonValue(one(u"i"_s, QByteArray::number(number))); },
                          [](double number) {
                              return QJsonValue(
                                  one(u"d"_s, QByteArray::number(std::bit_cast<quint64>(number), 16)));
                          },
                          [](const Text& text) { return textToJson(text); },
                          [](const Blob& blob) { return QJsonValue(one(u"b"_s, blob.bytes.toBase64())); },
                      },
                      value);
}

Value valueFrom(const QJsonValue& json)
{
    const QJsonObject object = json.toObject();
    if (object.contains(u"i"_s))
        return object[u"i"_s].toString().toLongLong();
    if (object.contains(u"d"_s))
        return std::bit_cast<double>(object[u"d"_s].toString().toULongLong(nullptr, 16));
    if (object.contains(u"t"_s))
        return textValue(object[u"t"_s].toString());
    if (object.contains(u"t64"_s))
        return Text{QByteArray::fromBase64(object[u"t64"_s].toString().toLatin1())};
    if (object.contains(u"b"_s))
        return Blob{QByteArray::fromBase64(object[u"b"_s].toString().toLatin1())};
    return Null{};
}

}  // namespace dewpoint::rows
