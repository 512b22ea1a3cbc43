// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rows/keyset_condition.h"

#include "rows/query_writer.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

bool nullsLast(const OrderTerm& term, Engine engine)
{
    return (engine == Engine::Postgres) != term.descending;
}

bool isUniform(const QList<OrderTerm>& order)
{
    return std::ranges::all_of(order, [&](const OrderTerm& term) {
        return !term.nullable && term.descending == order.first().descending;
    });
}

namespace {

// No row stands behind NULL where NULLs come last.
bool canFollow(const OrderTerm& term, const Value& value, Engine engine)
{
    return !isNull(value) || !nullsLast(term, engine);
}

// The rows behind a value in one column of the order.
QString behind(QueryWriter& writer, const OrderTerm& term, const Value& value, Engine engine)
{
    const QString ref = writer.compared(term.column);
    if (isNull(value))
        return ref + u" IS NOT NULL"_s;
    const QString compared = ref + (term.descending ? u" < "_s : u" > "_s) + writer.bind(value);
    return term.nullable && nullsLast(term, engine) ? u"(%1 OR %2 IS NULL)"_s.arg(compared, ref) : compared;
}

QString same(QueryWriter& writer, const OrderTerm& term, const Value& value)
{
    return isNull(value) ? writer.compared(term.column) + u" IS NULL"_s
                         : writer.compared(term.column) + u" = "_s + writer.bind(value);
}

// Uniform direction and no NULLs: both engines walk an index for a row value comparison.
QString rowValueFrom(QueryWriter& writer, const QList<OrderTerm>& order, const RowKey& from)
{
    QStringList columns;
    QStringList values;
    for (int i = 0; i < order.size(); ++i) {
        columns += writer.compared(order[i].column);
        values += writer.bind(from.values[static_cast<size_t>(i)]);
    }
    const QString compare = order.first().descending ? u" <= "_s : u" >= "_s;
    if (order.size() == 1)
        return columns.first() + compare + values.first();
    return u'(' + columns.join(u", "_s) + u')' + compare + u'(' + values.join(u", "_s) + u')';
}

// Mixed directions or NULLs: equal so far and behind in the next column, or equal in all of them.
QString expandedFrom(QueryWriter& writer, const QList<OrderTerm>& order, const RowKey& from, Engine engine)
{
    QStringList arms;
    for (int i = 0; i <= order.size(); ++i) {
        const bool strictly = i < order.size();
        if (strictly && !canFollow(order[i], from.values[static_cast<size_t>(i)], engine))
            continue;
        QStringList parts;
        for (int j = 0; j < i; ++j)
            parts += same(writer, order[j], from.values[static_cast<size_t>(j)]);
        if (strictly)
            parts += behind(writer, order[i], from.values[static_cast<size_t>(i)], engine);
        arms += u'(' + parts.join(u" AND "_s) + u')';
    }
    return u'(' + arms.join(u" OR "_s) + u')';
}

}  // namespace

QString keysetFrom(QueryWriter& writer, const QList<OrderTerm>& order, const RowKey& from, Engine engine)
{
    if (isUniform(order))
        return rowValueFrom(writer, order, from);
    QString text;
    // An outer bound on the first column lets the planner start in the middle of an index.
    if (const Value& first = from.values.front(); !order.first().nullable && !isNull(first))
        text = writer.compared(order.first().column) + (order.first().descending ? u" <= "_s : u" >= "_s)
               + writer.bind(first) + u" AND "_s;
    return text + expandedFrom(writer, order, from, engine);
}

}  // namespace dewpoint::rows
