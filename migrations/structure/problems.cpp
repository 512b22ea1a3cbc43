// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "structure/target.h"
#include "structure/texts.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;

namespace {

/// Looks at one draft after the other and says what cannot be.
class Judge final
{
public:
    Judge(const Database& catalog, const Edits& edits)
        : m_catalog(catalog), m_drafts(draftsOf(catalog, edits)), m_edits(edits)
    {}

    QList<Problem> found()
    {
        for (const Draft& draft : std::as_const(m_drafts)) {
            if (draft.head.gone) {
                add(draft, Kind::Table, 0, Field::Whole,
                    Words::tr("There is no table %1 any more. Discard its edits.").arg(draft.id.name));
                continue;
            }
            if (draft.head.isDropped()) {
                judgeReferrers(draft);
                continue;
            }
            judgeHead(draft);
            judgeColumns(draft);
            judgeConstraints(draft);
            judgeIndexes(draft);
            judgeTriggers(draft);
        }
        return m_found;
    }

private:
    void add(const Draft& draft, Kind kind, qsizetype row, Field field, const QString& text)
    {
        m_found.append(
            {.place = {.table = draft.id, .kind = kind, .row = row, .field = field}, .text = text});
    }

    QString key(const QString& name) const
    {
        return m_catalog.engine == Engine::Sqlite ? name.toLower() : name;
    }

    bool has(const QStringList& names, const QString& name) const
    {
        return std::ranges::any_of(names, [&](const QString& one) { return key(one) == key(name); });
    }

    void judgeHead(const Draft& draft)
    {
        const Head& head = draft.head.willBe();
        const bool renamed = draft.head.isNew() || draft.head.was().name != head.name;
        if (head.name.trimmed().isEmpty())
            add(draft, Kind::Table, 0, Field::Name, Words::tr("A table needs a name."));
        else if (renamed && isTaken(draft, head))
            add(draft, Kind::Table, 0, Field::Name, Words::tr("There is a %1 already.").arg(head.name));
        if (draft.columnNames().isEmpty())
            add(draft, Kind::Table, 0, Field::Whole, Words::tr("A table needs a column."));
    }

    bool isTaken(const Draft& draft, const Head& head) const
    {
        for (const Table& table : m_catalog.tables) {
            const TableId id{table.schema, table.name};
            if (id == draft.id || table.schema != head.schema)
                continue;
            const Draft other = draftOf(m_catalog, m_edits, id);
            // What goes in the same step still has its name while others get theirs.
            if (key(table.name) == key(head.name) && (other.head.isDropped() || !other.head.isChanged()))
                return true;
        }
        const auto same = [&](const Draft& other) {
            return other.id != draft.id && other.head.after && other.head.willBe().schema == head.schema
                   && key(other.head.willBe().name) == key(head.name);
        };
        return std::ranges::any_of(m_drafts, same) || m_catalog.view(head.schema, head.name);
    }

    void judgeColumns(const Draft& draft)
    {
        QHash<QString, int> names;  // renames come first, so what goes still has its name
        for (const Edit<Column>& column : draft.columns) {
            if (!column.gone)
                ++names[key(column.shown().name)];
        }
        for (qsizetype row = 0; row < draft.columns.size(); ++row) {
            const Edit<Column>& column = draft.columns.at(row);
            if (column.gone)
                add(draft, Kind::Column, row, Field::Whole,
                    Words::tr("There is no column %1 any more. Take this edit back.").arg(column.was().name));
            else if (column.isDropped())
                judgeDropped(draft, row);
            else
                judgeColumn(draft, row, names);
        }
    }

    void judgeColumn(const Draft& draft, qsizetype row, const QHash<QString, int>& names)
    {
        const Edit<Column>& edit = draft.columns.at(row);
        const Column& column = edit.willBe();
        const bool named = edit.isNew() || edit.was().name != column.name;
        if (column.name.trimmed().isEmpty())
            add(draft, Kind::Column, row, Field::Name, Words::tr("A column needs a name."));
        else if (named && names.value(key(column.name)) > 1)
            add(draft, Kind::Column, row, Field::Name,
                Words::tr("The name %1 is taken, also where its column is dropped here.").arg(column.name));
        if (m_catalog.engine == Engine::Postgres && column.type.trimmed().isEmpty())
            add(draft, Kind::Column, row, Field::Type, Words::tr("A column needs a type."));
        if (column.generated != Generated::None && column.generatedSql.trimmed().isEmpty())
            add(draft, Kind::Column, row, Field::Expression,
                Words::tr("Say what the column is computed from."));
        if (column.identity != Identity::None && column.defaultSql)
            add(draft, Kind::Column, row, Field::Default,
                Words::tr("A column that numbers itself has no default."));
    }

