// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "change/words.h"
#include "diff/column_order.h"
#include "diff/compare.h"
#include "diff/normalise.h"
#include "plan/engines.h"
#include "plan/ordered.h"
#include "plan/sqlite_rebuild.h"
#include "plan/sqlite_standing.h"
#include "plan/sqlite_text.h"
#include "sql/dialect.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
using change::Change;
using sql::quoted;

namespace {

QString keyOf(const QString& name)
{
    return diff::key(name, Engine::Sqlite);
}

using TablesByKey = QHash<QString, const Table*>;

TablesByKey tablesByKey(const Database& database)
{
    TablesByKey tables;
    tables.reserve(database.tables.size());
    for (const Table& table : database.tables)
        tables.insert(keyOf(table.name), &table);
    return tables;
}

/// What happens to the columns, constraints or options of a table, not beside it.
bool isInside(const Change& change)
{
    return std::holds_alternative<change::AlterTable>(change)
           || std::holds_alternative<change::AddColumn>(change)
           || std::holds_alternative<change::DropColumn>(change)
           || std::holds_alternative<change::AlterColumn>(change)
           || std::holds_alternative<change::AddConstraint>(change)
           || std::holds_alternative<change::DropConstraint>(change)
           || std::holds_alternative<change::AlterConstraint>(change);
}

/// Turns changes into steps, phase by phase: what is in the way goes, tables change, the rest comes.
class SqlitePlanner final
{
public:
    SqlitePlanner(const Database& from, const Database& to, const QList<change::Name>& ordered)
        : m_from(from), m_to(to), m_changes(diff::compare(from, to) + diff::columnOrders(from, to, ordered))
    {}

    Plan made()
    {
        sortOut();
        for (const Change& change : std::as_const(m_changes))
            dropBeside(change);
        alterTables();
        for (const Change& change : std::as_const(m_changes))
            dropTable(change);
        for (const Change& change : std::as_const(m_changes))
            addTable(change);
        for (const Change& change : std::as_const(m_changes))
            addIndex(change);
        checkReferences();
        for (const Change& change : std::as_const(m_changes))
            addView(change);
        for (const Change& change : std::as_const(m_changes))
            addTrigger(change);
        m_plan.engine = Engine::Sqlite;
        return std::move(m_plan);
    }

private:
    /// Which tables change, and which of them ALTER TABLE is enough for.
    void sortOut()
    {
        for (const Change& change : std::as_const(m_changes)) {
            if (isInside(change)) {
                const QString key = keyOf(change::relation(change).name);
                if (!m_inside.contains(key))
                    m_altered << key;
                m_inside[key].append(change);
            }
        }
        if (!m_altered.isEmpty()) {
            m_fromTables = tablesByKey(m_from);
            m_toTables = tablesByKey(m_to);
        }
        const Standing standing(m_from, m_changes);
        const bool broken = standing.isBroken();
        for (const QString& key : std::as_const(m_altered)) {
            const Table* from = m_fromTables.value(key);
            const Table* to = m_toTables.value(key);
            if (from->kind == TableKind::Virtual || to->kind == TableKind::Virtual)
                m_replaced.insert(key);
            else if (const auto sql = alterInPlace(*to, m_inside.value(key), *from, standing.about(*from));
                     sql && !(broken && drops(m_inside.value(key))))
                m_inPlace.insert(key, *sql);
            else
                m_rebuilt.insert(key);
        }
        m_plan.foreignKeysOff = !m_rebuilt.isEmpty() || dropsReferredTable();
    }

    bool dropsReferredTable() const
    {
        return std::ranges::any_of(m_changes, [&](const Change& change) {
            const auto* drop = std::get_if<change::DropTable>(&change);
            return drop && std::ranges::any_of(m_from.tables, [&](const Table& table) {
                       return std::ranges::any_of(table.constraints, [&](const Constraint& constraint) {
                           return keyOf(constraint.targetTable) == keyOf(drop->table.name);
                       });
                   });
        });
    }

    /// A column that goes, or is computed from now on.
    static bool losesValues(const Change& change)
    {
        const auto* altered = std::get_if<change::AlterColumn>(&change);
        return std::holds_alternative<change::DropColumn>(change)
               || (altered && change::losesValues(*altered));
    }

