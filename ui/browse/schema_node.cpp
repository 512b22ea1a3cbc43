// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "browse/schema_node.h"

#include "base/words.h"
#include "kit/row_count.h"
#include "sql/dialect.h"

#include <QLocale>

namespace dewpoint::browse {

namespace {

SchemaNode* add(SchemaNode* parent, NodeKind kind, const QString& name, const char* icon,
                const QString& note = {})
{
    auto node = std::make_unique<SchemaNode>();
    node->kind = kind;
    node->name = name;
    node->note = note;
    node->icon = QString::fromLatin1(icon);
    node->schema = parent->schema;
    node->object = parent->object;
    node->parent = parent;
    node->row = static_cast<int>(parent->children.size());
    parent->children.push_back(std::move(node));
    return parent->children.back().get();
}

bool isForeignKeyColumn(const QList<schema::Constraint>& constraints, const QString& column)
{
    return std::ranges::any_of(constraints, [&](const schema::Constraint& c) {
        return c.kind == schema::ConstraintKind::ForeignKey && c.columns.contains(column);
    });
}

void addColumns(SchemaNode* parent, const QList<schema::Column>& columns,
                const QList<schema::Constraint>& constraints)
{
    for (const schema::Column& column : columns) {
        const bool reference = isForeignKeyColumn(constraints, column.name);
        const char* icon = column.keyPosition > 0 ? "password-copy" : reference ? "link" : "view-column-icon";
        QString note = column.type.toLower();
        if (!column.notNull && column.keyPosition == 0)
            note += QLatin1Char('?');
        SchemaNode* node = add(parent, NodeKind::Column, column.name, icon, note);
        node->toolTip = column.comment;
    }
}

QString joined(const schema::Constraint& constraint)
{
    const QString columns = constraint.columns.join(QStringLiteral(", "));
    switch (constraint.kind) {
    case schema::ConstraintKind::PrimaryKey: return Words::tr("primary key (%1)").arg(columns);
    case schema::ConstraintKind::Unique: return Words::tr("unique (%1)").arg(columns);
    case schema::ConstraintKind::ForeignKey:
        return QStringLiteral("%1 → %2").arg(columns, constraint.targetTable);
    case schema::ConstraintKind::Check: return Words::tr("check");
    case schema::ConstraintKind::Exclusion: return Words::tr("exclude");
    case schema::ConstraintKind::NotNull: return Words::tr("not null (%1)").arg(columns);
    }
    return {};
}

void addConstraints(SchemaNode* parent, const QList<schema::Constraint>& constraints)
{
    if (constraints.isEmpty())
        return;
    SchemaNode* group = add(parent, NodeKind::Group, Words::tr("Keys and constraints"), "password-copy",
                            QString::number(constraints.size()));
    for (const schema::Constraint& constraint : constraints) {
        const QString text = joined(constraint);
        SchemaNode* node =
            add(group, NodeKind::Constraint, constraint.name.isEmpty() ? text : constraint.name,
                "object-locked", constraint.name.isEmpty() ? QString() : text);
        node->toolTip = constraint.definition;
    }
}

void addIndexes(SchemaNode* parent, const QList<schema::Index>& indexes)
{
    if (indexes.isEmpty())
        return;
    SchemaNode* group = add(parent, NodeKind::Group, Words::tr("Indexes"), "view-sort-ascending",
                            QString::number(indexes.size()));
    for (const schema::Index& index : indexes) {
        SchemaNode* node = add(group, NodeKind::Index, index.name, "view-sort-ascending",
                               index.unique ? Words::tr("unique") : QString());
        node->toolTip = index.definition;
    }
}

void addPolicies(SchemaNode* parent, const QList<schema::Policy>& policies)
{
    if (policies.isEmpty())
        return;
    SchemaNode* group = add(parent, NodeKind::Group, Words::tr("Policies"), "object-locked",
                            QString::number(policies.size()));
    for (const schema::Policy& policy : policies)
        add(group, NodeKind::Constraint, policy.name, "object-locked", policy.command);
}

void addTriggers(SchemaNode* parent, const QList<schema::Trigger>& triggers)
{
    if (triggers.isEmpty())
        return;
    SchemaNode* group =
        add(parent, NodeKind::Group, Words::tr("Triggers"), "flash", QString::number(triggers.size()));
    for (const schema::Trigger& trigger : triggers)
        add(group, NodeKind::Trigger, trigger.name, "flash")->toolTip = trigger.definition;
}

const char* tableIcon(schema::TableKind kind)
{
    switch (kind) {
    case schema::TableKind::Table: return "table";
    case schema::TableKind::Partitioned: return "view-split-left-right";
    case schema::TableKind::Foreign: return "network-server-database";
    case schema::TableKind::Virtual: return "edit-find";
    }
    return "table";
}

void addTable(SchemaNode* parent, const schema::Table& table, const QHash<QString, qint64>& counts)
{
    const auto exact = counts.constFind(table.schema + QLatin1Char('.') + table.name);
    const QString note =
        exact != counts.constEnd() ? rowCountText(*exact, true) : rowCountText(table.estimatedRows, false);
    SchemaNode* node = add(parent, NodeKind::Table, table.name, tableIcon(table.kind), note);
    node->object = table.name;
    node->toolTip = table.comment;
    addColumns(node, table.columns, table.constraints);
    addConstraints(node, table.constraints);
    addIndexes(node, table.indexes);
    addTriggers(node, table.triggers);
    addPolicies(node, table.policies);
}

void addView(SchemaNode* parent, const schema::View& view)
{
    SchemaNode* node = add(parent, NodeKind::View, view.name, "view-visible",
                           view.materialized ? Words::tr("materialised") : Words::tr("view"));
    node->object = view.name;
    node->toolTip = view.comment;
    addColumns(node, view.columns, {});
    addIndexes(node, view.indexes);
    addTriggers(node, view.triggers);
}

/// Tools name their own tables with an underscore; those are not what one looks for first.
void addTables(SchemaNode* schemaNode, const QList<schema::Table>& tables,
               const QHash<QString, qint64>& counts, bool ofTools)
{
    for (const schema::Table& table : tables) {
        if (table.schema == schemaNode->schema && table.name.startsWith(QLatin1Char('_')) == ofTools)
            addTable(schemaNode, table, counts);
    }
}

template <class List, class Label>
void addOthers(SchemaNode* schemaNode, const List& list, const QString& title, NodeKind kind,
               const char* icon, Label label)
{
    SchemaNode* group = nullptr;
    for (const auto& item : list) {
        if (item.schema != schemaNode->schema)
            continue;
        if (!group)
            group = add(schemaNode, NodeKind::Group, title, icon);
        add(group, kind, label(item), icon)->toolTip = item.name;
        group->note = QString::number(group->children.size());
    }
}

/// Those of no schema are behind the schemas. What is only set on something else is not shown by itself.
void addOtherObjects(SchemaNode* node, QList<schema::OtherObject> others)
{
    others.removeIf([](const schema::OtherObject& object) { return object.isSetting(); });
    addOthers(node, others, Words::tr("Other objects"), NodeKind::Other, "code-context",
              [](const schema::OtherObject& o) {
                  const QString home = sql::quotedIfNeeded(o.schema, Engine::Postgres) + u'.';
                  return QStringLiteral("%1 %2").arg(
                      o.kind.toLower(), o.name.startsWith(home) ? o.name.sliced(home.size()) : o.name);
              });
}

}  // namespace

QString rowCountText(qint64 rows, bool exact)
{
    if (rows < 0)
        return {};
    const QString tilde = exact ? QString() : QStringLiteral("~");
    return tilde + (exact && rows < 100'000 ? QLocale().toString(rows) : kit::roughCount(rows));
}

std::unique_ptr<SchemaNode> buildSchemaTree(const schema::Database& database,
                                            const QHash<QString, qint64>& counts)
{
    auto root = std::make_unique<SchemaNode>();
    QStringList schemas = database.schemas;
    if (schemas.isEmpty())
        schemas << QStringLiteral("main");
    for (const QString& name : schemas) {
        SchemaNode* node = add(root.get(), NodeKind::Schema, name, "database-index");
        node->schema = name;
        addTables(node, database.tables, counts, false);
        for (const schema::View& view : database.views) {
            if (view.schema == name)
                addView(node, view);
        }
        addTables(node, database.tables, counts, true);
        addOthers(node, database.routines, Words::tr("Functions"), NodeKind::Routine, "code-function",
                  [](const schema::Routine& r) { return QStringLiteral("%1(%2)").arg(r.name, r.arguments); });
        addOthers(node, database.types, Words::tr("Types"), NodeKind::Type, "code-typedef",
                  [](const schema::Type& t) { return t.name; });
        addOthers(node, database.sequences, Words::tr("Sequences"), NodeKind::Sequence, "view-sort-ascending",
                  [](const schema::Sequence& s) { return s.name; });
        addOtherObjects(node, database.others);
    }
    addOtherObjects(root.get(), database.others);
    return root;
}

}  // namespace dewpoint::browse
