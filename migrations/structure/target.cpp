// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/target.h"

#include "plan/sqlite_text.h"
#include "structure/renames.h"
#include "structure/sqlite_table.h"
#include "structure/texts.h"

#include <algorithm>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;

namespace {

/// Makes the target, table by table.
class Maker final
{
public:
    Maker(const Database& catalog, Database renamed, const Edits& edits)
        : m_catalog(catalog), m_result(std::move(renamed)), m_drafts(draftsOf(catalog, edits))
    {}

    Database made()
    {
        for (const Draft& draft : std::as_const(m_drafts)) {
            if (draft.head.isDropped())
                dropTable(draft);
        }
        for (const Draft& draft : std::as_const(m_drafts)) {
            if (!draft.head.isDropped() && draft.head.isNew())
                addTable(draft);
            else if (!draft.head.isDropped())
                changeTable(draft);
        }
        std::ranges::stable_sort(m_result.tables, [](const Table& a, const Table& b) {
            return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
        });
        return std::move(m_result);
    }

private:
    bool isSqlite() const { return m_result.engine == Engine::Sqlite; }

    Table* find(const QString& schemaName, const QString& name)
    {
        const auto found = std::ranges::find_if(m_result.tables, [&](const Table& table) {
            return table.schema == schemaName && table.name == name;
        });
        return found == m_result.tables.end() ? nullptr : &*found;
    }

    void dropTable(const Draft& draft)
    {
        const Head& head = draft.head.was();
        m_result.tables.removeIf(
            [&](const Table& table) { return table.schema == head.schema && table.name == head.name; });
        m_result.sequences.removeIf([&](const Sequence& sequence) {
            return sequence.schema == head.schema && sequence.ownedBy.startsWith(head.name + u'.');
        });
        forget(head.schema, head.name, {});
    }

    /// What depends on something that is not there any more says so to no plan.
    void forget(const QString& schemaName, const QString& name, const QString& column)
    {
        const auto isIt = [&](const ObjectId& id) {
            return id.schema == schemaName && id.name == name
                   && (column.isEmpty() || (id.kind == ObjectKind::Column && id.member == column));
        };
        m_result.dependencies.removeIf(
            [&](const Dependency& dependency) { return isIt(dependency.object) || isIt(dependency.on); });
    }

    void addTable(const Draft& draft)
    {
        const Head& head = draft.head.willBe();
        Table table{.schema = head.schema, .name = head.name, .comment = head.comment};
        table.strict = head.strict;
        table.withoutRowid = head.withoutRowid;
        if (isSqlite()) {
            SqliteTableText text = SqliteTableText::named(head.name);
            for (const Edit<Column>& column : draft.columns)
                text.addColumn(column.willBe());
            for (const Edit<Constraint>& constraint : draft.constraints)
                text.addConstraint(constraint.willBe());
            text.setOptions(head.strict, head.withoutRowid);
            table.definition = text.text();
        }
        for (const Edit<Column>& column : draft.columns)
            table.columns.append(column.willBe());
        for (const Edit<Constraint>& constraint : draft.constraints)
            table.constraints.append(finished(draft, table, constraint));
        addParts(draft, table);
        m_result.tables.append(table);
    }

    void changeTable(const Draft& draft)
    {
        Table* table = find(draft.head.willBe().schema, draft.head.willBe().name);
        if (!table)
            return;
        table->comment = draft.head.willBe().comment;
        dropParts(draft, *table);
        if (isSqlite())
            changeText(draft, *table);
        changeColumns(draft, *table);
        changeConstraints(draft, *table);
        addParts(draft, *table);
    }

    /// SQLite's table is what its text says.
    void changeText(const Draft& draft, Table& table) const
    {
        SqliteTableText text(table.definition);
        const Table before = table;
        for (const Edit<Constraint>& edit : draft.constraints) {
            if (edit.before && !edit.gone && edit.isChanged())
                text.dropConstraint(renamedConstraint(draft, edit.was(), before));
        }
        for (const Edit<Column>& column : draft.columns) {
            if (column.gone)
                continue;
            if (column.isDropped()) {
                for (const Constraint& constraint : std::as_const(table.constraints)) {
                    if (constraint.columns.contains(column.was().name, Qt::CaseInsensitive))
                        text.dropConstraint(constraint);
                }
                text.dropColumn(column.was().name);
            } else if (column.isNew()) {
                text.addColumn(column.willBe());
            } else if (column.isChanged()) {
                text.changeColumn(column.was(), column.willBe());
            }
        }
        for (const Edit<Constraint>& edit : draft.constraints) {
            if (edit.after && !edit.gone && edit.isChanged())
                text.addConstraint(withNewNames(draft, edit));
        }
        if (draft.head.was().strict != draft.head.willBe().strict
            || draft.head.was().withoutRowid != draft.head.willBe().withoutRowid)
            text.setOptions(draft.head.willBe().strict, draft.head.willBe().withoutRowid);
        if (draft.ordered)
            text.orderColumns(draft.columnNames());
        table.definition = text.text();
    }

