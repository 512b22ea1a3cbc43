// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/commit_order.h"

#include "rows/statement_writer.h"

#include <algorithm>
#include <ranges>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

// Who may insert may not always read, and RETURNING reads.
bool mayReadKey(drivers::Connection& connection, const Relation& relation)
{
    if (relation.keyColumns.isEmpty() || connection.engine() == Engine::Sqlite)
        return !relation.keyColumns.isEmpty();
    const auto literal = [](const QString& text) { return sqlLiteral(Value(Text{text.toUtf8()})); };
    QStringList checks;
    for (const QString& column : relation.keyColumns) {
        checks +=
            u"has_column_privilege(%1, %2, 'SELECT')"_s.arg(literal(relation.quotedName()), literal(column));
    }
    const auto answer = connection.query(u"SELECT "_s + checks.join(u" AND "_s));
    return answer && answer->rowCount() == 1 && displayText(answer->at(0, 0)) == u't';
}

void addChanges(QList<PlannedChange>& changes, const QList<TableEdits>& tables, int table, bool deletes)
{
    const Relation& relation = tables[table].relation;
    StatementWriter writer(relation, StatementWriter::Values::Bound);
    for (const auto& [bytes, edit] : tables[table].edits.rows()) {
        if (edit.deleted != deletes)
            continue;
        changes += PlannedChange{
            .row = {.table = table, .key = edit.key}, .edit = &edit, .statement = writer.change(edit)};
    }
}

void addInserts(QList<PlannedChange>& changes, drivers::Connection& connection,
                const QList<TableEdits>& tables, int table)
{
    const TableEdits& entry = tables[table];
    const QList<int> ids = entry.edits.newRowIds();
    const bool readsKey = !ids.isEmpty() && mayReadKey(connection, entry.relation);
    StatementWriter writer(entry.relation, StatementWriter::Values::Bound);
    for (const int id : ids) {
        const NewRow& row = *entry.edits.newRow(id);
        changes += PlannedChange{.row = {.table = table, .newId = id},
                                 .added = &row,
                                 .statement = readsKey ? writer.insertReturningKey(row) : writer.insert(row)};
    }
}

}  // namespace

QStringList setColumns(const PlannedChange& change)
{
    QStringList columns;
    if (change.edit) {
        for (const auto& [column, cell] : change.edit->cells)
            columns += column;
    } else {
        for (const auto& [column, value] : change.added->values)
            columns += column;
    }
    return columns;
}

const EditValue* givenValue(const PlannedChange& change, const QString& column)
{
    if (change.edit) {
        const auto cell = change.edit->cells.find(column);
        return cell == change.edit->cells.end() ? nullptr : &cell->second.after;
    }
    const auto set = change.added->values.find(column);
    return set == change.added->values.end() ? nullptr : &set->second;
}

QList<int> parentsFirst(const QList<Relation>& tables)
{
    QList<int> order;
    QList<int> left;
    for (int i = 0; i < tables.size(); ++i)
        left += i;
    const auto waitsFor = [&](int child, int parent) {
        return child != parent
               && std::ranges::any_of(tables[child].foreignKeys, [&](const RelationForeignKey& key) {
                      return key.targetTable == tables[parent].name
                             && (key.targetSchema.isEmpty() || key.targetSchema == tables[parent].schema);
                  });
    };
    while (!left.isEmpty()) {
        auto next = std::ranges::find_if(left, [&](int child) {
            return std::ranges::none_of(left, [&](int parent) { return waitsFor(child, parent); });
        });
        if (next == left.end())
            next = left.begin();
        order += *next;
        left.erase(next);
    }
    return order;
}

QList<PlannedChange> changesInOrder(drivers::Connection& connection, const QList<TableEdits>& tables)
{
    QList<PlannedChange> changes;
    QList<Relation> relations;
    for (const TableEdits& table : tables)
        relations += table.relation;
    const QList<int> order = parentsFirst(relations);
    for (const int table : std::views::reverse(order))
        addChanges(changes, tables, table, true);
    for (const int table : order)
        addChanges(changes, tables, table, false);
    for (const int table : order)
        addInserts(changes, connection, tables, table);
    return changes;
}

}  // namespace dewpoint::rows
