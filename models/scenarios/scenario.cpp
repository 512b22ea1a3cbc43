// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "scenarios/scenario.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dewpoint::scenarios {

namespace {

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const auto each : array)
        texts += each.toString();
    return texts;
}

template <class Item, class Write>
QJsonArray arrayOf(const QList<Item>& items, const Write& write)
{
    QJsonArray array;
    for (const Item& item : items)
        array += write(item);
    return array;
}

template <class Item, class Read>
QList<Item> listOf(const QJsonValue& value, const Read& read)
{
    QList<Item> items;
    const QJsonArray array = value.toArray();
    for (const auto each : array)
        items += read(each.toObject());
    return items;
}

}  // namespace

QJsonObject toJson(const Scenario& scenario)
{
    return {
        {u"name"_s, scenario.name},
        {u"at"_s, scenario.at.toUTC().toString(Qt::ISODateWithMs)},
        {u"engine"_s, scenario.engine == Engine::Sqlite ? u"sqlite"_s : u"postgres"_s},
        {u"tables"_s, arrayOf(scenario.tables,
                              [](const KeptTable& table) {
                                  return QJsonObject{
                                      {u"schema"_s, table.schema},
                                      {u"name"_s, table.name},
                                      {u"columns"_s, QJsonArray::fromStringList(table.columns)},
                                      {u"keyKind"_s, static_cast<int>(table.keyKind)},
                                      {u"key"_s, QJsonArray::fromStringList(table.keyColumns)}};
                              })},
        {u"structure"_s, arrayOf(scenario.structure,
                                 [](const KeptObject& object) {
                                     return QJsonObject{{u"name"_s, object.name}, {u"text"_s, object.text}};
                                 })},
        {u"sequences"_s, arrayOf(scenario.sequences,
                                 [](const KeptSequence& sequence) {
                                     return QJsonObject{{u"schema"_s, sequence.schema},
                                                        {u"name"_s, sequence.name},
                                                        {u"next"_s, sequence.next}};
                                 })},
    };
}

Scenario scenarioFrom(const QJsonObject& json)
{
    Scenario scenario{.name = json[u"name"].toString(),
                      .at = QDateTime::fromString(json[u"at"].toString(), Qt::ISODateWithMs),
                      .engine = json[u"engine"].toString() == u"sqlite" ? Engine::Sqlite : Engine::Postgres};
    scenario.tables = listOf<KeptTable>(json[u"tables"], [](const QJsonObject& table) {
        return KeptTable{.schema = table[u"schema"].toString(),
                         .name = table[u"name"].toString(),
                         .columns = textsOf(table[u"columns"]),
                         .keyKind = static_cast<rows::KeyKind>(table[u"keyKind"].toInt()),
                         .keyColumns = textsOf(table[u"key"])};
    });
    scenario.structure = listOf<KeptObject>(json[u"structure"], [](const QJsonObject& object) {
        return KeptObject{.name = object[u"name"].toString(), .text = object[u"text"].toString()};
    });
    scenario.sequences = listOf<KeptSequence>(json[u"sequences"], [](const QJsonObject& sequence) {
        return KeptSequence{.schema = sequence[u"schema"].toString(),
                            .name = sequence[u"name"].toString(),
                            .next = sequence[u"next"].toString()};
    });
    return scenario;
}

}  // namespace dewpoint::scenarios
