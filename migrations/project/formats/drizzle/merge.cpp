// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/drizzle/merge.h"

#include "render/drizzle/snapshot.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::project::drizzle {

using render::drizzle::rowKey;

namespace {

bool same(const Json* left, const Json* right)
{
    return left && right ? *left == *right : left == right;
}

bool isObject(const Json* value)
{
    return value && value->kind == Json::Kind::Object;
}

/// The order in which the tool lists kinds.
qsizetype rank(const Json& row)
{
    static const QStringList kinds{u"schemas"_s, u"tables"_s,   u"enums"_s,   u"columns"_s, u"indexes"_s,
                                   u"fks"_s,     u"pks"_s,      u"uniques"_s, u"checks"_s,  u"sequences"_s,
                                   u"roles"_s,   u"policies"_s, u"views"_s};
    return kinds.indexOf(row.value(u"entityType"_s));
}

/// Replaces a member's text wherever the row has the old one.
void rename(Json& row, const QString& member, const QString& from, const QString& to)
{
    if (row.value(member) == from)
        row.set(member, Json::of(to));
}

/// In a list of columns: texts, or parts of an index that are no expressions.
void renameInList(Json& row, const QString& member, const QString& from, const QString& to)
{
    const Json* list = row.member(member);
    if (!list || list->kind != Json::Kind::List)
        return;
    Json changed = *list;
    for (Json& item : changed.items) {
        const Json* expression = item.member(u"isExpression"_s);
        if (item.kind == Json::Kind::Text && item.text == from)
            item = Json::of(to);
        else if (expression && *expression == Json::boolean(false))
            rename(item, u"value"_s, from, to);
    }
    row.set(member, changed);
}

bool isIn(const Json& row, const QString& schemaMember, const QString& tableMember, const Json& place)
{
    return row.value(schemaMember) == place.value(u"schema"_s)
           && row.value(tableMember) == place.value(u"table"_s);
}

/// What refers to a row by its name, after the row has become `now`.
class Follower final
{
public:
    Follower(const Json& old, const Json& now) : m_old(old), m_now(now) {}

    void follow(Json& row) const
    {
        const QString kind = m_old.value(u"entityType"_s);
        if (kind == u"schemas")
            followSchema(row);
        else if (kind == u"enums")
            followEnum(row);
        else if (kind == u"tables")
            followTable(row);
        else if (kind == u"columns")
            followColumn(row);
    }

private:
    QString name(const Json& row) const { return row.value(u"name"_s); }

    void followSchema(Json& row) const
    {
        for (const QString& member : {u"schema"_s, u"schemaTo"_s, u"typeSchema"_s})
            rename(row, member, name(m_old), name(m_now));
    }

    void followEnum(Json& row) const
    {
        if (row.value(u"type"_s) != name(m_old) || row.value(u"typeSchema"_s) != m_old.value(u"schema"_s))
            return;
        row.set(u"type"_s, Json::of(name(m_now)));
        row.set(u"typeSchema"_s, Json::of(m_now.value(u"schema"_s)));
    }

    void followTable(Json& row) const
    {
        const auto follow = [&](const QString& schema, const QString& table) {
            if (row.value(schema) != m_old.value(u"schema"_s) || row.value(table) != name(m_old))
                return;
            row.set(schema, Json::of(m_now.value(u"schema"_s)));
            row.set(table, Json::of(name(m_now)));
        };
        follow(u"schema"_s, u"table"_s);
        follow(u"schemaTo"_s, u"tableTo"_s);
    }

    void followColumn(Json& row) const
    {
        if (isIn(row, u"schema"_s, u"table"_s, m_old))
            renameInList(row, u"columns"_s, name(m_old), name(m_now));
        if (isIn(row, u"schemaTo"_s, u"tableTo"_s, m_old))
            renameInList(row, u"columnsTo"_s, name(m_old), name(m_now));
    }

