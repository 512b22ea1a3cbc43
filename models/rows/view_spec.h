// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace dewpoint::rows {

enum class FilterOperator {
    Equals,
    NotEquals,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    EndsWith,
    IsNull,
    IsNotNull,
};

struct Filter {
    QString column;
    FilterOperator op = FilterOperator::Equals;
    QString value;  ///< as typed; the server reads it as the column's type
    bool on = true;
    bool operator==(const Filter&) const = default;
};

struct SortKey {
    QString column;
    bool descending = false;
    bool operator==(const SortKey&) const = default;
};

/// Which rows a grid shows, and in which order (the key is always the last sort column).
struct ViewSpec {
    QList<Filter> filters;
    QString rawWhere;
    bool rawWhereOn = true;
    QString search;  ///< contained in any column, ignoring case
    QList<SortKey> sorts;
    bool operator==(const ViewSpec&) const = default;

    bool isFiltered() const
    {
        for (const Filter& filter : filters) {
            if (filter.on)
                return true;
        }
        return !search.isEmpty() || (rawWhereOn && !rawWhere.trimmed().isEmpty());
    }
};

}  // namespace dewpoint::rows