    static bool drops(const QList<Change>& changes)
    {
        return std::ranges::any_of(
            changes, [](const Change& change) { return std::holds_alternative<change::DropColumn>(change); });
    }

    bool goesWithTable(const change::Name& table) const
    {
        return m_rebuilt.contains(keyOf(table.name)) || m_replaced.contains(keyOf(table.name));
    }

    bool goesWithView(const change::Name& view) const
    {
        return std::ranges::any_of(m_changes, [&](const Change& change) {
            const auto* altered = std::get_if<change::AlterView>(&change);
            return altered && keyOf(altered->to.name) == keyOf(view.name);
        });
    }

    void add(const Change& source, QStringList sql, bool losesData = false)
    {
        m_plan.steps.append(Step{.sql = std::move(sql),
                                 .sentence = change::sentence(source),
                                 .source = source,
                                 .losesData = losesData});
    }

    void addAlong(const QString& sentence, const QString& sql)
    {
        m_plan.steps.append(Step{.sql = {sql}, .sentence = sentence});
    }

    void dropBeside(const Change& change)
    {
        if (const auto* view = std::get_if<change::DropView>(&change)) {
            add(change, {u"DROP VIEW "_s + quoted(view->view.name)});
        } else if (const auto* altered = std::get_if<change::AlterView>(&change)) {
            addAlong(Words::tr("Take view %1 out of the way").arg(altered->from.name),
                     u"DROP VIEW "_s + quoted(altered->from.name));
        } else if (const auto* trigger = std::get_if<change::DropTrigger>(&change)) {
            if (!goesWithView(trigger->table))
                add(change, {u"DROP TRIGGER "_s + quoted(trigger->trigger.name)});
        } else if (const auto* other = std::get_if<change::AlterTrigger>(&change)) {
            if (!goesWithView(other->table))
                addAlong(Words::tr("Take trigger %1 out of the way").arg(other->from.name),
                         u"DROP TRIGGER "_s + quoted(other->from.name));
        } else if (const auto* index = std::get_if<change::DropIndex>(&change)) {
            if (!goesWithTable(index->table))
                add(change, {u"DROP INDEX "_s + quoted(index->index.name)});
        } else if (const auto* indexed = std::get_if<change::AlterIndex>(&change)) {
            if (!goesWithTable(indexed->table))
                addAlong(Words::tr("Take index %1 out of the way").arg(indexed->from.name),
                         u"DROP INDEX "_s + quoted(indexed->from.name));
        }
    }

    void alterTables()
    {
        for (const QString& key : std::as_const(m_altered)) {
            const Table* from = m_fromTables.value(key);
            const Table* to = m_toTables.value(key);
            const QList<Change> changes = m_inside.value(key);
            QStringList sentences;
            for (const Change& change : changes)
                sentences << change::sentence(change);
            Step step{.sentence = sentences.join(u"; "_s), .source = changes.constFirst()};
            step.losesData = std::ranges::any_of(changes, losesValues);
            if (m_inPlace.contains(key)) {
                step.sql = m_inPlace.value(key);
            } else if (m_replaced.contains(key)) {
                step.sql = {u"DROP TABLE "_s + quoted(from->name), to->definition};
                step.sentence += u"; "_s + Words::tr("its rows are lost");
                step.losesData = true;
            } else {
                step.sql = rebuild(*from, *to);
            }
            m_plan.steps.append(step);
        }
    }

    void dropTable(const Change& change)
    {
        if (const auto* drop = std::get_if<change::DropTable>(&change))
            add(change, {u"DROP TABLE "_s + quoted(drop->table.name)}, true);
    }

    void addTable(const Change& change)
    {
        if (const auto* table = std::get_if<change::AddTable>(&change))
            add(change, {table->table.definition});
    }

    void addIndex(const Change& change)
    {
        if (const auto* table = std::get_if<change::AddTable>(&change))
            addIndexes(table->table, {});
        else if (const auto* index = std::get_if<change::AddIndex>(&change))
            add(change, {index->index.definition});
        else if (const auto* altered = std::get_if<change::AlterIndex>(&change))
            add(change, {altered->to.definition});
        else if (isInside(change))
            addKept(change::relation(change).name, &SqlitePlanner::addIndexes, m_indexed);
    }

