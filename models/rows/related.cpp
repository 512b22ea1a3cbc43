// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/related.h"

#include "rows/query_writer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 longestCell = 4096;  ///< bytes; a form shows less

}  // namespace

QList<Link> linksOf(const Relation& relation, const QString& column, const ValueOf& valueOf,
                    const schema::Database& database, const RelationNotes& notes)
{
    QList<Link> links;
    for (const Reference& reference : referencesOf(relation, database, notes)) {
        const schema::Table* table = database.table(reference.target.schema, reference.target.name);
        if (!table || !reference.columns.contains(column))
            continue;
        Link link{.title = reference.targetTitle,
                  .relation = relationIn(database, *table, notes, true),
                  .columns = reference.target.keyColumns,
                  .values = {}};
        for (const QString& part : reference.columns) {
            if (const auto value = valueOf(part); value && !isNull(*value))
                link.values.push_back(*value);
        }
        if (std::ssize(link.values) == link.columns.size())
            links += std::move(link);
    }
    // A key of this column alone says more of it than one that it only takes part in.
    std::ranges::stable_sort(links, {}, [](const Link& link) { return link.columns.size(); });
    return links;
}

Result<RowBatch> readLinked(drivers::Connection& connection, const Link& link, qint64 limit)
{
    QueryWriter writer(link.relation);
    QStringList same;
    for (qsizetype i = 0; i < link.columns.size(); ++i)
        same +=
            writer.compared(link.columns[i]) + u" = "_s + writer.bind(link.values[static_cast<size_t>(i)]);
    QStringList order;
    for (const QString& column : link.relation.keyColumns)
        order += writer.ref(column);
    writer.query.sql = u"SELECT %1 FROM %2 WHERE %3%4 LIMIT %5"_s.arg(
        selectList(link.relation), link.relation.quotedName(), same.join(u" AND "_s),
        order.isEmpty() ? QString() : u" ORDER BY "_s + order.join(u", "_s), QString::number(limit));
    return connection.query(writer.query.sql, writer.query.parameters, {.maxCellBytes = longestCell});
}

QList<Link> pointingAt(const Relation& relation, const ValueOf& valueOf, const schema::Database& database,
                       const RelationNotes& notes)
{
    QList<Link> links;
    for (const Referrer& each : referrersOf(relation, database, notes)) {
        Link link{.title = each.from.name + u'.' + each.columns.join(u", "_s),
                  .relation = each.from,
                  .columns = each.columns,
                  .values = {},
                  .several = true};
        for (const QString& column : each.targetColumns) {
            if (const auto value = valueOf(column); value && !isNull(*value))
                link.values.push_back(*value);
        }
        if (std::ssize(link.values) == link.columns.size())
            links += std::move(link);
    }
    return links;
}

bool isPointedAt(const Relation& relation, const schema::Database& database, const RelationNotes& notes)
{
    const auto isIt = [&](const QString& table) {
        return table.compare(relation.name, Qt::CaseInsensitive) == 0;
    };
    return std::ranges::any_of(notes.relations, isIt,
                               [](const DeclaredRelation& each) { return each.key.targetTable; })
           || std::ranges::any_of(database.tables, [&](const schema::Table& table) {
                  return std::ranges::any_of(table.constraints, [&](const schema::Constraint& constraint) {
                      return constraint.kind == schema::ConstraintKind::ForeignKey
                             && isIt(constraint.targetTable);
                  });
              });
}

Result<QList<qint64>> countLinked(drivers::Connection& connection, const QList<Link>& links)
{
    QList<qint64> counts;
    for (const Link& link : links) {
        const auto count = countReferring(
            connection, {.from = link.relation, .columns = link.columns, .targetColumns = {}}, link.values);
        if (!count && count.error().kind == ErrorKind::Cancelled)
            return fail(count.error());
        counts += count.value_or(-1);
    }
    return counts;
}

QString identityOf(const Relation& relation, const ValueOf& valueOf)
{
    RowKey key;
    for (const QString& column : relation.keyColumns) {
        const auto value = valueOf(column);
        if (!value || isNull(*value))
            return {};
        key.values.push_back(*value);
    }
    return key.isEmpty() ? QString()
                         : relation.quotedName() + u'\n' + QString::fromUtf8(labelKey(key.values));
}

}  // namespace dewpoint::rows
