// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "change/change.h"
#include "change/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dewpoint::change {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

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
    return (view.materialized ? tr("materialised view %1") : tr("view %1"))
        .arg(change::called(view.schema, view.name));
}

QString labelChange(const schema::Type& from, const schema::Type& to)
{
    QStringList added = to.labels;
    QStringList removed = from.labels;
    for (const QString& label : from.labels)
        added.removeAll(label);
    for (const QString& label : to.labels)
        removed.removeAll(label);
    QStringList parts;
    if (!added.isEmpty())
        parts.append(tr("add %1").arg(added.join(u", "_s)));
    if (!removed.isEmpty())
        parts.append(tr("drop %1").arg(removed.join(u", "_s)));
    return parts.isEmpty() ? QString() : u": "_s + parts.join(u"; "_s);
}

QString commentedThing(const SetComment& change)
{
    const QString owner = called(change.owner);
    switch (change.what) {
    case Commented::Table: return tr("table %1").arg(owner);
    case Commented::Column: return tr("column %1 of %2").arg(change.member, owner);
    case Commented::Constraint: return tr("constraint %1 of %2").arg(change.member, owner);
    case Commented::Index: return tr("index %1").arg(change.member);
    case Commented::Trigger: return tr("trigger %1 of %2").arg(change.member, owner);
    case Commented::View: return tr("view %1").arg(owner);
    case Commented::Routine: return u"%1(%2)"_s.arg(owner, change.member);
    case Commented::Type: return tr("type %1").arg(owner);
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// One arm for each alternative and none for all, so that a new kind of change does not compile without its words.
struct Sentence {
    QString operator()(const AddSchema& c) const { return tr("Add schema %1").arg(c.name); }
    QString operator()(const DropSchema& c) const { return tr("Drop schema %1").arg(c.name); }
    QString operator()(const AddExtension& c) const { return tr("Add extension %1").arg(c.extension.name); }
    QString operator()(const DropExtension& c) const { return tr("Drop extension %1").arg(c.extension.name); }
    QString operator()(const AlterExtension& c) const
    {
        return tr("Change extension %1: version %2 → %3").arg(c.to.name, c.from.version, c.to.version);
    }
    QString operator()(const AddType& c) const
    {
        return tr("Add type %1").arg(change::called(c.type.schema, c.type.name));
    }
    QString operator()(const DropType& c) const
    {
        return tr("Drop type %1").arg(change::called(c.type.schema, c.type.name));
    }
    QString operator()(const AlterType& c) const
    {
        return tr("Change type %1%2").arg(change::called(c.to.schema, c.to.name), labelChange(c.from, c.to));
    }
    QString operator()(const AddSequence& c) const
    {
        return tr("Add sequence %1").arg(change::called(c.sequence.schema, c.sequence.name));
    }
    QString operator()(const DropSequence& c) const
    {
        return tr("Drop sequence %1").arg(change::called(c.sequence.schema, c.sequence.name));
    }
    QString operator()(const AlterSequence& c) const
    {
        return tr("Change sequence %1").arg(change::called(c.to.schema, c.to.name));
    }
    QString operator()(const AddTable& c) const
    {
        const QString name = change::called(c.table.schema, c.table.name);
        const qsizetype columns = c.table.columns.size();
        return columns == 1 ? tr("Add table %1 with 1 column").arg(name)
                            : tr("Add table %1 with %2 columns").arg(name).arg(columns);
    }
    QString operator()(const DropTable& c) const
    {
        return tr("Drop table %1 and its rows").arg(change::called(c.table.schema, c.table.name));
    }
    QString operator()(const AlterTable& c) const
    {
        return tr("Change table %1: %2")
            .arg(change::called(c.to.schema, c.to.name), difference(c.from, c.to));
    }
    QString operator()(const AddColumn& c) const
    {
        const QString kind = words(c.column);
        return kind.isEmpty() ? tr("Add column %1 to %2").arg(c.column.name, called(c.table))
                              : tr("Add column %1 to %2: %3").arg(c.column.name, called(c.table), kind);
    }
    QString operator()(const DropColumn& c) const
    {
        return tr("Drop column %1 of %2 and its values").arg(c.column.name, called(c.table));
    }
    QString operator()(const AlterColumn& c) const
    {
        return tr("Change column %1 of %2: %3").arg(c.to.name, called(c.table), difference(c.from, c.to));
    }
    QString operator()(const AddConstraint& c) const
    {
        return tr("Add to %1: %2").arg(called(c.table), words(c.constraint));
    }
    QString operator()(const DropConstraint& c) const
    {
        return tr("Drop from %1: %2").arg(called(c.table), words(c.constraint));
    }
    QString operator()(const AlterConstraint& c) const
    {
        return tr("Change in %1: %2 → %3").arg(called(c.table), words(c.from), words(c.to));
    }
    QString operator()(const AddIndex& c) const
    {
        return tr("Add to %1: %2").arg(called(c.table), words(c.index));
    }
    QString operator()(const DropIndex& c) const
    {
        return tr("Drop from %1: %2").arg(called(c.table), words(c.index));
    }
    QString operator()(const AlterIndex& c) const
    {
        return tr("Change in %1: %2 → %3").arg(called(c.table), words(c.from), words(c.to));
    }
    QString operator()(const AddTrigger& c) const
    {
        return tr("Add trigger %1 to %2").arg(c.trigger.name, called(c.table));
    }
    QString operator()(const DropTrigger& c) const
    {
        return tr("Drop trigger %1 of %2").arg(c.trigger.name, called(c.table));
    }
    QString operator()(const AlterTrigger& c) const
    {
        return tr("Change trigger %1 of %2").arg(c.to.name, called(c.table));
    }
    QString operator()(const AddPolicy& c) const
    {
        return tr("Add policy %1 to %2").arg(c.policy.name, called(c.table));
    }
    QString operator()(const DropPolicy& c) const
    {
        return tr("Drop policy %1 of %2").arg(c.policy.name, called(c.table));
    }
    QString operator()(const AlterPolicy& c) const
    {
        return tr("Change policy %1 of %2").arg(c.to.name, called(c.table));
    }
    QString operator()(const AddView& c) const { return tr("Add %1").arg(viewName(c.view)); }
    QString operator()(const DropView& c) const { return tr("Drop %1").arg(viewName(c.view)); }
    QString operator()(const AlterView& c) const { return tr("Change %1").arg(viewName(c.to)); }
    QString operator()(const AddRoutine& c) const { return tr("Add routine %1").arg(routineName(c.routine)); }
    QString operator()(const DropRoutine& c) const
    {
        return tr("Drop routine %1").arg(routineName(c.routine));
    }
    QString operator()(const AlterRoutine& c) const { return tr("Change routine %1").arg(routineName(c.to)); }
    QString operator()(const SetComment& c) const
    {
        return c.to.isEmpty() ? tr("Remove the comment on %1").arg(commentedThing(c))
                              : tr("Comment on %1: %2").arg(commentedThing(c), c.to);
    }
};

}  // namespace

QString sentence(const Change& change)
{
    return std::visit(Sentence{}, change);
}

}  // namespace dewpoint::change
