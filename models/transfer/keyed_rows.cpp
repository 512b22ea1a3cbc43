// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/keyed_rows.h"

#include "base/words.h"

#include <QHash>

#include <algorithm>

namespace dewpoint::transfer {

namespace {

constexpr size_t keysAtOnce = 500;

// IN (keys) gives the rows in no order.
Result<> someKeys(drivers::Connection& connection, const rows::QueryBuilder& builder,
                  std::span<const rows::RowKey> keys, const KeyedRow& sink)
{
    const rows::Query query = builder.byKeys({keys.begin(), keys.end()});
    QHash<QByteArray, std::vector<Value>> found;
    const auto read = connection.stream(query.sql, query.parameters,
                                        [&](const QList<ColumnInfo>&, std::vector<Value>& row) {
                                            found.insert(encoded(builder.keyOf(row)), row);
                                            return true;
                                        });
    if (!read)
        return read;
    for (const rows::RowKey& key : keys) {
        auto row = found.find(encoded(key));
        if (row == found.end())
            return fail(ErrorKind::NotFound, Words::tr("A chosen row is no longer there."),
                        Words::tr("Reload the table, and choose again."));
        if (builder.relation().hasHiddenKey())
            row->pop_back();
        if (auto done = sink(key, *row); !done)
            return done;
    }
    return {};
}

}  // namespace

Result<> streamByKeys(drivers::Connection& connection, const rows::Relation& relation,
                      std::span<const rows::RowKey> keys, const KeyedRow& sink)
{
    const rows::QueryBuilder builder(relation, {});
    while (!keys.empty()) {
        const auto some = keys.first(std::min(keysAtOnce, keys.size()));
        if (auto done = someKeys(connection, builder, some, sink); !done)
            return done;
        keys = keys.subspan(some.size());
    }
    return {};
}

Result<> checkStop(const drivers::Connection& connection)
{
    if (const auto& asked = connection.stopAsked(); asked && asked())
        return fail(drivers::cancelledError());
    return {};
}

}  // namespace dewpoint::transfer
