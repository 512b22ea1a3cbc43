// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/staged_edits.h"

#include <QJsonArray>

#include <algorithm>
#include <bit>

using namespace Qt::StringLiterals;

// A draft's shape: {"rows": [{"key": [V], "deleted": bool, "original": {column: V}, "cells": {column: V}}],
// "inserts": [{column: V}]}, where V is null, {"i": "12"}, {"d": bits in hex}, {"t": text},
// {"t64": base64 of invalid UTF-8}, {"b": base64} or {"default": true}. Numbers are texts, because
// JSON's own are doubles.
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

QJsonValue toJson(const EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    return plain ? toJson(*plain) : QJsonValue(QJsonObject{{u"default"_s, true}});
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

EditValue editFrom(const QJsonValue& json)
{
    if (json.toObject().contains(u"default"_s))
        return Default{};
    return valueFrom(json);
}

QJsonObject rowToJson(const RowEdit& edit)
{
    QJsonArray key;
    for (const Value& value : edit.key.values)
        key += toJson(value);
    QJsonObject original;
    for (const auto& [column, value] : edit.original)
        original[column] = toJson(value);
    QJsonObject cells;
    for (const auto& [column, cell] : edit.cells)
        cells[column] = toJson(cell.after);
    return {{u"key"_s, key}, {u"deleted"_s, edit.deleted}, {u"original"_s, original}, {u"cells"_s, cells}};
}

RowEdit rowFrom(const QJsonObject& json)
{
    RowEdit edit{.deleted = json[u"deleted"_s].toBool()};
    const QJsonArray key = json[u"key"_s].toArray();
    for (const auto value : key)
        edit.key.values.push_back(valueFrom(value));
    const QJsonObject original = json[u"original"_s].toObject();
    for (auto it = original.begin(); it != original.end(); ++it)
        edit.original.emplace(it.key(), valueFrom(it.value()));
    const QJsonObject cells = json[u"cells"_s].toObject();
    for (auto it = cells.begin(); it != cells.end(); ++it)
        edit.cells.emplace(it.key(), CellEdit{edit.original[it.key()], editFrom(it.value())});
    return edit;
}

}  // namespace

QJsonObject StagedEdits::toJson() const
{
    QJsonArray rows;
    for (const auto& [bytes, edit] : m_rows)
        rows += rowToJson(edit);
    QJsonArray inserts;
    for (const int id : m_order) {
        QJsonObject values;
        for (const auto& [column, value] : m_new.at(id).values)
            values[column] = rows::toJson(value);
        inserts += values;
    }
    return {{u"rows"_s, rows}, {u"inserts"_s, inserts}};
}

StagedEdits StagedEdits::fromJson(const QJsonObject& json)
{
    StagedEdits edits;
    const QJsonArray rows = json[u"rows"_s].toArray();
    for (const auto value : rows) {
        const RowEdit edit = rowFrom(value.toObject());
        if (!edit.key.isEmpty())
            edits.m_rows.insert_or_assign(encoded(edit.key), edit);
    }
    const QJsonArray inserts = json[u"inserts"_s].toArray();
    for (const auto value : inserts) {
        NewRow row{.id = edits.m_nextId++};
        const QJsonObject values = value.toObject();
        for (auto it = values.begin(); it != values.end(); ++it)
            row.values.emplace(it.key(), editFrom(it.value()));
        edits.m_order += row.id;
        edits.m_new.emplace(row.id, std::move(row));
    }
    return edits;
}

}  // namespace dewpoint::rows
