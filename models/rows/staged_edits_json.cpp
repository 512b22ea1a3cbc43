// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/staged_edits.h"
#include "rows/value_json.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

// A draft's shape: {"rows": [{"key": [V], "deleted": bool, "original": {column: V}, "cells": {column: V}}],
// "inserts": [{column: V}]}, where V is as value_json.h has it, or {"default": true}.
namespace dewpoint::rows {

namespace {

QJsonValue editToJson(const EditValue& value)
{
    const auto* plain = std::get_if<Value>(&value);
    return plain ? rows::toJson(*plain) : QJsonValue(QJsonObject{{u"default"_s, true}});
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
        key += rows::toJson(value);
    QJsonObject original;
    for (const auto& [column, value] : edit.original)
        original[column] = rows::toJson(value);
    QJsonObject cells;
    for (const auto& [column, cell] : edit.cells)
        cells[column] = editToJson(cell.after);
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
    for (auto it = cells.begin(); it != cells.end(); ++it) {
        const auto before = edit.original.find(it.key());
        edit.cells.emplace(it.key(), CellEdit{before == edit.original.end() ? Value(Null{}) : before->second,
                                              editFrom(it.value())});
    }
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
            values[column] = editToJson(value);
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
