// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/layout.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

using schema::Column;
using schema::Constraint;
using schema::ConstraintKind;

/// SQLite looks names up without regard to ASCII case; PostgreSQL's catalog is exact.
QString lookupKey(Engine engine, const QString& schemaName, const QString& name)
{
    const QString key = schemaName + QChar(0) + name;
    return engine == Engine::Sqlite ? key.toLower() : key;
}

bool sameName(Engine engine, const QString& a, const QString& b)
{
    return a.compare(b, engine == Engine::Sqlite ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
}

bool covers(Engine engine, const QStringList& wide, const QStringList& narrow)
{
    return !narrow.isEmpty() && std::ranges::all_of(narrow, [&](const QString& name) {
        return std::ranges::any_of(wide, [&](const QString& other) { return sameName(engine, other, name); });
    });
}

/// The columns of a unique index, or nothing when it does not hold for every row.
QStringList uniqueColumns(const schema::Index& index)
{
    QStringList names;
    if (!index.unique || !index.valid || !index.predicate.isEmpty())
        return names;
    for (const schema::IndexPart& part : index.parts) {
        if (part.column.isEmpty())
            return {};
        names.append(part.column);
    }
    return names;
}

bool isUnique(Engine engine, const schema::Table& table, const QStringList& columns)
{
    const auto keyed = [&](const Constraint& c) {
        return (c.kind == ConstraintKind::PrimaryKey || c.kind == ConstraintKind::Unique)
               && covers(engine, columns, c.columns);
    };
    return std::ranges::any_of(table.constraints, keyed)
           || std::ranges::any_of(table.indexes, [&](const schema::Index& index) {
                  return covers(engine, columns, uniqueColumns(index));
              });
}

/// MATCH FULL lets all columns be NULL or none; otherwise one NULL is enough to have no parent.
bool isMandatory(Engine engine, const schema::Table& table, const Constraint& key)
{
    const auto required = [&](const QString& name) {
        return std::ranges::any_of(table.columns, [&](const Column& column) {
            return sameName(engine, column.name, name) && (column.notNull || column.keyPosition > 0);
        });
    };
    return key.match == "FULL"_L1 ? std::ranges::any_of(key.columns, required)
                                  : std::ranges::all_of(key.columns, required);
}

QString action(const QString& when, const QString& what)
{
    return what.isEmpty() || what == "NO ACTION"_L1 ? QString() : u", "_s + when + u' ' + what;
}

CardKind kindOf(schema::TableKind kind)
{
    switch (kind) {
    case schema::TableKind::Table: return CardKind::Table;
    case schema::TableKind::Partitioned: return CardKind::Partitioned;
    case schema::TableKind::Foreign: return CardKind::Foreign;
    case schema::TableKind::Virtual: return CardKind::Virtual;
    }
    std::unreachable();
}

/// Gathers a drawing in three steps: cards, relations, sizes.
class Collector final
{
public:
    Collector(const schema::Database& database, const LayoutOptions& options)
        : m_database(database), m_options(options)
    {}

    Layout collect()
    {
        addTables();
        if (m_options.views)
            addViews();
        addRelations();
        if (m_options.depth > 0)
            keepNeighbours();
        return std::move(m_layout);
    }

private:
    bool isLeftOut(const QString& name) const
    {
        return m_options.leftOut.contains(name) || name.startsWith("sqlite_"_L1, Qt::CaseInsensitive);
    }

    void addTables()
    {
        for (const schema::Table& table : m_database.tables) {
            if (isLeftOut(table.name))
                continue;
            m_places.insert(lookupKey(m_database.engine, table.schema, table.name),
                            static_cast<int>(m_layout.cards.size()));
            m_sources.append(&table);
            m_layout.cards.append(Card{.schema = table.schema,
                                       .name = table.name,
                                       .comment = table.comment,
                                       .kind = kindOf(table.kind),
                                       .rows = rowsOf(table.columns)});
        }
        for (qsizetype i = 0; i < m_sources.size(); ++i)
            markForeignKeys(m_layout.cards[i], *m_sources.at(i));
    }

    void addViews()
    {
        for (const schema::View& view : m_database.views) {
            if (isLeftOut(view.name))
                continue;
            m_layout.cards.append(
                Card{.schema = view.schema,
                     .name = view.name,
                     .comment = view.comment,
                     .kind = view.materialized ? CardKind::MaterializedView : CardKind::View,
                     .rows = rowsOf(view.columns)});
            for (CardRow& row : m_layout.cards.last().rows)
                row.nullable = false;  // a view promises nothing, so a badge on each row would say nothing
        }
    }

    static QList<CardRow> rowsOf(const QList<Column>& columns)
    {
        QList<CardRow> rows;
        for (const Column& column : columns) {
            if (column.hidden)
                continue;
            const bool key = column.keyPosition > 0;
            rows.append(CardRow{.name = column.name,
                                .type = column.type,
                                .comment = column.comment,
                                .target = {},
                                .key = key,
                                .nullable = !column.notNull && !key});
        }
        return rows;
    }

    int rowOf(const Card& card, const QString& name) const
    {
        for (qsizetype i = 0; i < card.rows.size(); ++i) {
            if (sameName(m_database.engine, card.rows.at(i).name, name))
                return static_cast<int>(i);
        }
        return -1;
    }

    int placeOf(const schema::Table& child, const Constraint& key) const
    {
        const QString& schemaName = key.targetSchema.isEmpty() ? child.schema : key.targetSchema;
        return m_places.value(lookupKey(m_database.engine, schemaName, key.targetTable), -1);
    }

    QStringList targetColumns(const Constraint& key, int parent) const
    {
        return key.targetColumns.isEmpty() && parent >= 0 ? m_sources.at(parent)->primaryKey()
                                                          : key.targetColumns;
    }

    void markForeignKeys(Card& card, const schema::Table& table) const
    {
        for (const Constraint& key : table.constraints) {
            if (key.kind != ConstraintKind::ForeignKey)
                continue;
            const QStringList targets = targetColumns(key, placeOf(table, key));
            for (qsizetype i = 0; i < key.columns.size(); ++i) {
                const int row = rowOf(card, key.columns.at(i));
                if (row < 0 || !card.rows.at(row).target.isEmpty())
                    continue;
                card.rows[row].target =
                    key.targetTable + (i < targets.size() ? u'.' + targets.at(i) : QString());
            }
        }
    }

    void addRelations()
    {
        for (qsizetype child = 0; child < m_sources.size(); ++child) {
            for (const Constraint& key : m_sources.at(child)->constraints) {
                if (key.kind == ConstraintKind::ForeignKey && placeOf(*m_sources.at(child), key) >= 0)
                    addRelation(static_cast<int>(child), key);
            }
        }
    }

    void addRelation(int child, const Constraint& key)
    {
        const schema::Table& table = *m_sources.at(child);
        const int parent = placeOf(table, key);
        const QStringList targets = targetColumns(key, parent);
        const Card& from = m_layout.cards.at(child);
        const Card& to = m_layout.cards.at(parent);
        const QString description =
            u"%1 (%2) → %3 (%4)"_s.arg(from.name, key.columns.join(u", "_s), to.name, targets.join(u", "_s))
            + action(u"ON DELETE"_s, key.onDelete) + action(u"ON UPDATE"_s, key.onUpdate);
        m_layout.relations.append(Relation{
            .child = child,
            .parent = parent,
            .childRow = key.columns.isEmpty() ? -1 : rowOf(from, key.columns.first()),
            .parentRow = targets.isEmpty() ? -1 : rowOf(to, targets.first()),
            .many = !isUnique(m_database.engine, table, key.columns),
            .mandatory = isMandatory(m_database.engine, table, key),
            .name = key.name,
            .description = description,
            .childEnd = {},
            .parentEnd = {},
            .path = {},
        });
    }

    void keepNeighbours()
    {
        const auto focus = std::ranges::find_if(m_layout.cards, [this](const Card& card) {
            return card.name == m_options.focusTable && card.schema == m_options.focusSchema;
        });
        if (focus == m_layout.cards.end())
            return;
        QSet<int> kept{static_cast<int>(focus - m_layout.cards.begin())};
        for (int step = 0; step < m_options.depth; ++step) {
            const QSet<int> reached = kept;
            for (const Relation& relation : std::as_const(m_layout.relations)) {
                if (reached.contains(relation.child))
                    kept.insert(relation.parent);
                if (reached.contains(relation.parent))
                    kept.insert(relation.child);
            }
        }
        keepOnly(kept);
    }

    void keepOnly(const QSet<int>& kept)
    {
        QHash<int, int> moved;
        Layout rest;
        for (int i = 0; i < m_layout.cards.size(); ++i) {
            if (!kept.contains(i))
                continue;
            moved.insert(i, static_cast<int>(rest.cards.size()));
            rest.cards.append(m_layout.cards.at(i));
        }
        for (Relation relation : std::as_const(m_layout.relations)) {
            if (!moved.contains(relation.child) || !moved.contains(relation.parent))
                continue;
            relation.child = moved.value(relation.child);
            relation.parent = moved.value(relation.parent);
            rest.relations.append(relation);
        }
        m_layout = std::move(rest);
    }

    const schema::Database& m_database;
    const LayoutOptions& m_options;
    Layout m_layout;
    QList<const schema::Table*> m_sources;  ///< by card; views come after
    QHash<QString, int> m_places;
};

/// Leaves out the rows that the options do not want and moves the relations to those that stay.
void dropRows(Layout& layout, ColumnsShown shown)
{
    if (shown == ColumnsShown::All)
        return;
    QList<QList<int>> moved;
    for (Card& card : layout.cards) {
        QList<CardRow> kept;
        QList<int> places;
        for (const CardRow& row : std::as_const(card.rows)) {
            const bool stays = shown == ColumnsShown::Keys && (row.key || !row.target.isEmpty());
            places.append(stays ? static_cast<int>(kept.size()) : -1);
            if (stays)
                kept.append(row);
        }
        card.hiddenRows = static_cast<int>(card.rows.size() - kept.size());
        card.rows = kept;
        moved.append(places);
    }
    for (Relation& relation : layout.relations) {
        relation.childRow = moved.at(relation.child).value(relation.childRow, -1);
        relation.parentRow = moved.at(relation.parent).value(relation.parentRow, -1);
    }
}

}  // namespace

