// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/row_changes.h"

#include "rows/value_json.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

// A change's shape: {"key": [V], "before": {column: V}, "after": {column: V}, "cascade": true}, where "after"
// holds of an update only what is another than before, and "gone" the columns that could not be read again.
namespace dewpoint::rows {

namespace {

QJsonObject imageToJson(const RowImage& image)
{
    QJsonObject json;
    for (const auto& [column, value] : image)
        json[column] = toJson(value);
    return json;
}

RowImage imageFrom(const QJsonObject& json)
{
    RowImage image;
    for (auto it = json.begin(); it != json.end(); ++it)
        image.emplace(it.key(), valueFrom(it.value()));
    return image;
}

QJsonObject rowToJson(const RowChange& change)
{
    QJsonArray key;
    for (const Value& value : change.key.values)
        key += toJson(value);
    QJsonObject json{{u"key"_s, key}};
    if (change.byDatabase)
        json[u"cascade"_s] = true;
    if (change.before)
        json[u"before"_s] = imageToJson(*change.before);
    if (!change.after)
        return json;
    const RowImage before = change.before.value_or(RowImage());
    RowImage differing;
    for (const auto& [column, value] : *change.after) {
        const auto was = before.find(column);
        if (was == before.end() || was->second != value)
            differing.emplace(column, value);
    }
    QJsonArray gone;
    for (const auto& [column, value] : before) {
        if (!change.after->contains(column))
            gone += column;
    }
    json[u"after"_s] = imageToJson(differing);
    if (!gone.isEmpty())
        json[u"gone"_s] = gone;
    return json;
}

RowChange rowFrom(const QJsonObject& json)
{
    RowChange change{.key = {}, .before = {}, .after = {}, .byDatabase = json[u"cascade"_s].toBool()};
    const QJsonArray key = json[u"key"_s].toArray();
    for (const auto value : key)
        change.key.values.push_back(valueFrom(value));
    if (json.contains(u"before"_s))
        change.before = imageFrom(json[u"before"_s].toObject());
    if (!json.contains(u"after"_s))
        return change;
    RowImage after = imageFrom(json[u"after"_s].toObject());
    const QJsonArray gone = json[u"gone"_s].toArray();
    const RowImage before = change.before.value_or(RowImage());
    for (const auto& [column, value] : before) {
        if (!gone.contains(column))
            after.emplace(column, value);
    }
    change.after = std::move(after);
    return change;
}

}  // namespace

QStringList changedColumns(const RowChange& change)
{
    QStringList columns;
    if (!change.before || !change.after)
        return columns;
    for (const auto& [column, value] : *change.before) {
        const auto now = change.after->find(column);
        if (now != change.after->end() && now->second != value)
            columns += column;
    }
    return columns;
}

TableChanges::Counts TableChanges::counts() const
{
    Counts counts;
    for (const RowChange& row : rows)
        ++(!row.before ? counts.inserts : !row.after ? counts.deletes : counts.updates);
    return counts;
}

QJsonObject toJson(const TableChanges& changes)
{
    QJsonArray rows;
    for (const RowChange& row : changes.rows)
        rows += rowToJson(row);
    return {{u"schema"_s, changes.schema},
            {u"name"_s, changes.name},
            {u"kind"_s, static_cast<int>(changes.keyKind)},
            {u"key"_s, QJsonArray::fromStringList(changes.keyColumns)},
            {u"columns"_s, QJsonArray::fromStringList(changes.columns)},
            {u"rows"_s, rows},
            {u"unknown"_s, changes.unknown},
            {u"takesBack"_s, changes.takesBack}};
}

TableChanges tableChangesFrom(const QJsonObject& json)
{
    TableChanges changes{.schema = json[u"schema"_s].toString(),
                         .name = json[u"name"_s].toString(),
                         .keyKind = static_cast<KeyKind>(json[u"kind"_s].toInt()),
                         .unknown = json[u"unknown"_s].toInt(),
                         .takesBack = json[u"takesBack"_s].toString()};
    const auto texts = [&](const QString& name) {
        QStringList list;
        const QJsonArray array = json[name].toArray();
        for (const auto value : array)
            list += value.toString();
        return list;
    };
    changes.keyColumns = texts(u"key"_s);
    changes.columns = texts(u"columns"_s);
    const QJsonArray rows = json[u"rows"_s].toArray();
    for (const auto row : rows)
        changes.rows += rowFrom(row.toObject());
    return changes;
}

}  // namespace dewpoint::rows
