// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/change_script.h"

#include "rows/commit_order.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

/// Statements of one direction, in the order that foreign keys want: who refers to a row that goes is updated
/// before, and who refers to a row that is made after it.
struct Direction {
    QStringList updates, deletes, inserts, lateUpdates;
    QString text() const
    {
        const QStringList all = updates + deletes + inserts + lateUpdates;
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

/// The values of these columns as one key; empty where one of them is not known or NULL.
QByteArray keyIn(const RowImage& image, const QStringList& columns)
{
    RowKey key;
    for (const QString& column : columns) {
        const auto value = image.find(column);
        if (value == image.end() || isNull(value->second))
            return {};
        key.values.push_back(value->second);
    }
    return encoded(key);
}

/// What one direction makes, to be asked whether a row refers to it.
class MadeRows final
{
public:
    void add(const Relation& relation, const RowImage& image) { m_rows[relation.name] += &image; }

    bool holdTargetOf(const Relation& relation, const RowImage& image)
    {
        return std::ranges::any_of(relation.foreignKeys, [&](const RelationForeignKey& key) {
            const QByteArray wanted = keyIn(image, key.columns);
            return !wanted.isEmpty() && keysOf(key).contains(wanted);
        });
    }

private:
    const QSet<QByteArray>& keysOf(const RelationForeignKey& key)
    {
        const QString name = key.targetTable + u'\n' + key.targetColumns.join(u'\n');
        const auto known = m_keys.constFind(name);
        if (known != m_keys.cend())
            return *known;
        QSet<QByteArray> keys;
        const QList<const RowImage*> images = m_rows.value(key.targetTable);
        for (const RowImage* image : images)
            keys.insert(keyIn(*image, key.targetColumns));
        return *m_keys.insert(name, keys);
    }

    QHash<QString, QList<const RowImage*>> m_rows;
    QHash<QString, QSet<QByteArray>> m_keys;
};

void addUpdate(Direction& direction, MadeRows& made, const Relation& relation, const RowImage& from,
               const RowImage& to)
{
    const QString statement = TableWriter(relation).update(from, to);
    if (!statement.isEmpty())
        (made.holdTargetOf(relation, to) ? direction.lateUpdates : direction.updates) += statement;
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
    MadeRows madeUp;
    MadeRows madeDown;
    for (const int table : order) {
        rowsOf(table, [&](const TableWriter&, const RowChange& row) {
            if (row.after && !row.before)
                madeUp.add(relations[table], *row.after);
            else if (row.before && !row.after)
                madeDown.add(relations[table], *row.before);
        });
    }
    for (const int table : order) {
        script.leftOut += changes[table].unknown;
        if (!TableWriter(relations[table]).isWritable()) {
            script.leftOut += changes[table].counts().total();
            continue;
        }
        rowsOf(table, [&](const TableWriter& writer, const RowChange& row) {
            if (row.before && row.after) {
                addUpdate(up, madeUp, relations[table], *row.before, *row.after);
                addUpdate(down, madeDown, relations[table], *row.after, *row.before);
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
