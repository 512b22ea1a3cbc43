// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/keyed_rows.h"

#include "base/words.h"
#include "rows/rows_by_key.h"

#include <algorithm>

namespace dewpoint::transfer {

namespace {

constexpr size_t keysAtOnce = 500;

Result<> someKeys(drivers::Connection& connection, const rows::QueryBuilder& builder,
                  std::span<const rows::RowKey> keys, const KeyedRow& sink)
{
    auto found = rows::rowsByKeys(connection, builder, keys, -1);
    if (!found)
        return fail(found.error());
    for (size_t i = 0; i < keys.size(); ++i) {
        rows::FoundRow& row = (*found)[i];
        if (!row.isThere())
            return fail(ErrorKind::NotFound, Words::tr("A chosen row is no longer there."),
                        Words::tr("Reload the table, and choose again."));
        if (builder.relation().hasHiddenKey())
            row.cells.pop_back();
        if (auto done = sink(keys[i], row.cells); !done)
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
