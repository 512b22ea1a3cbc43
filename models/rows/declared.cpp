// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/declared.h"

#include "rows/query_writer.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

QString nameOf(const QString& schema, const QString& table)
{
    return schema + u'.' + table;
}

bool hasColumns(const Relation& relation, const QStringList& columns)
{
    return std::ranges::all_of(columns, [&](const QString& name) { return relation.indexOf(name) >= 0; });
}

/// The columns that the key points to, also where the database leaves them to the primary key.
QStringList targetColumnsOf(const RelationForeignKey& key, const schema::Table& target)
{
    return key.targetColumns.isEmpty() ? target.primaryKey() : key.targetColumns;
}

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const auto each : array)
        texts += each.toString();
    return texts;
}

}  // namespace

QJsonObject toJson(const RelationNotes& notes)
{
    QJsonArray relations;
    for (const DeclaredRelation& each : notes.relations)
        relations += QJsonObject{{u"schema"_s, each.schema},
                                 {u"table"_s, each.table},
                                 {u"columns"_s, QJsonArray::fromStringList(each.key.columns)},
                                 {u"targetSchema"_s, each.key.targetSchema},
                                 {u"targetTable"_s, each.key.targetTable},
                                 {u"targetColumns"_s, QJsonArray::fromStringList(each.key.targetColumns)}};
    QJsonObject labels;
    for (auto label = notes.labels.cbegin(); label != notes.labels.cend(); ++label)
        labels[label.key()] = label.value();
    return {{u"relations"_s, relations}, {u"labels"_s, labels}};
}

RelationNotes relationNotesFrom(const QJsonObject& json)
{
    RelationNotes notes;
    const QJsonArray relations = json[u"relations"_s].toArray();
    for (const auto value : relations) {
        const QJsonObject each = value.toObject();
        DeclaredRelation relation{.schema = each[u"schema"_s].toString(),
                                  .table = each[u"table"_s].toString(),
                                  .key = {.columns = textsOf(each[u"columns"_s]),
                                          .targetSchema = each[u"targetSchema"_s].toString(),
                                          .targetTable = each[u"targetTable"_s].toString(),
                                          .targetColumns = textsOf(each[u"targetColumns"_s])}};
        if (!relation.key.columns.isEmpty()
            && relation.key.columns.size() == relation.key.targetColumns.size())
            notes.relations += relation;
    }
    const QJsonObject labels = json[u"labels"_s].toObject();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        notes.labels.insert(label.key(), label.value().toString());
    return notes;
}

Relation relationIn(const schema::Database& database, const schema::Table& table, const RelationNotes& notes,
                    bool readOnlyConnection)
{
    Relation relation = relationIn(database, table, readOnlyConnection);
    for (const DeclaredRelation& declared : notes.relations) {
        const schema::Table* target = database.table(declared.key.targetSchema, declared.key.targetTable);
        // A column that is gone takes what was said of it along, until it is back.
        if (declared.schema == relation.schema && declared.table == relation.name && target
            && hasColumns(relation, declared.key.columns)
            && std::ranges::all_of(declared.key.targetColumns,
                                   [&](const QString& name) { return target->column(name) != nullptr; })
            && !relation.foreignKeys.contains(declared.key))
            relation.foreignKeys += declared.key;
    }
    return relation;
}

QList<Reference> referencesOf(const Relation& relation, const schema::Database& database,
                              const RelationNotes& notes)
{
    QList<Reference> references = referencesOf(relation, database);
    for (Reference& reference : references) {
        const QString chosen = notes.labels.value(nameOf(reference.target.schema, reference.target.name));
        const schema::Table* target = database.table(reference.target.schema, reference.target.name);
        if (chosen.isEmpty() || !target || !target->column(chosen))
            continue;
        const int before = reference.target.indexOf(reference.label);
        if (before >= 0)
            reference.target.columns.removeAt(before);
        reference.label.clear();
        if (reference.target.keyColumns.contains(chosen))
            continue;  // it is there anyway
        const Relation whole = relationIn(database, *target);
        reference.target.columns += whole.columns[whole.indexOf(chosen)];
        reference.label = chosen;
    }
    return references;
}

QList<Referrer> referrersOf(const Relation& target, const schema::Database& database,
                            const RelationNotes& notes)
{
    QList<Referrer> referrers;
    const schema::Table* self = database.table(target.schema, target.name);
    if (!self)
        return referrers;
    for (const schema::Table& table : database.tables) {
        if (!table.partitionBound.isEmpty())
            continue;  // counted with the whole table
        const Relation from = relationIn(database, table, notes, true);
        for (const RelationForeignKey& key : from.foreignKeys) {
            if (key.targetTable != target.name || key.targetSchema != target.schema)
                continue;
            const QStringList columns = targetColumnsOf(key, *self);
            if (columns.size() == key.columns.size() && hasColumns(target, columns))
                referrers += Referrer{.from = from, .columns = key.columns, .targetColumns = columns};
        }
    }
    return referrers;
}

Result<qint64> countReferring(drivers::Connection& connection, const Referrer& referrer,
                              const std::vector<Value>& values)
{
    QueryWriter writer(referrer.from);
    QStringList same;
    for (qsizetype i = 0; i < referrer.columns.size(); ++i)
        same += writer.compared(referrer.columns[i]) + u" = "_s + writer.bind(values[static_cast<size_t>(i)]);
    return connection
        .scalar(u"SELECT count(*) FROM (SELECT 1 FROM %1 WHERE %2 LIMIT %3) AS t"_s.arg(
                    referrer.from.quotedName(), same.join(u" AND "_s), QString::number(mostCounted + 1)),
                writer.query.parameters)
        .transform([](const Value& count) { return displayText(count).toLongLong(); });
}

}  // namespace dewpoint::rows