    const Json& m_old;
    const Json& m_now;
};

void alter(Json& rows, const QString& key, const Json& set)
{
    const Json* found = rows.member(key);
    if (!found)
        return;
    const Json old = *found;
    Json now = old;
    for (qsizetype i = 0; i < set.names.size(); ++i)
        now.set(set.names.at(i), set.items.at(i));
    rows.set(key, now);
    if (rowKey(now) != key) {
        for (Json& row : rows.items)
            Follower(old, now).follow(row);
    }
    for (qsizetype i = 0; i < rows.items.size(); ++i)
        rows.names[i] = rowKey(rows.items.at(i));
}

/// Without what the tool calls it: SQLite's catalog has no names for keys, the application may.
Json withoutName(Json value)
{
    value.remove(u"name"_s);
    value.remove(u"nameExplicit"_s);
    return value;
}

/// What `kept` calls the member that a catalog knows by this name.
QString nameIn(const Json& kept, const Json& before, const QString& name)
{
    const Json* known = before.member(name);
    if (kept.member(name) || !isObject(known) || !known->member(u"name"_s))
        return name;
    const Json wanted = withoutName(*known);
    for (qsizetype i = 0; i < kept.names.size(); ++i) {
        if (!before.member(kept.names.at(i)) && withoutName(kept.items.at(i)) == wanted)
            return kept.names.at(i);
    }
    return name;
}

/// A part of a table that is gone.
bool isOrphan(const Json& rows, const Json& row)
{
    if (!row.member(u"table"_s))
        return false;
    Json table = Json::object().set(u"entityType"_s, Json::of(u"tables"_s));
    if (const Json* schema = row.member(u"schema"_s))
        table.set(u"schema"_s, *schema);
    table.set(u"name"_s, Json::of(row.value(u"table"_s)));
    return !rows.member(rowKey(table));
}

}  // namespace

Json merged(const Json& kept, const Json& before, const Json& after)
{
    Json result = kept;
    for (qsizetype i = 0; i < after.names.size(); ++i) {
        const Json& now = after.items.at(i);
        const Json* then = before.member(after.names.at(i));
        if (same(then, &now))
            continue;
        const QString name = nameIn(kept, before, after.names.at(i));
        const Json* there = kept.member(name);
        const bool goesDeeper = isObject(then) && isObject(there) && isObject(&now);
        result.set(name, goesDeeper ? merged(*there, *then, now) : now);
    }
    for (const QString& name : before.names) {
        if (!after.member(name))
            result.remove(nameIn(kept, before, name));
    }
    return result;
}

Json rowsByKey(const Json& list)
{
    Json rows = Json::object();
    for (const Json& row : list.items)
        rows.set(rowKey(row), row);
    return rows;
}

Json listOfRows(const Json& rows)
{
    Json list = Json::list(rows.items);
    list.items.removeIf([&](const Json& row) { return isOrphan(rows, row); });
    std::ranges::stable_sort(list.items, {}, rank);
    return list;
}

Json deltas(const Json& from, const Json& to)
{
    Json list = Json::list();
    for (const Json& row : listOfRows(to).items) {
        if (!from.member(rowKey(row)))
            list.items << Json::object().set(u"op"_s, Json::of(u"create"_s)).set(u"row"_s, row);
    }
    for (const QString& key : from.names) {
        if (!to.member(key))
            list.items << Json::object().set(u"op"_s, Json::of(u"drop"_s)).set(u"key"_s, Json::of(key));
    }
    for (qsizetype i = 0; i < to.names.size(); ++i) {
        const Json* old = from.member(to.names.at(i));
        if (!old || *old == to.items.at(i))
            continue;
        const Json& now = to.items.at(i);
        Json set = Json::object();
        for (qsizetype m = 0; m < now.names.size(); ++m) {
            if (!same(old->member(now.names.at(m)), &now.items.at(m)))
                set.set(now.names.at(m), now.items.at(m));
        }
        list.items << Json::object()
                          .set(u"op"_s, Json::of(u"alter"_s))
                          .set(u"key"_s, Json::of(to.names.at(i)))
                          .set(u"set"_s, set);
    }
    return list;
}

Json applied(Json rows, const Json& deltas)
{
    for (const Json& delta : deltas.items) {
        const QString operation = delta.value(u"op"_s);
        const QString key = delta.value(u"key"_s);
        const Json* row = delta.member(u"row"_s);
        const Json* set = delta.member(u"set"_s);
        if (operation == u"create" && row)
            rows.set(rowKey(*row), *row);
        else if (operation == u"drop")
            rows.remove(key);
        else if (set)
            alter(rows, key, *set);
    }
    return rows;
}

}  // namespace dewpoint::project::drizzle
