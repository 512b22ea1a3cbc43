// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "change/words.h"
#include "drift/item.h"

using namespace Qt::StringLiterals;

namespace dewpoint::drift {

namespace {

QString called(const change::Name& name)
{
    return change::called(name.schema, name.name);
}

template <class T>
QString nameOf(const T& object)
{
    return change::called(object.schema, object.name);
}

QString thing(const schema::Extension& extension)
{
    return Words::tr("Extension %1").arg(extension.name);
}

QString thing(const schema::Type& type)
{
    return Words::tr("Type %1").arg(nameOf(type));
}

QString thing(const schema::Sequence& sequence)
{
    return Words::tr("Sequence %1").arg(nameOf(sequence));
}

QString thing(const schema::Table& table)
{
    return Words::tr("Table %1").arg(nameOf(table));
}

QString thing(const schema::View& view)
{
    return (view.materialized ? Words::tr("Materialised view %1") : Words::tr("View %1")).arg(nameOf(view));
}

QString thing(const schema::Routine& routine)
{
    const QString name = u"%1(%2)"_s.arg(nameOf(routine), routine.arguments);
    return (routine.kind == schema::RoutineKind::Procedure ? Words::tr("Procedure %1")
                                                           : Words::tr("Function %1"))
        .arg(name);
}

/// The kinds' names are PostgreSQL's own, as those of its statements.
QString thing(const schema::OtherObject& object)
{
    const QString words = change::words(object);
    return words.first(1).toUpper() + words.sliced(1);
}

QString thing(const schema::Column& column, const QString& table)
{
    return Words::tr("Column %1 of %2").arg(column.name, table);
}

/// Its rule says more than its name, and SQLite's mostly have none.
QString thing(const schema::Constraint& constraint, const QString& table)
{
    return constraint.name.isEmpty()
               ? Words::tr("Constraint of %1 (%2)").arg(table, change::words(constraint))
               : Words::tr("Constraint %1 of %2").arg(constraint.name, table);
}

QString thing(const schema::Index& index, const QString& table)
{
    return Words::tr("Index %1 of %2").arg(index.name, table);
}

QString thing(const schema::Trigger& trigger, const QString& table)
{
    return Words::tr("Trigger %1 of %2").arg(trigger.name, table);
}

QString thing(const schema::Policy& policy, const QString& table)
{
    return Words::tr("Policy %1 of %2").arg(policy.name, table);
}

QString thingOf(const change::SetComment& comment)
{
    const QString owner = called(comment.owner);
    using change::Commented;
    switch (comment.what) {
    case Commented::Table:
    case Commented::View:
    case Commented::Type: return Words::tr("The comment on %1").arg(owner);
    case Commented::Routine: return Words::tr("The comment on %1(%2)").arg(owner, comment.member);
    case Commented::Other:
        return Words::tr("The comment on %1")
            .arg(change::words(schema::OtherObject{.kind = comment.member, .name = comment.owner.name}));
    case Commented::Column:
    case Commented::Constraint:
    case Commented::Index:
    case Commented::Trigger: return Words::tr("The comment on %1 of %2").arg(comment.member, owner);
    }
    std::unreachable();
}

/// One arm for each alternative and none for all, so that a new kind of change does not compile without it.
struct Thing {
    QString operator()(const change::AddSchema& c) const { return Words::tr("Schema %1").arg(c.name); }
    QString operator()(const change::DropSchema& c) const { return Words::tr("Schema %1").arg(c.name); }
    QString operator()(const change::AddExtension& c) const { return thing(c.extension); }
    QString operator()(const change::DropExtension& c) const { return thing(c.extension); }
    QString operator()(const change::AlterExtension& c) const { return thing(c.to); }
    QString operator()(const change::AddType& c) const { return thing(c.type); }
    QString operator()(const change::DropType& c) const { return thing(c.type); }
    QString operator()(const change::AlterType& c) const { return thing(c.to); }
    QString operator()(const change::AddSequence& c) const { return thing(c.sequence); }
    QString operator()(const change::DropSequence& c) const { return thing(c.sequence); }
    QString operator()(const change::AlterSequence& c) const { return thing(c.to); }
    QString operator()(const change::AddTable& c) const { return thing(c.table); }
    QString operator()(const change::DropTable& c) const { return thing(c.table); }
    QString operator()(const change::AlterTable& c) const { return thing(c.to); }
    QString operator()(const change::AddColumn& c) const { return thing(c.column, called(c.table)); }
    QString operator()(const change::DropColumn& c) const { return thing(c.column, called(c.table)); }
    QString operator()(const change::AlterColumn& c) const { return thing(c.to, called(c.table)); }
    QString operator()(const change::AddConstraint& c) const { return thing(c.constraint, called(c.table)); }
    QString operator()(const change::DropConstraint& c) const { return thing(c.constraint, called(c.table)); }
    QString operator()(const change::AlterConstraint& c) const { return thing(c.to, called(c.table)); }
    QString operator()(const change::AddIndex& c) const { return thing(c.index, called(c.table)); }
    QString operator()(const change::DropIndex& c) const { return thing(c.index, called(c.table)); }
    QString operator()(const change::AlterIndex& c) const { return thing(c.to, called(c.table)); }
    QString operator()(const change::AddTrigger& c) const { return thing(c.trigger, called(c.table)); }
    QString operator()(const change::DropTrigger& c) const { return thing(c.trigger, called(c.table)); }
    QString operator()(const change::AlterTrigger& c) const { return thing(c.to, called(c.table)); }
    QString operator()(const change::AddPolicy& c) const { return thing(c.policy, called(c.table)); }
    QString operator()(const change::DropPolicy& c) const { return thing(c.policy, called(c.table)); }
    QString operator()(const change::AlterPolicy& c) const { return thing(c.to, called(c.table)); }
    QString operator()(const change::AddView& c) const { return thing(c.view); }
    QString operator()(const change::DropView& c) const { return thing(c.view); }
    QString operator()(const change::AlterView& c) const { return thing(c.to); }
    QString operator()(const change::AddRoutine& c) const { return thing(c.routine); }
    QString operator()(const change::DropRoutine& c) const { return thing(c.routine); }
    QString operator()(const change::AlterRoutine& c) const { return thing(c.to); }
    QString operator()(const change::AddOther& c) const { return thing(c.object); }
    QString operator()(const change::DropOther& c) const { return thing(c.object); }
    QString operator()(const change::AlterOther& c) const { return thing(c.to); }
    QString operator()(const change::SetComment& c) const { return thingOf(c); }
    QString operator()(const change::SetPrivileges& c) const
    {
        return Words::tr("What may be done with %1").arg(change::words(c.to));
    }
};

}  // namespace

QString thingOf(const change::Change& change)
{
    return std::visit(Thing{}, change);
}

}  // namespace dewpoint::drift
