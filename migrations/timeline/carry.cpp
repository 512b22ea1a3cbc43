// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/carry.h"

#include "diff/normalise.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::timeline {

namespace {

class Carrier final
{
public:
    Carrier(const schema::Database& before, const Renames& renames)
        : m_renames(renames), m_carried{.database = before, .parts = {}, .lost = {}}
    {
        m_carried.database.tables.clear();
        m_carried.database.views.clear();
        for (const schema::Table& table : before.tables)
            take(table, m_carried.database.tables);
        for (const schema::View& view : before.views)
            take(view, m_carried.database.views);
        takeAlone(m_carried.database.types, Part::Kind::Type);
        takeAlone(m_carried.database.sequences, Part::Kind::Sequence);
        for (schema::Type& type : m_carried.database.types)
            type.definition = renames.applied(type.definition);
        for (schema::Sequence& sequence : m_carried.database.sequences)
            sequence.ownedBy = renames.applied(sequence.ownedBy);
        takeRoutines();
        takeOthers();
    }

    Carried done() { return std::move(m_carried); }

private:
    template <class T>
    void takeAlone(QList<T>& things, Part::Kind kind)
    {
        const auto partOf = [&](const T& thing) {
            return Part{.kind = kind, .owner = {thing.schema, thing.name}, .member = {}};
        };
        things.removeIf([&](const T& thing) {
            const Part was = partOf(thing);
            const bool isLost = m_renames.isStandaloneTaken(was) && !m_renames.hasStandalone(was);
            if (isLost)
                m_carried.lost.append(was);
            return isLost;
        });
        for (T& thing : things) {
            const Part was = partOf(thing);
            const change::Name now = m_renames.standalone(was);
            thing.schema = now.schema;
            thing.name = now.name;
            m_carried.parts.append({was, partOf(thing)});
        }
    }

    /// They are told apart by the types that they take.
    void takeRoutines()
    {
        const auto partOf = [](const schema::Routine& routine) {
            return Part{.kind = Part::Kind::Routine,
                        .owner = {routine.schema, routine.name},
                        .member = routine.arguments};
        };
        m_carried.database.routines.removeIf([&](const schema::Routine& routine) {
            const Part was = partOf(routine);
            const bool isLost = m_renames.isStandaloneTaken(was) && !m_renames.hasStandalone(was);
            if (isLost)
                m_carried.lost.append(was);
            return isLost;
        });
        for (schema::Routine& routine : m_carried.database.routines) {
            const Part was = partOf(routine);
            const change::Name now = m_renames.standalone(was);
            routine.schema = now.schema;
            routine.name = now.name;
            routine.arguments = m_renames.member(was);
            m_carried.parts.append({was, partOf(routine)});
        }
    }

    /// Their names have those of tables and types in them.
    void takeOthers()
    {
        const auto partOf = [](const schema::OtherObject& other) {
            return Part{.kind = Part::Kind::Other, .owner = {other.schema, other.name}, .member = other.kind};
        };
        for (schema::OtherObject& other : m_carried.database.others) {
            const Part was = partOf(other);
            other.name = m_renames.applied(other.name);
            m_carried.parts.append({was, partOf(other)});
        }
    }

    template <class T>
    void take(const T& relation, QList<T>& list)
    {
        const change::Name was{relation.schema, relation.name};
        if (m_renames.isTaken(was) && !m_renames.hasRelation(was)) {
            m_carried.lost.append(partsOf(relation));
            return;
        }
        T now = relation;
        const change::Name name = m_renames.relation(was);
        now.schema = name.schema;
        now.name = name.name;
        loseTaken(now, was);
        QList<Part> before = partsOf(now);
        for (Part& part : before)
            part.owner = was;
        rename(now, was);
        // Of constraints without a name the text is the name, and it has the columns' names.
        const QList<Part> after = partsOf(now);
        for (qsizetype i = 0; i < before.size(); ++i)
            m_carried.parts.append({before.at(i), after.at(i)});
        list.append(std::move(now));
    }

    template <class T>
    void lose(QList<T>& things, Part::Kind kind, const change::Name& was)
    {
        things.removeIf([&](const T& thing) {
            const Part part{.kind = kind, .owner = was, .member = thing.name};
            const bool isLost =
                !thing.name.isEmpty() && m_renames.isMemberTaken(part) && !m_renames.hasMember(part);
            if (isLost)
                m_carried.lost.append(part);
            return isLost;
        });
    }

    void loseTaken(schema::Table& table, const change::Name& was)
    {
        lose(table.columns, Part::Kind::Column, was);
        lose(table.constraints, Part::Kind::Constraint, was);
        lose(table.indexes, Part::Kind::Index, was);
        lose(table.triggers, Part::Kind::Trigger, was);
    }

    void loseTaken(schema::View& view, const change::Name& was)
    {
        lose(view.columns, Part::Kind::Column, was);
        lose(view.indexes, Part::Kind::Index, was);
        lose(view.triggers, Part::Kind::Trigger, was);
    }

    template <class T>
    void renameAll(QList<T>& things, Part::Kind kind, const change::Name& was) const
    {
        for (T& thing : things)
            thing.name = m_renames.member({.kind = kind, .owner = was, .member = thing.name});
    }

    void renameColumns(QStringList& names, const change::Name& was) const
    {
        for (QString& name : names)
            name = m_renames.member(columnOf(was, name));
    }

    void rename(schema::View& view, const change::Name& was) const
    {
        renameAll(view.columns, Part::Kind::Column, was);
        renameAll(view.indexes, Part::Kind::Index, was);
        renameAll(view.triggers, Part::Kind::Trigger, was);
    }

    void rename(schema::Table& table, const change::Name& was) const
    {
        renameAll(table.columns, Part::Kind::Column, was);
        renameAll(table.constraints, Part::Kind::Constraint, was);
        renameAll(table.indexes, Part::Kind::Index, was);
        renameAll(table.triggers, Part::Kind::Trigger, was);
        for (schema::Constraint& constraint : table.constraints) {
            renameColumns(constraint.columns, was);
            if (constraint.kind == schema::ConstraintKind::ForeignKey)
                retarget(constraint, was);
            if (constraint.kind == schema::ConstraintKind::Check && constraint.name.isEmpty())
                constraint.definition = m_renames.applied(constraint.definition);
        }
    }

    void retarget(schema::Constraint& key, const change::Name& was) const
    {
        const change::Name target{key.targetSchema.isEmpty() ? was.schema : key.targetSchema,
                                  key.targetTable};
        renameColumns(key.targetColumns, target);
        const change::Name now = m_renames.relation(target);
        key.targetTable = now.name;
        if (!key.targetSchema.isEmpty())
            key.targetSchema = now.schema;
    }

    const Renames& m_renames;
    Carried m_carried;
};

}  // namespace

Carried carry(const schema::Database& before, const Renames& renames)
{
    return Carrier(before, renames).done();
}

}  // namespace dewpoint::timeline
