// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/query_builder.h"

#include "rows/filter_condition.h"
#include "rows/keyset_condition.h"
#include "rows/query_writer.h"

#include <QStringList>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

QueryBuilder::QueryBuilder(Relation relation, ViewSpec spec)
    : m_relation(std::move(relation)), m_spec(std::move(spec))
{
    const auto contains = [this](const QString& column) {
        return std::ranges::any_of(m_order, [&](const OrderTerm& term) { return term.column == column; });
    };
    for (const SortKey& sort : m_spec.sorts) {
        const int index = m_relation.indexOf(sort.column);
        if (index >= 0 && !contains(sort.column))
            m_order += {sort.column, sort.descending, m_relation.columns[index].nullable};
    }
    const bool descending = m_order.size() == 1 && m_order.first().descending;
    for (const QString& column : m_relation.keyColumns) {
        if (!contains(column))
            m_order += {column, descending, false};
    }
}

bool QueryBuilder::isOrderIndexed() const
{
    return m_spec.sorts.isEmpty()
           || (m_spec.sorts.size() == 1 && m_relation.isIndexed(m_spec.sorts.first().column));
}

bool QueryBuilder::isOrderUniform() const
{
    return isUniform(m_order);
}

int QueryBuilder::cellOf(const QString& column) const
{
    const int index = m_relation.indexOf(column);
    return index >= 0 ? index : static_cast<int>(m_relation.columns.size());
}

RowKey QueryBuilder::orderValues(const std::vector<Value>& row) const
{
    RowKey key;
    for (const OrderTerm& term : m_order)
        key.values.push_back(row[static_cast<size_t>(cellOf(term.column))]);
    return key;
}

RowKey QueryBuilder::keyOf(const std::vector<Value>& row) const
{
    RowKey key;
    for (const QString& column : m_relation.keyColumns)
        key.values.push_back(row[static_cast<size_t>(cellOf(column))]);
    return key;
}

QString QueryBuilder::orderColumns() const
{
    QStringList columns;
    for (const OrderTerm& term : m_order)
        columns += m_relation.columnRef(term.column);
    return columns.join(u", "_s);
}

QString QueryBuilder::orderBy(bool reverse) const
{
    QStringList terms;
    for (const OrderTerm& term : m_order) {
        QString text =
            m_relation.columnRef(term.column) + (term.descending != reverse ? u" DESC"_s : u" ASC"_s);
        if (term.nullable)
            text += nullsLast(term, m_relation.engine) != reverse ? u" NULLS LAST"_s : u" NULLS FIRST"_s;
        terms += text;
    }
    return terms.isEmpty() ? QString() : u" ORDER BY "_s + terms.join(u", "_s);
}

void QueryBuilder::where(QueryWriter& writer, const RowKey* from) const
{
    QStringList parts;
    for (const Filter& filter : m_spec.filters) {
        if (filter.on)
            parts += filterCondition(writer, m_relation, filter);
    }
    if (!m_spec.search.isEmpty()) {
        QStringList any;
        for (const RelationColumn& column : m_relation.columns)
            any += filterCondition(writer, m_relation,
                                   Filter{column.name, FilterOperator::Contains, m_spec.search, true});
        parts += any.isEmpty() ? u"FALSE"_s : u'(' + any.join(u" OR "_s) + u')';
    }
    // On lines of its own, so that a comment at its end does not swallow the rest.
    for (const QString& condition : m_spec.conditionsOn())
        parts += u"(\n"_s + condition + u"\n)"_s;
    if (from && !m_order.isEmpty())
        parts += keysetFrom(writer, m_order, *from, m_relation.engine);
    if (!parts.isEmpty())
        writer.query.sql += u" WHERE "_s + parts.join(u" AND "_s);
}

Query QueryBuilder::page(const RowKey* from, qint64 offset, qint64 limit) const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT "_s + selectList(m_relation) + u" FROM "_s + m_relation.quotedName();
    where(writer, from);
    writer.query.sql += orderBy(false) + u" LIMIT %1"_s.arg(limit);
    if (offset > 0)
        writer.query.sql += u" OFFSET %1"_s.arg(offset);
    return std::move(writer.query);
}

