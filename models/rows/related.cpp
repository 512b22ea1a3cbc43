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
        same += writer.ref(link.columns[i]) + u" = "_s + writer.bind(link.values[static_cast<size_t>(i)]);
    QStringList order;
    for (const QString& column : link.relation.keyColumns)
        order += writer.ref(column);
    writer.query.sql = u"SELECT %1 FROM %2 WHERE %3%4 LIMIT %5"_s.arg(
        selectList(link.relation), link.relation.quotedName(), same.join(u" AND "_s),
        order.isEmpty() ? QString() : u" ORDER BY "_s + order.join(u", "_s), QString::number(limit));
    return connection.query(writer.query.sql, writer.query.parameters, {.maxCellBytes = longestCell});
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
