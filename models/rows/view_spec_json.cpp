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
    QJsonArray sorts;
    for (const SortKey& sort : spec.sorts)
        sorts += QJsonObject{{u"column"_s, sort.column}, {u"descending"_s, sort.descending}};
    return {{u"filters"_s, filters},
            {u"sorts"_s, sorts},
            {u"where"_s, spec.rawWhere},
            {u"whereOn"_s, spec.rawWhereOn},
            {u"search"_s, spec.search}};
}

ViewSpec viewSpecFrom(const QJsonObject& json)
{
    ViewSpec spec{.rawWhere = json[u"where"_s].toString(),
                  .rawWhereOn = json[u"whereOn"_s].toBool(true),
                  .search = json[u"search"_s].toString()};
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