    /// When all that they could refer to is there.
    void checkReferences()
    {
        for (const QString& key : std::as_const(m_altered)) {
            const Table* to = m_toTables.value(key);
            if (!m_rebuilt.contains(key))
                continue;
            if (QStringList sql = plan::checkReferences(*m_fromTables.value(key), *to); !sql.isEmpty())
                m_plan.steps.append(Step{
                    .sql = std::move(sql),
                    .sentence = Words::tr("The rows of %1 must refer to rows that are there").arg(to->name)});
        }
    }

    void addView(const Change& change)
    {
        if (const auto* view = std::get_if<change::AddView>(&change))
            add(change, {view->view.definition});
        else if (const auto* altered = std::get_if<change::AlterView>(&change))
            add(change, {altered->to.definition});
    }

    void addTrigger(const Change& change)
    {
        if (const auto* table = std::get_if<change::AddTable>(&change)) {
            addTriggers(table->table, {});
        } else if (const auto* view = std::get_if<change::AddView>(&change)) {
            addTriggers(view->view, {});
        } else if (const auto* trigger = std::get_if<change::AddTrigger>(&change)) {
            add(change, {trigger->trigger.definition});
        } else if (const auto* other = std::get_if<change::AlterTrigger>(&change)) {
            add(change, {other->to.definition});
        } else if (const auto* altered = std::get_if<change::AlterView>(&change)) {
            addTriggers(altered->to, changedBeside(altered->to.name));
        } else if (isInside(change)) {
            addKept(change::relation(change).name, &SqlitePlanner::addTriggers<Table>, m_triggered);
        }
    }

    using AddAll = void (SqlitePlanner::*)(const Table&, const QSet<QString>&);

    /// Once for each table that took them along when it was dropped.
    void addKept(const QString& table, AddAll addAll, QSet<QString>& done)
    {
        const QString key = keyOf(table);
        if ((!m_rebuilt.contains(key) && !m_replaced.contains(key)) || done.contains(key))
            return;
        done.insert(key);
        (this->*addAll)(*m_toTables.value(key), changedBeside(table));
    }

    /// Indexes and triggers of a relation that have changes, and so steps, of their own.
    QSet<QString> changedBeside(const QString& relation) const
    {
        QSet<QString> names;
        for (const Change& change : m_changes) {
            if (keyOf(change::relation(change).name) != keyOf(relation))
                continue;
            if (const auto* index = std::get_if<change::AddIndex>(&change))
                names.insert(index->index.name);
            else if (const auto* altered = std::get_if<change::AlterIndex>(&change))
                names.insert(altered->to.name);
            else if (const auto* trigger = std::get_if<change::AddTrigger>(&change))
                names.insert(trigger->trigger.name);
            else if (const auto* other = std::get_if<change::AlterTrigger>(&change))
                names.insert(other->to.name);
        }
        return names;
    }

    void addIndexes(const Table& table, const QSet<QString>& except)
    {
        for (const Index& index : table.indexes) {
            if (!index.implicit && !except.contains(index.name))
                addAlong(Words::tr("Index %1 of %2").arg(index.name, table.name), index.definition);
        }
    }

    template <class Owner>
    void addTriggers(const Owner& owner, const QSet<QString>& except)
    {
        for (const Trigger& trigger : owner.triggers) {
            if (!except.contains(trigger.name))
                addAlong(Words::tr("Trigger %1 of %2").arg(trigger.name, owner.name), trigger.definition);
        }
    }

    const Database& m_from;
    const Database& m_to;
    const QList<Change> m_changes;
    Plan m_plan;
    QHash<QString, QList<Change>> m_inside;  ///< by table
    TablesByKey m_fromTables, m_toTables;    ///< where any is altered
    QStringList m_altered;                   ///< the tables, in order
    QHash<QString, QStringList> m_inPlace;
    QSet<QString> m_rebuilt;
    QSet<QString> m_replaced;  ///< virtual ones
    QSet<QString> m_indexed;
    QSet<QString> m_triggered;
};

}  // namespace

Result<Plan> planSqlite(const Database& from, const Database& to)
{
    return SqlitePlanner(from, to, {}).made();
}

Result<Plan> planOrdered(const Database& from, const Database& to, const Options& options,
                         const QList<change::Name>& ordered)
{
    if (from.engine == Engine::Sqlite && to.engine == Engine::Sqlite)
        return SqlitePlanner(from, to, ordered).made();
    return plan(from, to, options);
}

}  // namespace dewpoint::plan
