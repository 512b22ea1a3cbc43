// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "change/change.h"
#include "change/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::change {

namespace {

QString called(const Name& name)
{
    return change::called(name.schema, name.name);
}

QString routineName(const schema::Routine& routine)
{
    return u"%1(%2)"_s.arg(change::called(routine.schema, routine.name), routine.arguments);
}

QString viewName(const schema::View& view)
{
    return (view.materialized ? Words::tr("materialised view %1") : Words::tr("view %1"))
        .arg(change::called(view.schema, view.name));
}

/// The values of an enum, the attributes of a composite type.
QStringList members(const schema::Type& type)
{
    QStringList members = type.labels;
    for (const schema::Column& attribute : type.attributes)
        members << attribute.name + u' ' + words(attribute);
    return members;
}

/// "number integer → bigint" of the attributes that stay.
QStringList retypedAttributes(schema::Type& from, schema::Type& to)
{
    QStringList parts;
    for (const schema::Column& before : QList<schema::Column>(from.attributes)) {
        const auto after = std::ranges::find(to.attributes, before.name, &schema::Column::name);
        if (after == to.attributes.end())
            continue;
        if (*after != before)
            parts << before.name + u' ' + difference(before, *after);
        to.attributes.erase(after);
        from.attributes.removeOne(before);
    }
    return parts;
}

QString typeChange(schema::Type from, schema::Type to)
{
    QStringList parts = retypedAttributes(from, to);
    QStringList added = members(to);
    QStringList removed = members(from);
    for (const QString& member : members(from))
        added.removeAll(member);
    for (const QString& member : members(to))
        removed.removeAll(member);
    if (!added.isEmpty())
        parts.append(Words::tr("add %1").arg(added.join(u", "_s)));
    if (!removed.isEmpty())
        parts.append(Words::tr("drop %1").arg(removed.join(u", "_s)));
    if (from.definition != to.definition)
        parts.append(Words::tr("%1 → %2").arg(from.definition, to.definition));
    return parts.isEmpty() ? Words::tr("another order") : parts.join(u"; "_s);
}

QString commentedThing(const SetComment& change)
{
    const QString owner = called(change.owner);
    switch (change.what) {
    case Commented::Table: return Words::tr("table %1").arg(owner);
    case Commented::Column: return Words::tr("column %1 of %2").arg(change.member, owner);
    case Commented::Constraint: return Words::tr("constraint %1 of %2").arg(change.member, owner);
    case Commented::Index: return Words::tr("index %1").arg(change.member);
    case Commented::Trigger: return Words::tr("trigger %1 of %2").arg(change.member, owner);
    case Commented::View: return Words::tr("view %1").arg(owner);
    case Commented::Routine: return u"%1(%2)"_s.arg(owner, change.member);
    case Commented::Type: return Words::tr("type %1").arg(owner);
    case Commented::Other:
        return words(schema::OtherObject{.kind = change.member, .name = change.owner.name});
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// One arm for each alternative and none for all, so that a new kind of change does not compile without its words.
struct Sentence {
    QString operator()(const AddSchema& c) const { return Words::tr("Add schema %1").arg(c.name); }
    QString operator()(const DropSchema& c) const { return Words::tr("Drop schema %1").arg(c.name); }
    QString operator()(const AddExtension& c) const
    {
        return Words::tr("Add extension %1").arg(c.extension.name);
    }
    QString operator()(const DropExtension& c) const
    {
        return Words::tr("Drop extension %1").arg(c.extension.name);
    }
    QString operator()(const AlterExtension& c) const
    {
        return c.from.schema != c.to.schema ? Words::tr("Change extension %1: schema %2 → %3")
                                                  .arg(c.to.name, c.from.schema, c.to.schema)
                                            : Words::tr("Change extension %1: version %2 → %3")
                                                  .arg(c.to.name, c.from.version, c.to.version);
    }
    QString operator()(const AddType& c) const
    {
        return Words::tr("Add type %1").arg(change::called(c.type.schema, c.type.name));
    }
    QString operator()(const DropType& c) const
    {
        return Words::tr("Drop type %1").arg(change::called(c.type.schema, c.type.name));
    }
    QString operator()(const AlterType& c) const
    {
        return Words::tr("Change type %1: %2")
            .arg(change::called(c.to.schema, c.to.name), typeChange(c.from, c.to));
    }
    QString operator()(const AddSequence& c) const
    {
        return Words::tr("Add sequence %1").arg(change::called(c.sequence.schema, c.sequence.name));
    }
    QString operator()(const DropSequence& c) const
    {
        return Words::tr("Drop sequence %1").arg(change::called(c.sequence.schema, c.sequence.name));
    }
    QString operator()(const AlterSequence& c) const
    {
        return Words::tr("Change sequence %1: %2")
            .arg(change::called(c.to.schema, c.to.name), difference(c.from, c.to));
    }
    QString operator()(const AddTable& c) const
    {
        const QString name = change::called(c.table.schema, c.table.name);
        const qsizetype columns = std::ranges::count(c.table.columns, false, &schema::Column::hidden);
        return columns == 1 ? Words::tr("Add table %1 with 1 column").arg(name)
                            : Words::tr("Add table %1 with %2 columns").arg(name).arg(columns);
    }
    QString operator()(const DropTable& c) const
    {
        return Words::tr("Drop table %1 and its rows").arg(change::called(c.table.schema, c.table.name));
    }
    QString operator()(const AlterTable& c) const
    {
        return Words::tr("Change table %1: %2")
            .arg(change::called(c.to.schema, c.to.name), difference(c.from, c.to));
    }
    QString operator()(const AddColumn& c) const
    {
        const QString kind = words(c.column);
        return kind.isEmpty()
                   ? Words::tr("Add column %1 to %2").arg(c.column.name, called(c.table))
                   : Words::tr("Add column %1 to %2: %3").arg(c.column.name, called(c.table), kind);
    }
    QString operator()(const DropColumn& c) const
    {
        return Words::tr("Drop column %1 of %2 and its values").arg(c.column.name, called(c.table));
    }
    QString operator()(const AlterColumn& c) const
    {
        const QString text =
            Words::tr("Change column %1 of %2: %3").arg(c.to.name, called(c.table), difference(c.from, c.to));
        return losesValues(c) ? text + Words::tr("; its values are lost") : text;
    }
    QString operator()(const AddConstraint& c) const
    {
        return Words::tr("Add to %1: %2").arg(called(c.table), words(c.constraint));
    }
    QString operator()(const DropConstraint& c) const
    {
        return Words::tr("Drop from %1: %2").arg(called(c.table), words(c.constraint));
    }
    QString operator()(const AlterConstraint& c) const
    {
        return Words::tr("Change in %1: %2 → %3").arg(called(c.table), words(c.from), words(c.to));
    }
    QString operator()(const AddIndex& c) const
    {
        return Words::tr("Add to %1: %2").arg(called(c.table), words(c.index));
    }
    QString operator()(const DropIndex& c) const
    {
        return Words::tr("Drop from %1: %2").arg(called(c.table), words(c.index));
    }
    QString operator()(const AlterIndex& c) const
    {
        const bool told = words(c.from) != words(c.to);
        return Words::tr("Change in %1: %2 → %3")
            .arg(called(c.table), told ? words(c.from) : c.from.definition,
                 told ? words(c.to) : c.to.definition);
    }
    QString operator()(const AddTrigger& c) const
    {
        return Words::tr("Add trigger %1 to %2").arg(c.trigger.name, called(c.table));
    }
    QString operator()(const DropTrigger& c) const
    {
        return Words::tr("Drop trigger %1 of %2").arg(c.trigger.name, called(c.table));
    }
    QString operator()(const AlterTrigger& c) const
    {
        return Words::tr("Change trigger %1 of %2").arg(c.to.name, called(c.table));
    }
    QString operator()(const AddPolicy& c) const
    {
        return Words::tr("Add policy %1 to %2").arg(c.policy.name, called(c.table));
    }
    QString operator()(const DropPolicy& c) const
    {
        return Words::tr("Drop policy %1 of %2").arg(c.policy.name, called(c.table));
    }
    QString operator()(const AlterPolicy& c) const
    {
        return Words::tr("Change policy %1 of %2").arg(c.to.name, called(c.table));
    }
    QString operator()(const AddView& c) const { return Words::tr("Add %1").arg(viewName(c.view)); }
    QString operator()(const DropView& c) const { return Words::tr("Drop %1").arg(viewName(c.view)); }
    QString operator()(const AlterView& c) const { return Words::tr("Change %1").arg(viewName(c.to)); }
    QString operator()(const AddRoutine& c) const
    {
        return Words::tr("Add routine %1").arg(routineName(c.routine));
    }
    QString operator()(const DropRoutine& c) const
    {
        return Words::tr("Drop routine %1").arg(routineName(c.routine));
    }
    QString operator()(const AlterRoutine& c) const
    {
        return Words::tr("Change routine %1").arg(routineName(c.to));
    }
    QString operator()(const AddOther& c) const { return Words::tr("Add %1").arg(words(c.object)); }
    QString operator()(const DropOther& c) const { return Words::tr("Drop %1").arg(words(c.object)); }
    QString operator()(const AlterOther& c) const { return Words::tr("Change %1").arg(words(c.to)); }
    QString operator()(const SetComment& c) const
    {
        return c.to.isEmpty() ? Words::tr("Remove the comment on %1").arg(commentedThing(c))
                              : Words::tr("Comment on %1: %2").arg(commentedThing(c), c.to);
    }
    QString operator()(const SetPrivileges& c) const
    {
        return Words::tr("Privileges on %1: %2").arg(words(c.to), difference(c.from, c.to));
    }
};

}  // namespace

QString sentence(const Change& change)
{
    return std::visit(Sentence{}, change);
}

}  // namespace dewpoint::change
