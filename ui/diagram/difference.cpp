// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/difference.h"

#include "base/words.h"
#include "change/words.h"
#include "diff/compare.h"
#include "diff/normalise.h"
#include "diff/table_diff.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

using schema::Constraint;
using schema::ConstraintKind;
using schema::Database;
using schema::Table;

Mark markOf(diff::State state)
{
    switch (state) {
    case diff::State::Same: return Mark::None;
    case diff::State::Added: return Mark::Added;
    case diff::State::Removed: return Mark::Removed;
    case diff::State::Changed: return Mark::Changed;
    }
    std::unreachable();
}

bool refersAlike(const Constraint& one, const Constraint& other, Engine engine)
{
    return one.kind == ConstraintKind::ForeignKey && other.kind == ConstraintKind::ForeignKey
           && one.columns == other.columns
           && diff::key(one.targetTable, engine) == diff::key(other.targetTable, engine);
}

bool refers(const Database& database, const Table& child, const Constraint& key)
{
    const auto table = std::ranges::find_if(database.tables, [&](const Table& each) {
        return diff::key(each.name, database.engine) == diff::key(child.name, database.engine)
               && each.schema == child.schema;
    });
    return table != database.tables.end()
           && std::ranges::any_of(table->constraints, [&](const Constraint& each) {
                  return refersAlike(each, key, database.engine);
              });
}

/// Both sides in one: what there is afterwards, and what went.
class Merge final
{
public:
    Merge(const Database& before, const Database& after, LayoutOptions options, Extent extent)
        : m_before(before)
        , m_after(after)
        , m_options(std::move(options))
        , m_extent(extent)
        , m_groups(diff::byTable(diff::compare(before, after), before, after))
    {}

    Layout collected()
    {
        m_both.engine = m_after.engine;
        addTables();
        addViews();
        if (m_extent == Extent::Differing)
            keepNeighbours();
        m_options.columns = ColumnsShown::All;
        m_options.depth = 0;
        Layout layout = collectDiagram(m_both, m_options);
        for (Card& card : layout.cards)
            dress(card);
        for (Relation& relation : layout.relations)
            mark(relation, layout);
        addOthers(layout);
        for (Card& card : layout.cards)
            sizeCard(card, m_options.metrics);
        return layout;
    }

private:
    QString keyOf(const QString& schema, const QString& name) const
    {
        return diff::key(schema, m_after.engine) + u'\n' + diff::key(name, m_after.engine);
    }

    const diff::TableDiff* groupOf(const QString& schema, const QString& name) const
    {
        const auto found = std::ranges::find_if(m_groups, [&](const diff::TableDiff& group) {
            return !group.name.isEmpty() && keyOf(group.schema, group.name) == keyOf(schema, name);
        });
        return found == m_groups.end() ? nullptr : &*found;
    }

    const Table* tableIn(const Database& database, const Table& wanted) const
    {
        const auto found = std::ranges::find_if(database.tables, [&](const Table& table) {
            return keyOf(table.schema, table.name) == keyOf(wanted.schema, wanted.name);
        });
        return found == database.tables.end() ? nullptr : &*found;
    }

    void addTables()
    {
        m_both.tables = m_after.tables;
        for (Table& table : m_both.tables) {
            const diff::TableDiff* group = groupOf(table.schema, table.name);
            if (const Table* old = tableIn(m_before, table))
                addGone(table, *old);
            if (!group)
                continue;
            table.columns.clear();
            for (const diff::ColumnDiff& column : group->columns)
                table.columns.append(column.after.value_or(column.before.value_or(schema::Column())));
        }
        for (const Table& table : m_before.tables) {
            if (!tableIn(m_after, table))
                m_both.tables.append(table);
        }
    }

    /// Foreign keys that went are drawn as well.
    void addGone(Table& table, const Table& old) const
    {
        for (const Constraint& key : old.constraints) {
            const bool stays = std::ranges::any_of(table.constraints, [&](const Constraint& each) {
                return refersAlike(each, key, m_after.engine);
            });
            if (key.kind == ConstraintKind::ForeignKey && !stays)
                table.constraints.append(key);
        }
    }

    void addViews()
    {
        for (const Database* side : {&m_after, &m_before}) {
            for (const schema::View& view : side->views) {
                const bool known = std::ranges::any_of(m_both.views, [&](const schema::View& each) {
                    return keyOf(each.schema, each.name) == keyOf(view.schema, view.name);
                });
                if (!known && (m_extent == Extent::Whole || groupOf(view.schema, view.name)))
                    m_both.views.append(view);
            }
        }
    }

    QString targetOf(const Table& child, const Constraint& key) const
    {
        return keyOf(key.targetSchema.isEmpty() ? child.schema : key.targetSchema, key.targetTable);
    }

