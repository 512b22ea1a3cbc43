// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/change_script.h"

#include "rows/commit_order.h"

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

/// Statements of one direction, in the order that foreign keys want.
struct Direction {
    QStringList deletes, updates, inserts;
    QString text() const
    {
        const QStringList all = deletes + updates + inserts;
        return all.isEmpty() ? QString() : all.join(u'\n') + u'\n';
    }
};

class TableWriter final
{
public:
    explicit TableWriter(const Relation& relation) : m_relation(relation) {}

    bool isWritable() const
    {
        return m_relation.keyKind == KeyKind::PrimaryKey || m_relation.keyKind == KeyKind::Unique;
    }

    QString insert(const RowImage& image, bool orUpdate = false) const
    {
        QStringList columns;
        QStringList values;
        bool overriding = false;
        for (const RelationColumn& column : m_relation.columns) {
            const auto value = image.find(column.name);
            if (value == image.end() || !takesBack(column))
                continue;
            columns += sql::quoted(column.name);
            values += literal(value->second);
            overriding = overriding || column.numbered;
        }
        return u"INSERT INTO "_s + m_relation.quotedName() + u" ("_s + columns.join(u", "_s) + u')'
               + (overriding ? u" OVERRIDING SYSTEM VALUE"_s : QString()) + u" VALUES ("_s
               + values.join(u", "_s) + u')' + (orUpdate ? conflict(image) : QString()) + u';';
    }

    QString update(const RowImage& from, const RowImage& to) const
    {
        QStringList sets;
        for (const RelationColumn& column : m_relation.columns) {
            const auto before = from.find(column.name);
            const auto after = to.find(column.name);
            if (column.readOnly || before == from.end() || after == to.end()
                || before->second == after->second)
                continue;
            sets += sql::quoted(column.name) + u" = "_s + literal(after->second);
        }
        return sets.isEmpty() ? QString()
                              : u"UPDATE "_s + m_relation.quotedName() + u" SET "_s + sets.join(u", "_s)
                                    + u" WHERE "_s + keyOf(from) + u';';
    }

    QString remove(const RowImage& image) const
    {
        return u"DELETE FROM "_s + m_relation.quotedName() + u" WHERE "_s + keyOf(image) + u';';
    }

private:
    QString literal(const Value& value) const { return sql::literal(value, m_relation.engine); }

    QString keyOf(const RowImage& image) const
    {
        QStringList parts;
        for (const QString& column : m_relation.keyColumns) {
            const auto value = image.find(column);
            parts +=
                value == image.end() ? u"FALSE"_s : sql::quoted(column) + u" = "_s + literal(value->second);
        }
        return parts.join(u" AND "_s);
    }

    QString conflict(const RowImage& image) const
    {
        QStringList key;
        QStringList sets;
        for (const QString& column : m_relation.keyColumns)
            key += sql::quoted(column);
        for (const RelationColumn& column : m_relation.columns) {
            if (image.contains(column.name) && !column.readOnly
                && !m_relation.keyColumns.contains(column.name))
                sets += sql::quoted(column.name) + u" = excluded."_s + sql::quoted(column.name);
        }
        return u" ON CONFLICT ("_s + key.join(u", "_s) + u") DO "_s
               + (sets.isEmpty() ? u"NOTHING"_s : u"UPDATE SET "_s + sets.join(u", "_s));
    }

    const Relation& m_relation;
};

void add(QStringList& statements, const QString& statement)
{
    if (!statement.isEmpty())
        statements += statement;
}

}  // namespace

ChangeScript scriptOf(const QList<TableChanges>& changes, const QList<Relation>& relations)
{
    ChangeScript script;
    Direction up;
    Direction down;
    Direction fixture;
    const QList<int> order = parentsFirst(relations);
    const auto rowsOf = [&](int table, auto write) {
        const TableWriter writer(relations[table]);
        for (const RowChange& row : changes[table].rows)
            write(writer, row);
    };
    for (const int table : order) {
        script.leftOut += changes[table].unknown;
        if (!TableWriter(relations[table]).isWritable()) {
            script.leftOut += changes[table].counts().total();
            continue;
        }
        rowsOf(table, [&](const TableWriter& writer, const RowChange& row) {
            if (row.before && row.after) {
                add(up.updates, writer.update(*row.before, *row.after));
                add(down.updates, writer.update(*row.after, *row.before));
            } else if (row.after) {
                up.inserts += writer.insert(*row.after);
            } else if (row.before) {
                down.inserts += writer.insert(*row.before);
            }
            if (row.after)
                fixture.inserts += writer.insert(*row.after, true);
        });
    }
    for (const int table : std::views::reverse(order)) {
        if (!TableWriter(relations[table]).isWritable())
            continue;
        rowsOf(table, [&](const TableWriter& writer, const RowChange& row) {
            if (!row.after && row.before) {
                up.deletes += writer.remove(*row.before);
                fixture.deletes += writer.remove(*row.before);
            } else if (!row.before && row.after) {
                down.deletes += writer.remove(*row.after);
            }
        });
    }
    script.up = up.text();
    script.down = down.text();
    script.fixture = fixture.text();
    return script;
}

}  // namespace dewpoint::rows
