// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/whole_value.h"

#include "base/words.h"
#include "rows/query_builder.h"

namespace dewpoint::rows {

Result<Value> wholeValue(drivers::Connection& connection, const Relation& relation, const RowKey& key,
                         const QString& column)
{
    Relation narrow = relation;
    narrow.columns.removeIf([&](const RelationColumn& each) {
        return each.name != column && !relation.keyColumns.contains(each.name);
    });
    const Query query = QueryBuilder(narrow, {}).byKeys({key});
    const auto batch = connection.query(query.sql, query.parameters);
    if (!batch)
        return fail(batch.error());
    if (batch->rowCount() != 1)
        return fail(ErrorKind::NotFound, Words::tr("The row is no longer there."));
    return batch->at(0, narrow.indexOf(column));
}

}  // namespace dewpoint::rows
