// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/row_place.h"

namespace dewpoint::rows {

Result<std::optional<qint64>> placeOf(drivers::Connection& connection, const QueryBuilder& view,
                                      const RowKey& key)
{
    const Query place = view.placeOf(key);
    const auto row = connection.query(place.sql, place.parameters, {.maxRows = 1});
    if (!row)
        return fail(row.error());
    if (row->rowCount() == 0)
        return std::nullopt;
    const Query all = view.count();
    const auto total = connection.scalar(all.sql, all.parameters);
    if (!total)
        return fail(total.error());
    const Query behind = view.countFrom(RowKey{row->cells});
    const auto rest = connection.scalar(behind.sql, behind.parameters);
    if (!rest)
        return fail(rest.error());
    return displayText(*total).toLongLong() - displayText(*rest).toLongLong();
}

}  // namespace dewpoint::rows
