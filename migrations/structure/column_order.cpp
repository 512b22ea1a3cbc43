// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Columns that change places among the staged edits.
#include "base/words.h"
#include "structure/edits.h"

#include <utility>

namespace dewpoint::structure {

using namespace schema;

namespace {

/// As the catalog has them, then what it has no more, then what is new.
bool isUsual(const QList<Edit<Column>>& columns, const Table* table)
{
    qsizetype last = -1;
    for (const Edit<Column>& column : columns) {
        qsizetype rank = (table ? table->columns.size() : 0) + (column.before ? 0 : 1);
        for (qsizetype i = 0; column.before && table && i < table->columns.size(); ++i) {
            if (table->columns.at(i).name == column.was().name)
                rank = i;
        }
        if (rank < last)
            return false;
        last = rank;
    }
    return true;
}

}  // namespace

QString whyNotMoved(const Database& catalog, const Draft& draft, qsizetype row, int by)
{
    const qsizetype other = row + by;
    if (row < 0 || row >= draft.columns.size())
        return Words::tr("Choose a column to move it.");
    if (other < 0)
        return Words::tr("It is the first column.");
    if (other >= draft.columns.size())
        return Words::tr("It is the last column.");
    const bool stands = draft.columns.at(row).before || draft.columns.at(other).before;
    if (catalog.engine == Engine::Postgres && stands)
        return Words::tr("PostgreSQL keeps columns in the order in which they were made, so only new ones "
                         "can change places. Another order would take a new table and a copy of all rows: "
                         "export the table, make it anew and import it.");
    return {};
}

void moveColumn(Edits& edits, const Database& catalog, const TableId& id, qsizetype row, int by)
{
    const Draft draft = draftOf(catalog, edits, id);
    if (!whyNotMoved(catalog, draft, row, by).isEmpty())
        return;
    QList<Edit<Column>> columns = draft.columns;
    columns.swapItemsAt(row, row + by);
    for (Edit<Column>& column : columns)
        column.gone = false;
    auto table = std::ranges::find(edits.tables, id, &TableEdits::id);
    if (table == edits.tables.end())
        table = edits.tables.insert(edits.tables.end(), TableEdits{.id = id});
    table->ordered = true;
    table->columns = std::move(columns);
    settleOrders(edits, catalog);
}

void settleOrders(Edits& edits, const Database& catalog)
{
    for (TableEdits& table : edits.tables) {
        const Table* known = table.id.fresh ? nullptr : catalog.table(table.id.schema, table.id.name);
        if (!table.ordered || !isUsual(table.columns, known))
            continue;
        table.ordered = false;
        table.columns.removeIf([](const Edit<Column>& column) { return !column.isChanged(); });
    }
    edits.tables.removeIf([](const TableEdits& table) { return table.isEmpty(); });
}

}  // namespace dewpoint::structure
