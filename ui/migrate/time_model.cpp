// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/time_model.h"

#include "change/words.h"
#include "theme/theme.h"

#include <QFont>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

using timeline::Part;

void TimeModel::setStep(std::shared_ptr<const timeline::History> history, int step)
{
    beginResetModel();
    m_history = std::move(history);
    m_step = step;
    m_relations.clear();
    if (m_history && step >= 0 && step <= m_history->lastStep()) {
        const schema::Database state = m_history->states.at(step);
        for (const schema::Table& table : state.tables)
            addTable(table);
        for (const schema::View& view : state.views)
            addView(view);
        addOthers(state);
    }
    endResetModel();
}

TimeModel::Line TimeModel::lineOf(const Part& part, const QString& name, const QString& type) const
{
    return {.part = part,
            .name = name,
            .type = type,
            .origin = m_history->provenance.originOf(part, m_step),
            .isColumn = part.kind == Part::Kind::Column};
}

void TimeModel::addColumns(Relation& relation, const QList<schema::Column>& columns) const
{
    for (const schema::Column& column : columns)
        relation.members.append(
            lineOf(timeline::columnOf(relation.line.part.owner, column.name), column.name, column.type));
}

void TimeModel::addIndexes(Relation& relation, const QList<schema::Index>& indexes) const
{
    for (const schema::Index& index : indexes) {
        if (!index.implicit)
            relation.members.append(
                lineOf({.kind = Part::Kind::Index, .owner = relation.line.part.owner, .member = index.name},
                       index.name, tr("index")));
    }
}

void TimeModel::addTriggers(Relation& relation, const QList<schema::Trigger>& triggers) const
{
    for (const schema::Trigger& trigger : triggers)
        relation.members.append(
            lineOf({.kind = Part::Kind::Trigger, .owner = relation.line.part.owner, .member = trigger.name},
                   trigger.name, tr("trigger")));
}

void TimeModel::addTable(const schema::Table& table)
{
    const Part part = timeline::partOf(table);
    Relation relation{.line = lineOf(part, change::called(table.schema, table.name), tr("table")),
                      .members = {}};
    addColumns(relation, table.columns);
    for (const schema::Constraint& constraint : table.constraints) {
        if (constraint.kind != schema::ConstraintKind::NotNull)  // the column says it
            relation.members.append(lineOf(timeline::constraintOf(part.owner, constraint),
                                           change::words(constraint), tr("constraint")));
    }
    addIndexes(relation, table.indexes);
    addTriggers(relation, table.triggers);
    for (const schema::Policy& policy : table.policies)
        relation.members.append(
            lineOf({.kind = Part::Kind::Policy, .owner = part.owner, .member = policy.name}, policy.name,
                   tr("policy")));
    m_relations.append(relation);
}

void TimeModel::addView(const schema::View& view)
{
    Relation relation{.line = lineOf(timeline::partOf(view), change::called(view.schema, view.name),
                                     view.materialized ? tr("materialized view") : tr("view")),
                      .members = {}};
    addColumns(relation, view.columns);
    addIndexes(relation, view.indexes);
    addTriggers(relation, view.triggers);
    m_relations.append(relation);
}

void TimeModel::addOthers(const schema::Database& state)
{
    for (const Part& part : timeline::standaloneParts(state)) {
        if (part.kind == Part::Kind::Other) {
            const schema::OtherObject object{.kind = part.member, .name = part.owner.name};
            m_relations.append({.line = lineOf(part, change::words(object), tr("other")), .members = {}});
            continue;
        }
        const QString kind = part.kind == Part::Kind::Type       ? tr("type")
                             : part.kind == Part::Kind::Sequence ? tr("sequence")
                                                                 : tr("function");
        const QString name = change::called(part.owner.schema, part.owner.name);
        m_relations.append(
            {.line = lineOf(
                 part, part.kind == Part::Kind::Routine ? u"%1(%2)"_s.arg(name, part.member) : name, kind),
             .members = {}});
    }
}

QModelIndex TimeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex TimeModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr{0});
}

int TimeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_relations.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_relations.at(parent.row()).members.size());
}

int TimeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

const TimeModel::Line& TimeModel::at(const QModelIndex& index) const
{
    if (index.internalId() == 0)
        return m_relations.at(index.row()).line;
    return m_relations.at(static_cast<qsizetype>(index.internalId()) - 1).members.at(index.row());
}

/// What the step itself did to it.
QString TimeModel::sign(const Line& line) const
{
    if (m_step == 0 || line.origin.changed != m_step)
        return {};
    return line.origin.added == m_step ? u"+ "_s : u"~ "_s;
}

QString TimeModel::titleOf(int step) const
{
    return step == 0 ? tr("there before") : m_history->shortTitleOf(step);
}

QVariant TimeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Line& line = at(index);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Name: return sign(line) + line.name;
        case Type: return line.type;
        case Added: return titleOf(line.origin.added);
        case Changed:
            return line.origin.changed == line.origin.added ? QString() : titleOf(line.origin.changed);
        default: return {};
        }
    case Qt::ToolTipRole:
        return stepOf(index) < 0 ? QVariant(line.name)
                                 : QVariant(tr("Go to %1").arg(m_history->titleOf(stepOf(index))));
    case Qt::FontRole:
        if (index.column() == Name && index.internalId() == 0) {
            QFont bold = theme::textFont();
            bold.setBold(true);
            return bold;
        }
        return {};
    case Qt::ForegroundRole:
        if (index.column() >= Added)
            return theme::color(theme::Role::Link);
        if (index.column() == Name && isTouched(index))
            return theme::color(line.origin.added == m_step ? theme::Role::Added : theme::Role::Changed);
        return index.column() == Type ? QVariant(theme::color(theme::Role::TextMuted)) : QVariant();
    default: return {};
    }
}

QVariant TimeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Structure");
    case Type: return tr("Type");
    case Added: return tr("Added by");
    case Changed: return tr("Last changed by");
    default: return {};
    }
}

int TimeModel::stepOf(const QModelIndex& index) const
{
    if (!index.isValid())
        return -1;
    const timeline::Origin& origin = at(index).origin;
    if (index.column() == Changed)
        return origin.changed == origin.added ? -1 : origin.changed;
    return index.column() == Added ? origin.added : -1;
}

bool TimeModel::isTouched(const QModelIndex& index) const
{
    return index.isValid() && m_step > 0 && at(index).origin.changed == m_step;
}

QString TimeModel::keyOf(const QModelIndex& index) const
{
    return index.isValid() ? diff::keyOf(at(index).part, Engine::Postgres) : QString();
}

QModelIndex TimeModel::find(const QString& key) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex relation = index(row, 0);
        if (keyOf(relation) == key)
            return relation;
        for (int member = 0; member < rowCount(relation); ++member) {
            if (keyOf(index(member, 0, relation)) == key)
                return index(member, 0, relation);
        }
    }
    return {};
}

QModelIndex TimeModel::findRelation(const QString& schemaName, const QString& name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const Part& part = m_relations.at(row).line.part;
        if (diff::isWholeRelation(part) && part.owner == change::Name{schemaName, name})
            return index(row, 0);
    }
    return {};
}

}  // namespace dewpoint::migrate