    /// Of tables that only stand beside, the keys say what they are.
    void keepNeighbours()
    {
        QSet<QString> changed;
        for (const diff::TableDiff& group : std::as_const(m_groups))
            changed.insert(keyOf(group.schema, group.name));
        QSet<QString> kept = changed;
        QHash<QString, QSet<QString>> needed;
        for (const Table& table : std::as_const(m_both.tables)) {
            const QString own = keyOf(table.schema, table.name);
            for (const Constraint& key : table.constraints) {
                if (key.kind != ConstraintKind::ForeignKey)
                    continue;
                const QString target = targetOf(table, key);
                if (!changed.contains(own) && !changed.contains(target))
                    continue;
                kept.insert(own);
                kept.insert(target);
                needed[own] += QSet<QString>(key.columns.begin(), key.columns.end());
                needed[target] += QSet<QString>(key.targetColumns.begin(), key.targetColumns.end());
            }
        }
        m_both.tables.removeIf(
            [&](const Table& table) { return !kept.contains(keyOf(table.schema, table.name)); });
        for (Table& table : m_both.tables) {
            const QString own = keyOf(table.schema, table.name);
            if (!changed.contains(own))
                table.columns.removeIf([&](const schema::Column& column) {
                    return column.keyPosition == 0 && !needed.value(own).contains(column.name);
                });
        }
    }

    void dress(Card& card) const
    {
        const diff::TableDiff* group = groupOf(card.schema, card.name);
        if (!group)
            return;
        card.mark = markOf(group->state);
        for (CardRow& row : card.rows) {
            for (const diff::ColumnDiff& column : group->columns) {
                const QString name = column.after.value_or(column.before.value_or(schema::Column())).name;
                if (name == row.name)
                    dress(row, column);
            }
        }
        addNotes(card, *group);
    }

    static void dress(CardRow& row, const diff::ColumnDiff& column)
    {
        row.mark = markOf(column.state);
        if (row.mark != Mark::Changed || !column.before || !column.after)
            return;
        row.before = change::words(*column.before);
        row.type = change::words(*column.after);
        row.nullable = false;  // the words say it
    }

    static void addNotes(Card& card, const diff::TableDiff& group)
    {
        for (const diff::TableDiff::Line& line : group.lines) {
            if (const Mark mark = markOf(line.state); mark != Mark::None)
                card.rows.append(CardRow{.name = line.text, .mark = mark, .isNote = true});
        }
    }

    void mark(Relation& relation, const Layout& layout) const
    {
        const Card& child = layout.cards.at(relation.child);
        const Card& parent = layout.cards.at(relation.parent);
        for (const Table& table : m_both.tables) {
            if (table.schema != child.schema || table.name != child.name)
                continue;
            for (const Constraint& key : table.constraints) {
                if (key.kind != ConstraintKind::ForeignKey || key.name != relation.name
                    || targetOf(table, key) != keyOf(parent.schema, parent.name)
                    || (relation.childRow >= 0
                        && key.columns.value(0) != child.rows.at(relation.childRow).name))
                    continue;
                relation.mark = !refers(m_after, table, key)    ? Mark::Removed
                                : !refers(m_before, table, key) ? Mark::Added
                                                                : Mark::None;
            }
        }
    }

    /// What belongs to no table has a card of its own.
    void addOthers(Layout& layout) const
    {
        for (const diff::TableDiff& group : m_groups) {
            if (!group.name.isEmpty())
                continue;
            Card card{.name = Words::tr("Other objects"), .mark = Mark::Changed};
            addNotes(card, group);
            layout.cards.append(card);
        }
    }

    const Database& m_before;
    const Database& m_after;
    LayoutOptions m_options;
    Extent m_extent;
    const QList<diff::TableDiff> m_groups;
    Database m_both;
};

}  // namespace

Layout collectDifference(const Database& before, const Database& after, const LayoutOptions& options,
                         Extent extent)
{
    return Merge(before, after, options, extent).collected();
}

Layout layoutDifference(const Database& before, const Database& after, const LayoutOptions& options)
{
    return arranged(collectDifference(before, after, options), options);
}

QString differenceText(const Layout& layout)
{
    QStringList lines;
    for (const Card& card : layout.cards) {
        const QString sign = card.mark == Mark::None ? u"·"_s : signOf(card.mark);
        lines << sign + u' ' + (card.showsSchema ? card.schema + u'.' : QString()) + card.name;
        for (const CardRow& row : card.rows) {
            if (row.mark == Mark::None)
                continue;
            const QString more = row.before.isEmpty() ? row.type : row.before + u" → "_s + row.type;
            lines << u"    "_s + u"%1 %2 %3"_s.arg(signOf(row.mark), row.name, more).trimmed();
        }
    }
    for (const Relation& relation : layout.relations) {
        if (relation.mark != Mark::None)
            lines << signOf(relation.mark) + u' ' + relation.description;
    }
    return lines.join(u'\n');
}

}  // namespace dewpoint::diagram