    /// How a constraint of the catalog reads once everything has its new name. SQLite keeps the order.
    Constraint renamedConstraint(const Draft& draft, const Constraint& old, const Table& renamed) const
    {
        const Table* before = m_catalog.table(draft.id.schema, draft.id.name);
        const qsizetype place = before ? before->constraints.indexOf(old) : -1;
        return place >= 0 && place < renamed.constraints.size() ? renamed.constraints.at(place) : old;
    }

    /// With the new names, where what names them was not edited itself.
    Constraint withNewNames(const Draft& draft, const Edit<Constraint>& edit) const
    {
        Constraint constraint = edit.willBe();
        if (!edit.before)
            return constraint;
        if (edit.was().columns == edit.willBe().columns)
            constraint.columns = renamedIn(draft, constraint.columns);
        if (edit.was().definition == edit.willBe().definition)
            constraint.definition = renamedInText(draft, constraint.definition);
        else if (constraint.kind == ConstraintKind::Exclusion)
            constraint.definition =
                writeExclusion(renamedWhereUntouched(draft, readExclusion(edit.was().definition),
                                                     readExclusion(constraint.definition)),
                               constraint);
        const auto target = std::ranges::find_if(m_drafts, [&](const Draft& other) {
            return other.head.before && other.head.after
                   && (constraint.targetSchema.isEmpty()
                       || other.head.was().schema == constraint.targetSchema)
                   && other.head.was().name == constraint.targetTable;
        });
        if (target == m_drafts.end() || edit.was().targetTable != edit.willBe().targetTable)
            return constraint;
        constraint.targetTable = target->head.willBe().name;
        if (edit.was().targetColumns == edit.willBe().targetColumns)
            constraint.targetColumns = renamedIn(*target, constraint.targetColumns);
        return constraint;
    }

    static void changeColumns(const Draft& draft, Table& table)
    {
        for (const Edit<Column>& edit : draft.columns) {
            if (edit.gone)
                continue;
            if (edit.isNew()) {
                table.columns.append(edit.willBe());
                continue;
            }
            const QString& name = edit.shown().name;
            const auto found = std::ranges::find(table.columns, name, &Column::name);
            if (found == table.columns.end())
                continue;
            if (edit.isDropped())
                table.columns.erase(found);
            else if (edit.isChanged())
                *found = withKey(edit.willBe(), found->keyPosition);
        }
    }

    static Column withKey(Column column, int position)
    {
        column.keyPosition = position;
        return column;
    }

    /// Those that go, and what a dropped column takes along.
    void dropParts(const Draft& draft, Table& table)
    {
        const auto dropped = [](const auto& list, const QString& name) {
            return std::ranges::any_of(list, [&](const auto& edit) {
                return edit.before && edit.isDropped() && edit.was().name == name;
            });
        };
        table.triggers.removeIf(
            [&](const Trigger& trigger) { return dropped(draft.triggers, trigger.name); });
        table.indexes.removeIf([&](const Index& index) { return dropped(draft.indexes, index.name); });
        for (const Edit<Column>& column : draft.columns) {
            if (column.isDropped() && !column.gone)
                dropWithColumn(table, column.was().name);
            else if (column.before && column.after && column.was().notNull && !column.willBe().notNull)
                table.constraints.removeIf([&](const Constraint& constraint) {
                    return constraint.kind == ConstraintKind::NotNull
                           && constraint.columns.contains(column.willBe().name);
                });
        }
    }

    void dropWithColumn(Table& table, const QString& column)
    {
        if (!isSqlite())
            table.constraints.removeIf([&](const Constraint& constraint) {
                return constraint.columns.contains(column)
                       || dependsOn({ObjectKind::Constraint, table.schema, table.name, constraint.name},
                                    column);
            });
        table.indexes.removeIf([&](const Index& index) { return uses(table, index, column); });
        m_result.sequences.removeIf([&](const Sequence& sequence) {
            return sequence.schema == table.schema && sequence.ownedBy == table.name + u'.' + column;
        });
        forget(table.schema, table.name, column);
    }

