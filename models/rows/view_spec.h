// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

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

/// SQL as somebody wrote it.
struct Condition {
    QString sql;
    bool on = true;
    bool operator==(const Condition&) const = default;
};

/// Which rows a grid shows, and in which order (the key is always the last sort column).
struct ViewSpec {
    QList<Filter> filters;
    QList<Condition> conditions;
    QString search;  ///< contained in any column, ignoring case
    QList<SortKey> sorts;
    bool operator==(const ViewSpec&) const = default;

    bool isFiltered() const
    {
        for (const Filter& filter : filters) {
            if (filter.on)
                return true;
        }
        return !search.isEmpty() || !conditionsOn().isEmpty();
    }
    QStringList conditionsOn() const
    {
        QStringList texts;
        for (const Condition& condition : conditions) {
            if (condition.on && !condition.sql.trimmed().isEmpty())
                texts += condition.sql;
        }
        return texts;
    }
};

}  // namespace dewpoint::rows
