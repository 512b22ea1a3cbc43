// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/reference.h"

#include "rows/element_column.h"
#include "rows/query_builder.h"
#include "schema/type_below.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 longestLabel = 400;  ///< bytes; a grid cell shows less

bool readsLikeText(const schema::Column& column, const schema::Database& database)
{
    const QString type = schema::typeBelow(database, column.type);
    return familyOf(type, database.engine) == ColumnFamily::Text || type.endsWith(u".citext"_s);
}

bool isUnique(const schema::Table& table, const QString& column)
{
    const auto alone = [&](const QStringList& columns) {
        return columns.size() == 1 && columns.first() == column;
    };
    return std::ranges::any_of(table.constraints,
                               [&](const schema::Constraint& each) {
                                   return each.kind == schema::ConstraintKind::Unique && alone(each.columns);
                               })
           || std::ranges::any_of(table.indexes, [&](const schema::Index& each) {
                  return each.unique && each.parts.size() == 1 && each.parts.first().column == column;
              });
}

// How much a column's name promises to say what the row is; 0 nothing.
int promiseOf(const QString& name)
{
    constexpr std::array names{"name",  "title",   "label", "display_name", "full_name", "username", "login",
                               "email", "subject", "sku",   "code",         "slug",      "number"};
    const QString lower = name.toLower();
    for (size_t i = 0; i < names.size(); ++i) {
        if (lower == QLatin1StringView(names[i]))
            return static_cast<int>(2 * (names.size() - i)) + 1;
    }
    return lower.endsWith(u"_name"_s) || lower.endsWith(u"_title"_s) || lower.endsWith(u"name"_s) ? 2 : 0;
}

const schema::Table* targetOf(const RelationForeignKey& key, const Relation& from,
                              const schema::Database& database)
{
    return database.table(key.targetSchema.isEmpty() ? from.schema : key.targetSchema, key.targetTable);
}

/// The referenced columns and the label, with the references' columns as the key whatever the table's is.
Relation narrowed(const Relation& whole, const QStringList& keyColumns, const QString& label)
{
    Relation relation = whole;
    relation.columns.removeIf([&](const RelationColumn& column) {
        return !keyColumns.contains(column.name) && column.name != label;
    });
    relation.keyKind = KeyKind::Unique;
    relation.keyColumns = keyColumns;
    for (RelationColumn& column : relation.columns) {
        if (keyColumns.contains(column.name))
            column.nullable = false;  // a NULL is referenced by nothing
    }
    relation.foreignKeys.clear();
    return relation;
}

std::vector<Value> rowOf(const RowBatch& batch, int row)
{
    std::vector<Value> values;
    values.reserve(static_cast<size_t>(batch.columnCount()));
    for (int column = 0; column < batch.columnCount(); ++column)
        values.push_back(batch.at(row, column));
    return values;
}

void lookIntoTypes(Relation& relation, const schema::Database& database)
{
    for (RelationColumn& column : relation.columns) {
        lookBelow(column, database);
        column.choices = labelsOfType(database, column.type);
    }
}

}  // namespace

Relation relationIn(const schema::Database& database, const schema::View& view)
{
    Relation relation = relationOf(view, database.engine);
    lookIntoTypes(relation, database);
    return relation;
}

Relation relationIn(const schema::Database& database, const schema::Table& table, bool readOnlyConnection)
{
    Relation relation = relationOf(table, database.engine, readOnlyConnection);
    lookIntoTypes(relation, database);
    for (RelationForeignKey& key : relation.foreignKeys) {
        const schema::Table* target = targetOf(key, relation, database);
        if (!target)
            continue;
        key.targetSchema = target->schema;
        if (key.targetColumns.isEmpty())
            key.targetColumns = target->primaryKey();
    }
    return relation;
}

QString labelColumnOf(const schema::Table& table, const schema::Database& database)
{
    const schema::Column* best = nullptr;
    int most = 0;
    for (const schema::Column& column : table.columns) {
        const bool inKey = table.primaryKey().contains(column.name);
        if (column.hidden || inKey || !readsLikeText(column, database))
            continue;
        // Any text is better than none, and a unique one says more.
        const int score = 4 * promiseOf(column.name) + (isUnique(table, column.name) ? 2 : 1);
        if (score > most) {
            most = score;
            best = &column;
        }
    }
    return best ? best->name : QString();
}

QList<Reference> referencesOf(const Relation& relation, const schema::Database& database)
{
    QList<Reference> references;
    for (const RelationForeignKey& key : relation.foreignKeys) {
        const schema::Table* target = targetOf(key, relation, database);
        if (!target)
            continue;
        const QStringList columns = key.targetColumns.isEmpty() ? target->primaryKey() : key.targetColumns;
        if (columns.isEmpty() || columns.size() != key.columns.size())
            continue;
        const QString label = labelColumnOf(*target, database);
        const Relation whole = relationIn(database, *target);
        references +=
            Reference{.columns = key.columns,
                      .target = narrowed(whole, columns, columns.contains(label) ? QString() : label),
                      .label = columns.contains(label) ? QString() : label,
                      .targetTitle = target->name};
    }
    return references;
}

QByteArray labelKey(const std::vector<Value>& values)
{
    QByteArray key;
    for (const Value& value : values)
        key += displayText(value).toUtf8() + '\x1f';
    return key;
}

Result<QHash<QByteArray, QString>> labelsOf(drivers::Connection& connection, const Reference& reference,
                                            const std::vector<RowKey>& keys)
{
    QHash<QByteArray, QString> labels;
    if (keys.empty() || reference.label.isEmpty())
        return labels;
    const QueryBuilder builder(reference.target, {});
    const Query query = builder.byKeys(keys);
    const auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = longestLabel});
    if (!batch)
        return fail(batch.error());
    const int label = reference.target.indexOf(reference.label);
    for (int row = 0; row < batch->rowCount(); ++row)
        labels.insert(labelKey(builder.keyOf(rowOf(*batch, row)).values), displayText(batch->at(row, label)));
    return labels;
}

Result<QList<Label>> findReferenced(drivers::Connection& connection, const Reference& reference,
                                    const QString& text, qint64 limit)
{
    const QueryBuilder builder(reference.target,
                               {.filters = {}, .conditions = {}, .search = text, .sorts = {}});
    const Query query = builder.page(nullptr, 0, limit);
    const auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = longestLabel});
    if (!batch)
        return fail(batch.error());
    QList<Label> found;
    const int label = reference.target.indexOf(reference.label);
    for (int row = 0; row < batch->rowCount(); ++row)
        found += Label{.key = builder.keyOf(rowOf(*batch, row)).values,
                       .text = label < 0 ? QString() : displayText(batch->at(row, label))};
    return found;
}

}  // namespace dewpoint::rows