    void judgeDropped(const Draft& draft, qsizetype row)
    {
        const QString& column = draft.columns.at(row).was().name;
        for (const auto& [table, constraint] : keysTo(draft)) {
            if (has(constraint.targetColumns, column))
                add(draft, Kind::Column, row, Field::Whole,
                    Words::tr("%1 refers to this column. Drop its foreign key first.").arg(table));
        }
    }

    void judgeReferrers(const Draft& draft)
    {
        for (const auto& [table, constraint] : keysTo(draft))
            add(draft, Kind::Table, 0, Field::Whole,
                Words::tr("%1 refers to this table. Drop its foreign key first.").arg(table));
    }

    /// The foreign keys of other tables that shall stand and point to this one.
    QList<std::pair<QString, Constraint>> keysTo(const Draft& draft) const
    {
        QList<std::pair<QString, Constraint>> keys;
        for (const Table& table : m_catalog.tables) {
            const TableId id{table.schema, table.name};
            if (id == draft.id)
                continue;
            const Draft other = draftOf(m_catalog, m_edits, id);
            if (other.head.isDropped())
                continue;
            for (const Edit<Constraint>& key : other.constraints) {
                if (key.before && key.after && !key.gone && key.willBe().kind == ConstraintKind::ForeignKey
                    && this->key(key.willBe().targetTable) == this->key(draft.id.name)
                    && (key.willBe().targetSchema.isEmpty() || key.willBe().targetSchema == draft.id.schema))
                    keys.append({table.name, key.willBe()});
            }
        }
        return keys;
    }

    void judgeConstraints(const Draft& draft)
    {
        int primaryKeys = 0;
        for (qsizetype row = 0; row < draft.constraints.size(); ++row) {
            const Edit<Constraint>& edit = draft.constraints.at(row);
            if (edit.gone)
                add(draft, Kind::Constraint, row, Field::Whole,
                    Words::tr("This is not in the table any more. Take this edit back."));
            if (edit.gone || edit.isDropped())
                continue;
            primaryKeys += edit.willBe().kind == ConstraintKind::PrimaryKey ? 1 : 0;
            if (primaryKeys > 1 && edit.willBe().kind == ConstraintKind::PrimaryKey)
                add(draft, Kind::Constraint, row, Field::Whole, Words::tr("A table has one primary key."));
            if (edit.isChanged())
                judgeConstraint(draft, row, edit.willBe());
        }
    }

    void judgeConstraint(const Draft& draft, qsizetype row, const Constraint& constraint)
    {
        const auto problem = [&](Field field, const QString& text) {
            add(draft, Kind::Constraint, row, field, text);
        };
        if (constraint.kind == ConstraintKind::Check) {
            if (checkExpression(constraint, m_catalog.engine).trimmed().isEmpty())
                problem(Field::Expression, Words::tr("Say what must be true of each row."));
            return;
        }
        if (constraint.kind == ConstraintKind::Exclusion) {
            if (!saysOperators(readExclusion(constraint.definition)))
                problem(Field::Columns, Words::tr("Name the columns or expressions, and for each the "
                                                  "operator that compares it: room WITH =."));
            return;
        }
        if (constraint.columns.isEmpty())
            problem(Field::Columns, Words::tr("Name the columns."));
        judgeNames(draft, constraint.columns, [&](const QString& text) { problem(Field::Columns, text); });
        if (constraint.kind != ConstraintKind::ForeignKey)
            return;
        if (constraint.targetTable.isEmpty())
            problem(Field::Target, Words::tr("Choose the table that it refers to."));
        else if (!constraint.targetColumns.isEmpty()
                 && constraint.targetColumns.size() != constraint.columns.size())
            problem(Field::TargetColumns, Words::tr("Name as many columns as the key has."));
        else
            judgeTarget(draft, constraint, problem);
    }

