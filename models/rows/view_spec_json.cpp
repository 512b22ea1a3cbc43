// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/view_spec_json.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

QJsonObject toJson(const ViewSpec& spec)
{
    QJsonArray filters;
    for (const Filter& filter : spec.filters)
        filters += QJsonObject{{u"column"_s, filter.column},
                               {u"op"_s, static_cast<int>(filter.op)},
                               {u"value"_s, filter.value},
                               {u"on"_s, filter.on}};
    QJsonArray conditions;
    for (const Condition& condition : spec.conditions)
        conditions += QJsonObject{{u"sql"_s, condition.sql}, {u"on"_s, condition.on}};
    QJsonArray sorts;
    for (const SortKey& sort : spec.sorts)
        sorts += QJsonObject{{u"column"_s, sort.column}, {u"descending"_s, sort.descending}};
    return {{u"filters"_s, filters},
            {u"sorts"_s, sorts},
            {u"conditions"_s, conditions},
            {u"search"_s, spec.search}};
}

ViewSpec viewSpecFrom(const QJsonObject& json)
{
    ViewSpec spec{.search = json[u"search"_s].toString()};
    const QJsonArray conditions = json[u"conditions"_s].toArray();
    for (const auto value : conditions)
        spec.conditions += {value[u"sql"_s].toString(), value[u"on"_s].toBool(true)};
    // Before there could be several.
    if (const QString where = json[u"where"_s].toString(); !where.isEmpty())
        spec.conditions += {where, json[u"whereOn"_s].toBool(true)};
    const QJsonArray filters = json[u"filters"_s].toArray();
    for (const auto value : filters) {
        const QJsonObject filter = value.toObject();
        const int op = filter[u"op"_s].toInt();
        if (op >= 0 && op <= static_cast<int>(FilterOperator::IsNotNull))
            spec.filters += {filter[u"column"_s].toString(), static_cast<FilterOperator>(op),
                             filter[u"value"_s].toString(), filter[u"on"_s].toBool(true)};
    }
    const QJsonArray sorts = json[u"sorts"_s].toArray();
    for (const auto value : sorts)
        spec.sorts += {value.toObject()[u"column"_s].toString(), value.toObject()[u"descending"_s].toBool()};
    return spec;
}

}  // namespace dewpoint::rows