Query QueryBuilder::pageFromEnd(qint64 offset, qint64 limit) const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT "_s + selectList(m_relation) + u" FROM "_s + m_relation.quotedName();
    where(writer, nullptr);
    writer.query.sql += orderBy(true) + u" LIMIT %1"_s.arg(limit);
    if (offset > 0)
        writer.query.sql += u" OFFSET %1"_s.arg(offset);
    return std::move(writer.query);
}

Query QueryBuilder::anchor(const RowKey* from, qint64 step) const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT "_s + orderColumns() + u" FROM "_s + m_relation.quotedName();
    where(writer, from);
    writer.query.sql += orderBy(false) + u" LIMIT 1 OFFSET %1"_s.arg(step);
    return std::move(writer.query);
}

Query QueryBuilder::anchorSlice(const RowKey* from, qint64 rows, qint64 step) const
{
    QueryWriter writer(m_relation);
    QStringList aliases;
    QStringList columns;
    for (int i = 0; i < m_order.size(); ++i) {
        aliases += u"k%1"_s.arg(i);
        columns += m_relation.columnRef(m_order[i].column) + u" AS k%1"_s.arg(i);
    }
    const QString inner = u"SELECT "_s + columns.join(u", "_s) + u" FROM "_s + m_relation.quotedName();
    writer.query.sql = inner;
    where(writer, from);
    const QString ordered = writer.query.sql + orderBy(false) + u" LIMIT %1"_s.arg(rows);
    writer.query.sql =
        u"SELECT n, %1 FROM (SELECT row_number() OVER () - 1 AS n, count(*) OVER () AS m, %1 FROM (%2) s) t "
        "WHERE n % %3 = 0 OR n = m - 1 ORDER BY n"_s.arg(aliases.join(u", "_s), ordered,
                                                         QString::number(step));
    return std::move(writer.query);
}

Query QueryBuilder::anchorChain(const RowKey* from, qint64 rows, qint64 step) const
{
    QStringList columns;
    QStringList selected;
    QStringList before;
    for (int i = 0; i < m_order.size(); ++i) {
        columns += m_relation.columnRef(m_order[i].column);
        selected += columns.last() + u" AS k%1"_s.arg(i);
        before += u"dewpoint_chain.k%1"_s.arg(i);
    }
    const QString select = selected.join(u", "_s) + u" FROM "_s + m_relation.quotedName();
    QueryWriter writer(m_relation);
    writer.query.sql = u"WITH RECURSIVE dewpoint_chain AS ((SELECT 0::bigint AS place, "_s + select;
    where(writer, from);
    writer.query.sql += orderBy(false)
                        + u" LIMIT 1) UNION ALL SELECT dewpoint_chain.place + %1, s.* FROM dewpoint_chain, "
                          "LATERAL (SELECT "_s.arg(step)
                        + select;
    where(writer, nullptr);
    writer.query.sql +=
        (m_spec.isFiltered() ? u" AND "_s : u" WHERE "_s)
        + u"(%1) %2 (%3)"_s.arg(columns.join(u", "_s), m_order.first().descending ? u"<="_s : u">="_s,
                                before.join(u", "_s))
        + orderBy(false)
        + u" LIMIT 1 OFFSET %1) s WHERE dewpoint_chain.place < %2) SELECT * FROM dewpoint_chain ORDER BY 1"_s
              .arg(QString::number(step), QString::number(rows));
    return std::move(writer.query);
}

Query QueryBuilder::count() const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT count(*) FROM "_s + m_relation.quotedName();
    where(writer, nullptr);
    return std::move(writer.query);
}

Query QueryBuilder::all() const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT "_s + selectList(m_relation) + u" FROM "_s + m_relation.quotedName();
    where(writer, nullptr);
    writer.query.sql += orderBy(false);
    return std::move(writer.query);
}

Query QueryBuilder::keys() const
{
    QueryWriter writer(m_relation);
    QStringList columns;
    for (const QString& column : m_relation.keyColumns)
        columns += m_relation.columnRef(column);
    writer.query.sql = u"SELECT "_s + columns.join(u", "_s) + u" FROM "_s + m_relation.quotedName();
    where(writer, nullptr);
    writer.query.sql += orderBy(false);
    return std::move(writer.query);
}

Query QueryBuilder::byKeys(const std::vector<RowKey>& keys) const
{
    QueryWriter writer(m_relation);
    const QString condition = keyIs(writer, m_relation, keys);
    writer.query.sql =
        u"SELECT %1 FROM %2 WHERE %3"_s.arg(selectList(m_relation), m_relation.quotedName(), condition);
    return std::move(writer.query);
}