    /// As it will be: what is edited there counts.
    std::optional<Draft> targetOf(const Draft& draft, const Constraint& key) const
    {
        const QString schemaName = key.targetSchema.isEmpty() ? draft.id.schema : key.targetSchema;
        for (const Draft& other : m_drafts) {
            if (other.head.after && other.head.willBe().schema == schemaName
                && this->key(other.head.willBe().name) == this->key(key.targetTable))
                return other;
        }
        for (const Table& table : m_catalog.tables) {
            if (table.schema == schemaName && this->key(table.name) == this->key(key.targetTable))
                return draftOf(m_catalog, m_edits, {table.schema, table.name});
        }
        return {};
    }

    template <class Say>
    void judgeTarget(const Draft& draft, const Constraint& key, Say problem)
    {
        const auto target = targetOf(draft, key);
        if (!target || target->head.isDropped())
            return problem(Field::Target, Words::tr("There will be no table %1.").arg(key.targetTable));
        if (key.targetColumns.isEmpty()) {
            if (target->primaryKey().isEmpty())
                problem(Field::TargetColumns,
                        Words::tr("%1 has no primary key: name the columns.").arg(key.targetTable));
            return;
        }
        for (const QString& name : key.targetColumns) {
            const bool known = std::ranges::any_of(target->columns, [&](const Edit<Column>& column) {
                return column.after
                       && (this->key(column.willBe().name) == this->key(name)
                           || (column.before && column.was().name == name));
            });
            if (!known)
                return problem(Field::TargetColumns,
                               Words::tr("%1 has no column %2.").arg(key.targetTable, name));
        }
    }

    template <class Say>
    void judgeNames(const Draft& draft, const QStringList& names, Say say)
    {
        const QStringList known = draft.columnNames();
        for (const QString& name : names) {
            const bool old = std::ranges::any_of(draft.columns, [&](const Edit<Column>& column) {
                return column.before && column.after && column.was().name == name;
            });
            if (!has(known, name) && !old)
                return say(Words::tr("There is no column %1.").arg(name));
        }
    }

    void judgeIndexes(const Draft& draft)
    {
        for (qsizetype row = 0; row < draft.indexes.size(); ++row) {
            const Edit<Index>& edit = draft.indexes.at(row);
            if (edit.gone)
                add(draft, Kind::Index, row, Field::Whole,
                    Words::tr("There is no index %1 any more. Take this edit back.").arg(edit.was().name));
            else if (edit.after && edit.isChanged() && readIndex(edit.willBe().definition).parts.isEmpty())
                add(draft, Kind::Index, row, Field::Columns, Words::tr("Name the columns or expressions."));
        }
    }

    void judgeTriggers(const Draft& draft)
    {
        for (qsizetype row = 0; row < draft.triggers.size(); ++row) {
            const Edit<Trigger>& edit = draft.triggers.at(row);
            if (edit.gone)
                add(draft, Kind::Trigger, row, Field::Whole,
                    Words::tr("There is no trigger %1 any more. Take this edit back.").arg(edit.was().name));
            else if (edit.after && edit.isChanged() && triggerName(edit.willBe().definition).isEmpty())
                add(draft, Kind::Trigger, row, Field::Text,
                    Words::tr("This is not a CREATE TRIGGER statement."));
        }
    }

    const Database& m_catalog;
    QList<Draft> m_drafts;
    const Edits& m_edits;
    QList<Problem> m_found;
};

}  // namespace

QList<Problem> problemsOf(const Database& catalog, const Edits& edits)
{
    return Judge(catalog, edits).found();
}

QString lockedBecause(const Table& table)
{
    if (table.kind == TableKind::Virtual)
        return Words::tr("This is a virtual table. Its module %1 decides what it consists of.")
            .arg(table.module);
    if (table.kind == TableKind::Foreign)
        return Words::tr("This is a foreign table. Its structure is that of the table on %1.")
            .arg(table.foreignServer);
    if (!table.partitionBound.isEmpty())
        return Words::tr("This is a partition. Its structure is that of %1.").arg(table.inherits.value(0));
    if (!table.inherits.isEmpty())
        return Words::tr("This table inherits from %1, so its structure is edited there.")
            .arg(table.inherits.join(u", "_s));
    if (table.name.startsWith(u"sqlite_", Qt::CaseInsensitive) || table.schema == u"pg_catalog"
        || table.schema == u"information_schema")
        return Words::tr("This table belongs to the database system.");
    return {};
}

}  // namespace dewpoint::structure