void sizeCard(Card& card, const Metrics& metrics)
{
    const qreal title =
        metrics.title.width(card.name) + (card.showsSchema ? metrics.small.width(card.schema) : 0)
        + (card.kind == CardKind::Table ? 0 : metrics.small.width(u"materialized"_s)) + 4 * metrics.padding;
    qreal wide = std::max(metrics.minimumWidth, title);
    for (const CardRow& row : std::as_const(card.rows)) {
        const qreal sign = card.mark == Mark::None ? 0 : metrics.badgeWidth;
        const qreal before = row.before.isEmpty() ? 0 : metrics.small.width(row.before + u" → "_s);
        wide = std::max(wide, sign + metrics.badgeWidth + metrics.nullWidth + metrics.text.width(row.name)
                                  + before + metrics.small.width(row.type) + 4 * metrics.padding);
    }
    const qreal tall = metrics.headerHeight + static_cast<qreal>(card.rows.size()) * metrics.rowHeight
                       + (card.rows.isEmpty() ? 0 : metrics.padding);
    card.rect = QRectF(
        0, 0,
        std::ceil(std::min(wide, card.mark == Mark::None ? metrics.maximumWidth : 2 * metrics.maximumWidth)),
        std::ceil(tall));
}

QStringList ledgerTables()
{
    return {u"__diesel_schema_migrations"_s, u"_sqlx_migrations"_s, u"seaql_migrations"_s,
            u"__drizzle_migrations"_s, u"schema_migrations"_s};
}

Layout collectDiagram(const schema::Database& database, const LayoutOptions& options)
{
    Layout layout = Collector(database, options).collect();
    dropRows(layout, options.columns);
    const QString home = database.engine == Engine::Sqlite ? u"main"_s : u"public"_s;
    for (Card& card : layout.cards) {
        card.showsSchema = !card.schema.isEmpty() && card.schema != home;
        sizeCard(card, options.metrics);
    }
    return layout;
}

}  // namespace dewpoint::diagram