Query QueryBuilder::cells(const QStringList& columns, const RowKey* from, qint64 limit) const
{
    QueryWriter writer(m_relation);
    QString list = orderColumns();
    for (const QString& column : columns)
        list += u", "_s + m_relation.columnRef(column);
    writer.query.sql = u"SELECT "_s + list + u" FROM "_s + m_relation.quotedName();
    where(writer, from);
    writer.query.sql += orderBy(false) + u" LIMIT %1"_s.arg(limit);
    return std::move(writer.query);
}

Query QueryBuilder::countFrom(const RowKey& from) const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT count(*) FROM "_s + m_relation.quotedName();
    where(writer, &from);
    return std::move(writer.query);
}

Query QueryBuilder::placeOf(const RowKey& key) const
{
    QueryWriter writer(m_relation);
    writer.query.sql = u"SELECT "_s + orderColumns() + u" FROM "_s + m_relation.quotedName();
    where(writer, nullptr);
    writer.query.sql += (m_spec.isFiltered() ? u" AND "_s : u" WHERE "_s) + keyIs(writer, m_relation, {key});
    return std::move(writer.query);
}

QString selectList(const Relation& relation)
{
    QStringList columns;
    for (const RelationColumn& column : relation.columns)
        columns += relation.columnRef(column.name);
    if (relation.hasHiddenKey())
        columns += relation.keyColumns.first();
    return columns.isEmpty() ? u"1"_s : columns.join(u", "_s);
}

namespace {

/// Of a key that PostgreSQL gets as one array: hundreds of parameters take it longer to read than the rows.
QString arrayType(const Relation& relation)
{
    static const QStringList plain{u"smallint"_s, u"integer"_s, u"bigint"_s, u"uuid"_s, u"text"_s};
    const int column = relation.indexOf(relation.keyColumns.first());
    const bool is = relation.engine == Engine::Postgres && column >= 0;
    return is && plain.contains(relation.columns[column].type) ? relation.columns[column].type : QString();
}

/// As array_in() reads it (PostgreSQL manual, "Array Input and Output Syntax").
Value arrayOf(const std::vector<RowKey>& keys)
{
    QByteArray array;
    for (const RowKey& key : keys) {
        const auto* text = std::get_if<Text>(&key.values.front());
        QByteArray element = text ? text->utf8 : displayText(key.values.front()).toUtf8();
        element.replace('\\', "\\\\").replace('"', "\\\"");
        array += (array.isEmpty() ? "{\"" : ",\"") + element + '"';
    }
    return Text{array + '}'};
}

}  // namespace

QString comparedRef(const Relation& relation, const QString& column)
{
    const int place = relation.indexOf(column);
    const QString ref = relation.columnRef(column);
    if (place < 0 || relation.columns[place].domain.isEmpty()
        || relation.columns[place].family != ColumnFamily::Other)
        return ref;
    return ref + u"::"_s + relation.columns[place].type;
}

QString keyIs(QueryWriter& writer, const Relation& relation, const std::vector<RowKey>& keys)
{
    QStringList columns;
    for (const QString& column : relation.keyColumns)
        columns += comparedRef(relation, column);
    if (keys.size() == 1) {
        for (qsizetype i = 0; i < columns.size(); ++i)
            columns[i] += u" = "_s + writer.bind(keys.front().values[static_cast<size_t>(i)]);
        return columns.join(u" AND "_s);
    }
    const bool single = columns.size() == 1;
    if (const QString type = single ? arrayType(relation) : QString(); !type.isEmpty())
        return u"%1 = ANY(%2::%3[])"_s.arg(columns.first(), writer.bind(arrayOf(keys)), type);
    QStringList tuples;
    for (const RowKey& key : keys) {
        QStringList values;
        for (const Value& value : key.values)
            values += writer.bind(value);
        tuples += single ? values.first() : u'(' + values.join(u", "_s) + u')';
    }
    const QString left = single ? columns.first() : u'(' + columns.join(u", "_s) + u')';
    // SQLite reads a list of row values only as VALUES rows.
    const QString list =
        single || writer.isPostgres() ? tuples.join(u", "_s) : u"VALUES "_s + tuples.join(u", "_s);
    return u"%1 IN (%2)"_s.arg(left, list);
}

}  // namespace dewpoint::rows
