// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/table_diff.h"

#include "change/words.h"
#include "diff/normalise.h"
#include "diff/pairs.h"

#include <algorithm>

namespace dewpoint::diff {

using namespace schema;
using change::Change;
using change::Name;

namespace {

State stateOf(change::Kind kind)
{
    switch (kind) {
    case change::Kind::Added: return State::Added;
    case change::Kind::Removed: return State::Removed;
    case change::Kind::Changed: return State::Changed;
    }
    Q_UNREACHABLE_RETURN(State::Changed);
}

bool isOfColumn(const Change& change)
{
    return std::holds_alternative<change::AddColumn>(change)
           || std::holds_alternative<change::DropColumn>(change)
           || std::holds_alternative<change::AlterColumn>(change);
}

bool isWholeRelation(const Change& change)
{
    return std::holds_alternative<change::AddTable>(change)
           || std::holds_alternative<change::DropTable>(change)
           || std::holds_alternative<change::AddView>(change)
           || std::holds_alternative<change::DropView>(change);
}

/// SQLite may spell one name in two ways.
template <class T>
const T* find(const QList<T>& list, const Name& name, Engine engine)
{
    const auto found = std::ranges::find_if(list, [&](const T& object) {
        return key(object.schema, engine) == key(name.schema, engine)
               && key(object.name, engine) == key(name.name, engine);
    });
    return found == list.end() ? nullptr : &*found;
}

/// Only what a change says has changed: two spellings of one type are the same column.
State changedState(const QString& column, const QList<Change>& changes, Engine engine)
{
    const bool altered = std::ranges::any_of(changes, [&](const Change& change) {
        const auto* alter = std::get_if<change::AlterColumn>(&change);
        return alter && key(alter->to.name, engine) == key(column, engine);
    });
    return altered ? State::Changed : State::Same;
}

QList<ColumnDiff> columnDiffs(const QList<Column>& from, const QList<Column>& to,
                              const QList<Change>& changes, Engine engine)
{
    const auto byName = [engine](const Column& column) { return key(column.name, engine); };
    QList<ColumnDiff> result;
    QList<qsizetype> removed;
    for (const Pair& pair : pairs(from, to, byName)) {
        if (pair.to < 0) {
            removed.append(pair.from);
            continue;
        }
        ColumnDiff column{.state = State::Added, .after = to.at(pair.to)};
        if (pair.from >= 0) {
            column.before = from.at(pair.from);
            column.state = changedState(column.after->name, changes, engine);
            if (column.state == State::Changed)
                column.difference = change::difference(*column.before, *column.after);
        }
        result.append(column);
    }
    for (const qsizetype place : removed)
        result.insert(qMin(place, result.size()),
                      ColumnDiff{.state = State::Removed, .before = from.at(place)});
    return result;
}

template <class T>
const QList<Column>& columnsOf(const T* relation)
{
    static const QList<Column> none;
    return relation ? relation->columns : none;
}

void addLines(TableDiff& group)
{
    for (const Change& change : std::as_const(group.changes)) {
        if (!isOfColumn(change) && !isWholeRelation(change))
            group.lines.append({stateOf(change::kind(change)), change::sentence(change)});
    }
}

/// A new or dropped table has no changes of its parts: its keys and indexes are the lines.
void addParts(TableDiff& group, const Table& table)
{
    for (const Constraint& constraint : table.constraints)
        group.lines.append({group.state, change::words(constraint)});
    for (const Index& index : table.indexes) {
        if (!index.implicit)
            group.lines.append({group.state, change::words(index)});
    }
}

void complete(TableDiff& group, const Database& from, const Database& to)
{
    const Name name{group.schema, group.name};
    const Engine engine = to.engine;
    const auto whole = std::ranges::find_if(group.changes, isWholeRelation);
    if (whole != group.changes.end())
        group.state = stateOf(change::kind(*whole));
    const Table* before = find(from.tables, name, engine);
    const Table* after = find(to.tables, name, engine);
    group.isView = !before && !after;
    if (group.isView)
        group.columns = columnDiffs(columnsOf(find(from.views, name, engine)),
                                    columnsOf(find(to.views, name, engine)), group.changes, engine);
    else
        group.columns = columnDiffs(columnsOf(before), columnsOf(after), group.changes, engine);
    if (whole != group.changes.end() && (before || after))
        addParts(group, after ? *after : *before);
    addLines(group);
}

}  // namespace

QList<TableDiff> byTable(const QList<Change>& changes, const Database& from, const Database& to)
{
    QList<TableDiff> groups;
    TableDiff others;
    for (const Change& change : changes) {
        const Name name = change::relation(change);
        if (name.name.isEmpty()) {
            others.changes.append(change);
            continue;
        }
        auto group = std::ranges::find_if(
            groups, [&](const TableDiff& g) { return g.name == name.name && g.schema == name.schema; });
        if (group == groups.end()) {
            groups.append({.schema = name.schema, .name = name.name});
            group = groups.end() - 1;
        }
        group->changes.append(change);
    }
    for (TableDiff& group : groups)
        complete(group, from, to);
    if (!others.changes.isEmpty()) {
        addLines(others);
        groups.append(others);
    }
    return groups;
}

}  // namespace dewpoint::diff
