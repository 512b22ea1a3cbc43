// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/part.h"

#include "diff/normalise.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::diff {

namespace {

template <class T>
Part whole(Part::Kind kind, const T& object, const QString& member = {})
{
    return {.kind = kind, .owner = {object.schema, object.name}, .member = member};
}

template <class T>
Part inside(Part::Kind kind, const change::Name& owner, const T& part)
{
    return {.kind = kind, .owner = owner, .member = part.name};
}

/// One arm for each alternative and none for all, so that a new kind of change does not compile without it.
struct PartOf {
    Engine engine = Engine::Sqlite;

    static Part schema(const QString& name)
    {
        return {.kind = Part::Kind::Schema, .owner = {{}, name}, .member = {}};
    }
    static Part extension(const dewpoint::schema::Extension& extension)
    {
        return {.kind = Part::Kind::Extension, .owner = {{}, extension.name}, .member = {}};
    }
    template <class T>
    Part ofTable(Part::Kind kind, const change::Name& owner, const T& part) const
    {
        if (engine == Engine::Sqlite)
            return {.kind = Part::Kind::Inside, .owner = owner, .member = {}};
        return diff::inside(kind, owner, part);
    }

    Part operator()(const change::AddSchema& c) const { return schema(c.name); }
    Part operator()(const change::DropSchema& c) const { return schema(c.name); }
    Part operator()(const change::AddExtension& c) const { return extension(c.extension); }
    Part operator()(const change::DropExtension& c) const { return extension(c.extension); }
    Part operator()(const change::AlterExtension& c) const { return extension(c.to); }
    Part operator()(const change::AddType& c) const { return whole(Part::Kind::Type, c.type); }
    Part operator()(const change::DropType& c) const { return whole(Part::Kind::Type, c.type); }
    Part operator()(const change::AlterType& c) const { return whole(Part::Kind::Type, c.to); }
    Part operator()(const change::AddSequence& c) const { return whole(Part::Kind::Sequence, c.sequence); }
    Part operator()(const change::DropSequence& c) const { return whole(Part::Kind::Sequence, c.sequence); }
    Part operator()(const change::AlterSequence& c) const { return whole(Part::Kind::Sequence, c.to); }
    Part operator()(const change::AddTable& c) const { return whole(Part::Kind::Table, c.table); }
    Part operator()(const change::DropTable& c) const { return whole(Part::Kind::Table, c.table); }
    Part operator()(const change::AlterTable& c) const
    {
        return whole(engine == Engine::Sqlite ? Part::Kind::Inside : Part::Kind::Options, c.to);
    }
    Part operator()(const change::AddColumn& c) const
    {
        return ofTable(Part::Kind::Column, c.table, c.column);
    }
    Part operator()(const change::DropColumn& c) const
    {
        return ofTable(Part::Kind::Column, c.table, c.column);
    }
    Part operator()(const change::AlterColumn& c) const { return ofTable(Part::Kind::Column, c.table, c.to); }
    Part operator()(const change::AddConstraint& c) const
    {
        return ofTable(Part::Kind::Constraint, c.table, c.constraint);
    }
    Part operator()(const change::DropConstraint& c) const
    {
        return ofTable(Part::Kind::Constraint, c.table, c.constraint);
    }
    Part operator()(const change::AlterConstraint& c) const
    {
        return ofTable(Part::Kind::Constraint, c.table, c.to);
    }
    Part operator()(const change::AddIndex& c) const { return inside(Part::Kind::Index, c.table, c.index); }
    Part operator()(const change::DropIndex& c) const { return inside(Part::Kind::Index, c.table, c.index); }
    Part operator()(const change::AlterIndex& c) const { return inside(Part::Kind::Index, c.table, c.to); }
    Part operator()(const change::AddTrigger& c) const
    {
        return inside(Part::Kind::Trigger, c.table, c.trigger);
    }
    Part operator()(const change::DropTrigger& c) const
    {
        return inside(Part::Kind::Trigger, c.table, c.trigger);
    }
    Part operator()(const change::AlterTrigger& c) const
    {
        return inside(Part::Kind::Trigger, c.table, c.to);
    }
    Part operator()(const change::AddPolicy& c) const
    {
        return inside(Part::Kind::Policy, c.table, c.policy);
    }
    Part operator()(const change::DropPolicy& c) const
    {
        return inside(Part::Kind::Policy, c.table, c.policy);
    }
    Part operator()(const change::AlterPolicy& c) const { return inside(Part::Kind::Policy, c.table, c.to); }
    Part operator()(const change::AddView& c) const { return whole(Part::Kind::View, c.view); }
    Part operator()(const change::DropView& c) const { return whole(Part::Kind::View, c.view); }
    Part operator()(const change::AlterView& c) const { return whole(Part::Kind::Query, c.to); }
    Part operator()(const change::AddRoutine& c) const
    {
        return whole(Part::Kind::Routine, c.routine, c.routine.arguments);
    }
    Part operator()(const change::DropRoutine& c) const
    {
        return whole(Part::Kind::Routine, c.routine, c.routine.arguments);
    }
    Part operator()(const change::AlterRoutine& c) const
    {
        return whole(Part::Kind::Routine, c.to, c.to.arguments);
    }
    Part operator()(const change::AddOther& c) const
    {
        return whole(Part::Kind::Other, c.object, c.object.kind);
    }
    Part operator()(const change::DropOther& c) const
    {
        return whole(Part::Kind::Other, c.object, c.object.kind);
    }
    Part operator()(const change::AlterOther& c) const { return whole(Part::Kind::Other, c.to, c.to.kind); }
    Part operator()(const change::SetComment& c) const
    {
        return {.kind = Part::Kind::Comment, .owner = c.owner, .member = c.member, .commented = c.what};
    }
    Part operator()(const change::SetPrivileges& c) const
    {
        return {.kind = Part::Kind::Privileges,
                .owner = {c.to.schema, c.to.name},
                .member = c.to.member,
                .granted = c.to.on};
    }
};

}  // namespace

Part partOf(const change::Change& change, Engine engine)
{
    return std::visit(PartOf{engine}, change);
}

QString keyOf(const Part& part, Engine engine)
{
    return QStringList{QString::number(static_cast<int>(part.kind)), key(part.owner.schema, engine),
                       key(part.owner.name, engine), key(part.member, engine),
                       part.kind == Part::Kind::Comment ? QString::number(static_cast<int>(part.commented))
                       : part.kind == Part::Kind::Privileges ? QString::number(static_cast<int>(part.granted))
                                                             : QString()}
        .join(u'\n');
}

bool isWholeRelation(const Part& part)
{
    return part.kind == Part::Kind::Table || part.kind == Part::Kind::View;
}

}  // namespace dewpoint::diff
