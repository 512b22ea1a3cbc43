// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/compare_table.h"

#include "diff/normalise.h"
#include "diff/pairs.h"

using namespace Qt::StringLiterals;

namespace dewpoint::diff {

using namespace schema;
using change::Change;
using change::Commented;
using change::Name;
using change::SetComment;

namespace {

void compareComment(Commented what, const Name& owner, const QString& member, const QString& from,
                    const QString& to, QList<Change>& changes)
{
    if (from != to)
        changes.append(SetComment{.what = what, .owner = owner, .member = member, .from = from, .to = to});
}

/// Place in the key, comment and visibility are told by other changes.
Column comparable(Column column)
{
    column.keyPosition = 0;
    column.comment.clear();
    column.hidden = false;
    return column;
}

Constraint comparable(Constraint constraint)
{
    constraint.comment.clear();
    return constraint;
}

Trigger comparable(Trigger trigger)
{
    trigger.comment.clear();
    trigger.table.clear();
    return trigger;
}

void compareColumns(const Sides<Table>& table, Engine engine, const Name& name, QList<Change>& changes)
{
    if (table.to.kind == TableKind::Virtual)
        return;  // they follow from the definition
    const auto byName = [engine](const Column& column) { return key(column.name, engine); };
    for (const Pair& pair : pairs(table.from.columns, table.to.columns, byName)) {
        if (pair.to < 0) {
            changes.append(change::DropColumn{name, table.from.columns.at(pair.from)});
            continue;
        }
        const Column& to = table.to.columns.at(pair.to);
        if (pair.from < 0) {
            changes.append(change::AddColumn{name, to});
            if (!to.comment.isEmpty())
                compareComment(Commented::Column, name, to.name, {}, to.comment, changes);
            continue;
        }
        const Column& from = table.from.columns.at(pair.from);
        if (comparable(table.plainFrom.columns.at(pair.from))
            != comparable(table.plainTo.columns.at(pair.to)))
            changes.append(change::AlterColumn{name, from, to});
        compareComment(Commented::Column, name, to.name, from.comment, to.comment, changes);
    }
}

QString content(const Constraint& constraint)
{
    return QStringList{QString::number(static_cast<int>(constraint.kind)),
                       constraint.columns.join(u'\n'),
                       constraint.definition,
                       constraint.targetSchema,
                       constraint.targetTable,
                       constraint.targetColumns.join(u'\n'),
                       constraint.onUpdate,
                       constraint.onDelete,
                       constraint.match,
                       QString::number(constraint.initiallyDeferred)}
        .join(u'\t');
}

/// On PostgreSQL every constraint has a name. SQLite's mostly have none: they are the same when they
/// say the same, and a key or a foreign key on the same columns is the same thing changed.
QString constraintKey(const Constraint& constraint, Engine engine)
{
    if (engine == Engine::Postgres)
        return constraint.name;
    switch (constraint.kind) {
    case ConstraintKind::PrimaryKey: return u"primary key"_s;
    case ConstraintKind::ForeignKey:
    case ConstraintKind::Unique:
    case ConstraintKind::NotNull:
        return QString::number(static_cast<int>(constraint.kind)) + u' ' + constraint.columns.join(u'\n');
    case ConstraintKind::Check:
    case ConstraintKind::Exclusion:
        return constraint.name.isEmpty() ? content(constraint) : u"named "_s + constraint.name;
    }
    Q_UNREACHABLE_RETURN(QString());
}

bool same(const Constraint& from, const Constraint& to, Engine engine)
{
    if (engine == Engine::Postgres)
        return comparable(from) == comparable(to);
    return content(from) == content(to) && from.autoIncrement == to.autoIncrement && from.name == to.name;
}

void compareConstraints(const Sides<Table>& table, Engine engine, const Name& name, QList<Change>& changes)
{
    const auto byMeaning = [engine](const Constraint& constraint) {
        return constraintKey(constraint, engine);
    };
    for (const Pair& pair : pairs(table.plainFrom.constraints, table.plainTo.constraints, byMeaning)) {
        if (pair.to < 0) {
            changes.append(change::DropConstraint{name, table.from.constraints.at(pair.from)});
            continue;
        }
        const Constraint& to = table.to.constraints.at(pair.to);
        if (pair.from < 0) {
            changes.append(change::AddConstraint{name, to});
            compareComment(Commented::Constraint, name, to.name, {}, to.comment, changes);
            continue;
        }
        const Constraint& from = table.from.constraints.at(pair.from);
        if (!same(table.plainFrom.constraints.at(pair.from), table.plainTo.constraints.at(pair.to), engine))
            changes.append(change::AlterConstraint{name, from, to});
        compareComment(Commented::Constraint, name, to.name, from.comment, to.comment, changes);
    }
}

template <class T>
void compareIndexes(const Sides<T>& owner, Engine engine, const Name& name, QList<Change>& changes)
{
    const auto byName = [engine](const Index& index) { return key(index.name, engine); };
    for (const Pair& pair : pairs(owner.from.indexes, owner.to.indexes, byName)) {
        const Index* from = pair.from < 0 ? nullptr : &owner.from.indexes.at(pair.from);
        const Index* to = pair.to < 0 ? nullptr : &owner.to.indexes.at(pair.to);
        if (from && from->implicit)
            from = nullptr;  // its constraint tells
        if (to && to->implicit)
            to = nullptr;
        if (from && !to) {
            changes.append(change::DropIndex{name, *from});
        } else if (to && !from) {
            changes.append(change::AddIndex{name, *to});
            compareComment(Commented::Index, name, to->name, {}, to->comment, changes);
        } else if (to) {
            const bool sameText = owner.plainFrom.indexes.at(pair.from).definition
                                  == owner.plainTo.indexes.at(pair.to).definition;
            if (!sameText || from->valid != to->valid)
                changes.append(change::AlterIndex{name, *from, *to});
            compareComment(Commented::Index, name, to->name, from->comment, to->comment, changes);
        }
    }
}

template <class T>
void compareTriggers(const Sides<T>& owner, Engine engine, const Name& name, QList<Change>& changes)
{
    const auto byName = [engine](const Trigger& trigger) { return key(trigger.name, engine); };
    for (const Pair& pair : pairs(owner.from.triggers, owner.to.triggers, byName)) {
        if (pair.to < 0) {
            changes.append(change::DropTrigger{name, owner.from.triggers.at(pair.from)});
            continue;
        }
        const Trigger& to = owner.to.triggers.at(pair.to);
        if (pair.from < 0) {
            changes.append(change::AddTrigger{name, to});
            compareComment(Commented::Trigger, name, to.name, {}, to.comment, changes);
            continue;
        }
        Trigger plainFrom = comparable(owner.plainFrom.triggers.at(pair.from));
        plainFrom.name = owner.plainTo.triggers.at(pair.to).name;
        if (plainFrom != comparable(owner.plainTo.triggers.at(pair.to)))
            changes.append(change::AlterTrigger{name, owner.from.triggers.at(pair.from), to});
        compareComment(Commented::Trigger, name, to.name, owner.from.triggers.at(pair.from).comment,
                       to.comment, changes);
    }
}

void comparePolicies(const Sides<Table>& table, const Name& name, QList<Change>& changes)
{
    for (const Pair& pair :
         pairs(table.from.policies, table.to.policies, [](const Policy& policy) { return policy.name; })) {
        if (pair.to < 0)
            changes.append(change::DropPolicy{name, table.from.policies.at(pair.from)});
        else if (pair.from < 0)
            changes.append(change::AddPolicy{name, table.to.policies.at(pair.to)});
        else if (table.from.policies.at(pair.from) != table.to.policies.at(pair.to))
            changes.append(
                change::AlterPolicy{name, table.from.policies.at(pair.from), table.to.policies.at(pair.to)});
    }
}

}  // namespace

Table bare(Table table)
{
    table.name.clear();
    table.columns.clear();
    table.constraints.clear();
    table.indexes.clear();
    table.triggers.clear();
    table.policies.clear();
    table.comment.clear();
    return table;
}

void compareTable(const Sides<Table>& table, Engine engine, QList<Change>& changes)
{
    const Name name{table.to.schema, table.to.name};
    if (bare(table.plainFrom) != bare(table.plainTo))
        changes.append(change::AlterTable{table.from, table.to});
    compareComment(Commented::Table, name, {}, table.from.comment, table.to.comment, changes);
    compareColumns(table, engine, name, changes);
    compareConstraints(table, engine, name, changes);
    compareIndexes(table, engine, name, changes);
    compareTriggers(table, engine, name, changes);
    comparePolicies(table, name, changes);
}

void compareView(const Sides<View>& view, Engine engine, QList<Change>& changes)
{
    const Name name{view.to.schema, view.to.name};
    // The columns follow from the definition, and with SELECT * from the tables.
    if (view.plainFrom.definition != view.plainTo.definition || view.from.options != view.to.options
        || view.from.materialized != view.to.materialized)
        changes.append(change::AlterView{view.from, view.to});
    compareComment(Commented::View, name, {}, view.from.comment, view.to.comment, changes);
    compareIndexes(view, engine, name, changes);
    compareTriggers(view, engine, name, changes);
}

}  // namespace dewpoint::diff