    bool dependsOn(const ObjectId& object, const QString& column) const
    {
        return std::ranges::any_of(m_result.dependencies, [&](const Dependency& dependency) {
            return dependency.object == object
                   && dependency.on == ObjectId{ObjectKind::Column, object.schema, object.name, column};
        });
    }

    bool uses(const Table& table, const Index& index, const QString& column) const
    {
        const bool named =
            index.included.contains(column) || std::ranges::any_of(index.parts, [&](const IndexPart& part) {
                return part.column.compare(column, isSqlite() ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0
                       || plan::mentions(part.expression, column);
            });
        return named || plan::mentions(index.predicate, column)
               || dependsOn({ObjectKind::Index, table.schema, table.name, index.name}, column);
    }

    void changeConstraints(const Draft& draft, Table& table) const
    {
        const Table renamed = table;
        for (const Edit<Constraint>& edit : draft.constraints) {
            if (edit.gone || !edit.isChanged())
                continue;
            if (edit.before && isSqlite()) {
                table.constraints.removeOne(renamedConstraint(draft, edit.was(), renamed));
            } else if (edit.before) {
                const QString name = onlyRenamed(edit) ? edit.willBe().name : edit.was().name;
                table.constraints.removeIf(
                    [&](const Constraint& constraint) { return constraint.name == name; });
                table.indexes.removeIf([&](const Index& index) { return index.constraint == name; });
            }
            if (edit.after)
                table.constraints.append(finished(draft, table, edit));
        }
    }

    /// With a definition and, on PostgreSQL, a name.
    Constraint finished(const Draft& draft, const Table& table, const Edit<Constraint>& edit) const
    {
        Constraint constraint = withNewNames(draft, edit);
        if (isSqlite())
            return constraint;
        if (constraint.kind == ConstraintKind::ForeignKey && constraint.targetSchema.isEmpty())
            constraint.targetSchema = table.schema;
        constraint.definition = postgresDefinition(constraint, edit.before ? &*edit.before : nullptr);
        if (constraint.name.isEmpty())
            constraint.name = freeName(table, usualName(table.name, constraint));
        return constraint;
    }

    static QString freeName(const Table& table, const QString& wanted)
    {
        QString name = wanted;
        for (int number = 1; std::ranges::contains(table.constraints, name, &Constraint::name); ++number)
            name = wanted + QString::number(number);
        return name;
    }

    void addParts(const Draft& draft, Table& table)
    {
        for (const Edit<Index>& edit : draft.indexes) {
            if (edit.gone || !edit.after || !edit.isChanged())
                continue;
            if (edit.before)
                table.indexes.removeIf([&](const Index& index) {
                    return index.name == edit.was().name || index.name == edit.willBe().name;
                });
            Index index = edit.willBe();
            IndexText text = readIndex(index.definition);
            const IndexText before = edit.before ? readIndex(edit.was().definition) : IndexText{};
            if (text.parts == before.parts)
                text.parts = renamedInText(draft, text.parts);
            if (text.included == before.included)
                text.included = renamedInText(draft, text.included);
            if (text.predicate == before.predicate)
                text.predicate = renamedInText(draft, text.predicate);
            if (text.name.isEmpty())
                text.name = usualIndexName(table.name, text);
            index.name = text.name;
            index.definition = writeIndex(text, table.schema, table.name, m_result.engine);
            table.indexes.append(index);
        }
        for (const Edit<Trigger>& edit : draft.triggers) {
            if (edit.gone || !edit.after || !edit.isChanged())
                continue;
            if (edit.before)
                table.triggers.removeIf(
                    [&](const Trigger& trigger) { return trigger.name == edit.was().name; });
            Trigger trigger = edit.willBe();
            trigger.name = triggerName(trigger.definition);
            trigger.table = table.name;
            table.triggers.append(trigger);
        }
    }

    const Database& m_catalog;
    Database m_result;
    QList<Draft> m_drafts;
};

}  // namespace

Database targetOf(const Database& catalog, const Database& renamed, const Edits& edits)
{
    return Maker(catalog, renamed, edits).made();
}

}  // namespace dewpoint::structure
