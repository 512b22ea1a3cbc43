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
    QStringList updates, deletes, inserts, lateUpdates, numbering;
    QString text() const
    {
        const QStringList all = updates + deletes + inserts + lateUpdates + numbering;
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

/// The three scripts while they grow, table by table.
class ScriptMaker final
{
public:
    void note(const Relation& relation, const RowChange& row)
    {
        if (row.after && !row.before)
            m_madeUp.add(relation, *row.after);
        else if (row.before && !row.after)
            m_madeDown.add(relation, *row.before);
    }

    void addRow(const Relation& relation, const RowChange& row)
    {
        const TableWriter writer(relation);
        if (row.before && row.after) {
            addUpdate(m_up, m_madeUp, relation, *row.before, *row.after);
            addUpdate(m_down, m_madeDown, relation, *row.after, *row.before);
        } else if (row.after) {
            m_up.inserts += writer.insert(*row.after);
        } else if (row.before) {
            m_down.inserts += writer.insert(*row.before);
        }
        if (row.after)
            m_fixture.inserts += writer.insert(*row.after, true);
    }

    void addRemoval(const Relation& relation, const RowChange& row)
    {
        const TableWriter writer(relation);
        if (!row.after && row.before) {
            m_up.deletes += writer.remove(*row.before);
            m_fixture.deletes += writer.remove(*row.before);
        } else if (!row.before && row.after) {
            m_down.deletes += writer.remove(*row.after);
        }
    }

    /// Behind rows that are made with their numbers.
    void addNumbering(const Relation& relation, const TableChanges& changes)
    {
        if (!std::ranges::any_of(changes.rows, [](const RowChange& row) { return row.after && !row.before; }))
            return;
        m_up.numbering += numberingOf(relation);
        m_fixture.numbering += numberingOf(relation);
    }

    ChangeScript script(int leftOut) const
    {
        return {.up = m_up.text(), .down = m_down.text(), .fixture = m_fixture.text(), .leftOut = leftOut};
    }

private:
    Direction m_up;
    Direction m_down;
    Direction m_fixture;
    MadeRows m_madeUp;
    MadeRows m_madeDown;
};

}  // namespace

QStringList numberingOf(const Relation& relation)
{
    QStringList statements;
    for (const RelationColumn& column : relation.columns) {
        const bool counted = column.numbered || (column.hasDefault && column.defaultSql.isEmpty())
                             || column.defaultSql.startsWith(u"nextval("_s);
        if (relation.engine != Engine::Postgres || column.family != ColumnFamily::Integer || !counted)
            continue;
        const QString name = relation.quotedName();
        statements +=
            u"SELECT setval(pg_get_serial_sequence(%1, %2), max(%3)) FROM %4 HAVING max(%3) > 0;"_s.arg(
                sql::literal(textValue(name), relation.engine),
                sql::literal(textValue(column.name), relation.engine), sql::quoted(column.name), name);
    }
    return statements;
}

ChangeScript scriptOf(const QList<TableChanges>& changes, const QList<Relation>& relations)
{
    ScriptMaker maker;
    int leftOut = 0;
    QList<int> order = parentsFirst(relations);
    for (const int table : order) {
        for (const RowChange& row : changes[table].rows)
            maker.note(relations[table], row);
    }
    for (const int table : order) {
        leftOut += changes[table].unknown;
        if (!TableWriter(relations[table]).isWritable())
            leftOut += changes[table].counts().total();
    }
    order.removeIf([&](int table) { return !TableWriter(relations[table]).isWritable(); });
    for (const int table : order) {
        for (const RowChange& row : changes[table].rows)
            maker.addRow(relations[table], row);
        maker.addNumbering(relations[table], changes[table]);
    }
    // Children go first.
    for (const int table : std::views::reverse(order)) {
        for (const RowChange& row : changes[table].rows)
            maker.addRemoval(relations[table], row);
    }
    return maker.script(leftOut);
}

}  // namespace dewpoint::rows
