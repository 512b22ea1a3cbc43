// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/pages.h"

#include "base/words.h"
#include "cells/grid_view.h"
#include "design/structure_page.h"
#include "diagram/diagram_page.h"
#include "exchange/export_page.h"
#include "exchange/fill_page.h"
#include "exchange/import_page.h"
#include "exchange/scenarios_page.h"
#include "grid/pending_page.h"
#include "grid/table_commands.h"
#include "grid/table_page.h"
#include "history/history_page.h"
#include "migrate/compare_page.h"
#include "migrate/drift_page.h"
#include "migrate/migrate_page.h"
#include "migrate/time_page.h"
#include "query/query_page.h"
#include "rows/element_column.h"
#include "rows/input_check.h"
#include "search/search_page.h"
#include "shell/log_page.h"
#include "shell/page_tabs.h"

#include <algorithm>

namespace dewpoint::shell {

namespace {

inspect::Record shown(const items::Record& row)
{
    inspect::Record record{.tableTitle = row.relation.name,
                           .relation = row.relation,
                           .place = {},
                           .fields = {},
                           .current = row.current};
    for (const items::RecordField& cell : row.fields) {
        const bool editable = row.relation.editable && !cell.column.readOnly;
        const bool binary = cell.column.family == rows::ColumnFamily::Binary
                            || (cell.value && std::holds_alternative<Blob>(*cell.value));
        inspect::Field field{.name = cell.column.name,
                             .type = cell.column.declared(),
                             .value = cell.value.value_or(Null{}),
                             .isKey = row.relation.keyColumns.contains(cell.column.name),
                             .label = cell.state.label,
                             .truncatedSize = cell.state.wholeSize,
                             .editable = editable,
                             .takesBytes = editable && binary,
                             .isDefault = row.loaded && cell.state.isDefault,
                             .isJson = rows::isJson(cell.column),
                             .isJsonb = cell.column.type == QLatin1String("jsonb"),
                             .element = rows::elementColumn(cell.column, row.relation.engine)};
        for (const rows::RelationForeignKey& key : row.relation.foreignKeys) {
            if (const qsizetype at = key.columns.indexOf(cell.column.name); at >= 0)
                field.foreignTarget = key.targetTable + QLatin1Char('.') + key.targetColumns.value(at);
        }
        if (cell.state.row == items::RowState::Added)
            field.state = inspect::FieldState::Inserted;
        else if (cell.state.row == items::RowState::Deleted)
            field.state = inspect::FieldState::Deleted;
        else if (cell.state.changed)
            field.state = inspect::FieldState::Changed;
        record.fields.append(field);
    }
    return record;
}

}  // namespace

QList<kit::Command> commandsOf(QWidget* page)
{
    if (auto* table = qobject_cast<grid::TablePage*>(page))
        return grid::commandsOf(*table);
    if (auto* query = qobject_cast<query::QueryPage*>(page))
        return query->commands();
    if (auto* migrations = qobject_cast<migrate::MigratePage*>(page))
        return migrations->commands();
    if (auto* drift = qobject_cast<migrate::DriftPage*>(page))
        return drift->commands();
    if (auto* compare = qobject_cast<migrate::ComparePage*>(page))
        return compare->commands();
    if (auto* past = qobject_cast<migrate::TimePage*>(page))
        return past->commands();
    if (auto* diagram = qobject_cast<diagram::DiagramPage*>(page))
        return diagram->commands();
    if (auto* found = qobject_cast<search::SearchPage*>(page))
        return found->commands();
    if (auto* log = qobject_cast<LogPage*>(page))
        return log->commands();
    if (auto* out = qobject_cast<exchange::ExportPage*>(page))
        return out->commands();
    if (auto* in = qobject_cast<exchange::ImportPage*>(page))
        return in->commands();
    if (auto* fill = qobject_cast<exchange::FillPage*>(page))
        return fill->commands();
    if (auto* kept = qobject_cast<exchange::ScenariosPage*>(page))
        return kept->commands();
    if (auto* pending = qobject_cast<grid::PendingPage*>(page))
        return pending->commands();
    if (auto* history = qobject_cast<history::HistoryPage*>(page))
        return history->commands();
    if (auto* structure = qobject_cast<design::StructurePage*>(page))
        return structure->commands();
    return {};
}

namespace {

/// Of tabs without staged rows.
QJsonObject lightStateOf(const QWidget* page)
{
    const QString kind = QStringLiteral("kind");
    const QString state = QStringLiteral("state");
    if (const auto* query = qobject_cast<const query::QueryPage*>(page))
        return {{kind, QStringLiteral("query")}, {state, query->saveState()}};
    if (const auto* migrations = qobject_cast<const migrate::MigratePage*>(page))
        return {{kind, QStringLiteral("migrations")}, {state, migrations->saveState()}};
    if (const auto* found = qobject_cast<const search::SearchPage*>(page))
        return {{kind, QStringLiteral("search")}, {state, found->saveState()}};
    if (const auto* structure = qobject_cast<const design::StructurePage*>(page))
        return {{kind, QStringLiteral("structure")},
                {QStringLiteral("schema"), structure->id().schema},
                {QStringLiteral("name"), structure->id().name},
                {QStringLiteral("fresh"), structure->id().fresh}};
    if (qobject_cast<const migrate::DriftPage*>(page))
        return {{kind, QStringLiteral("drift")}};
    if (const auto* compare = qobject_cast<const migrate::ComparePage*>(page))
        return {{kind, QStringLiteral("compare")}, {state, compare->saveState()}};
    if (const auto* past = qobject_cast<const migrate::TimePage*>(page))
        return {{kind, QStringLiteral("time")}, {state, past->saveState()}};
    if (qobject_cast<const LogPage*>(page))
        return {{kind, QStringLiteral("log")}};
    if (qobject_cast<const grid::PendingPage*>(page))
        return {{kind, QStringLiteral("pending")}};
    if (qobject_cast<const history::HistoryPage*>(page))
        return {{kind, QStringLiteral("history")}};
    if (qobject_cast<const exchange::ScenariosPage*>(page))
        return {{kind, QStringLiteral("scenarios")}};
    return {{kind, QStringLiteral("diagram")}};
}

}  // namespace

kit::Later stateOf(const QWidget* page)
{
    if (const auto* table = qobject_cast<const grid::TablePage*>(page)) {
        return [schema = page->property("schema").toString(), name = page->property("relation").toString(),
                state = table->stateLater()] {
            return QJsonObject{{QStringLiteral("kind"), QStringLiteral("table")},
                               {QStringLiteral("schema"), schema},
                               {QStringLiteral("name"), name},
                               {QStringLiteral("state"), state()}};
        };
    }
    return [light = lightStateOf(page)] { return light; };
}

QJsonObject placeOf(const QWidget* page)
{
    if (qobject_cast<const search::SearchPage*>(page))
        return {{QStringLiteral("search"), true}};
    const auto* table = qobject_cast<const grid::TablePage*>(page);
    if (!table)
        return {};
    return {{QStringLiteral("schema"), page->property("schema").toString()},
            {QStringLiteral("name"), page->property("relation").toString()},
            {QStringLiteral("place"), table->savePlace()}};
}

bool comesBack(const QWidget* page)
{
    return !qobject_cast<const exchange::ExportPage*>(page)
           && !qobject_cast<const exchange::ImportPage*>(page)
           && !qobject_cast<const exchange::FillPage*>(page);
}

bool isBusy(const QWidget* page)
{
    if (const auto* table = qobject_cast<const grid::TablePage*>(page))
        return table->isBusy();
    if (const auto* query = qobject_cast<const query::QueryPage*>(page))
        return query->isRunning();
    if (const auto* migrations = qobject_cast<const migrate::MigratePage*>(page))
        return migrations->isBusy();
    if (const auto* drift = qobject_cast<const migrate::DriftPage*>(page))
        return drift->isBusy();
    if (const auto* compare = qobject_cast<const migrate::ComparePage*>(page))
        return compare->isBusy();
    if (const auto* past = qobject_cast<const migrate::TimePage*>(page))
        return past->isBusy();
    if (const auto* diagram = qobject_cast<const diagram::DiagramPage*>(page))
        return diagram->isBusy();
    if (const auto* out = qobject_cast<const exchange::ExportPage*>(page))
        return out->isRunning();
    if (const auto* in = qobject_cast<const exchange::ImportPage*>(page))
        return in->isBusy();
    if (const auto* fill = qobject_cast<const exchange::FillPage*>(page))
        return fill->isBusy();
    if (const auto* kept = qobject_cast<const exchange::ScenariosPage*>(page))
        return kept->isBusy();
    if (const auto* found = qobject_cast<const search::SearchPage*>(page))
        return found->isRunning();
    if (const auto* structure = qobject_cast<const design::StructurePage*>(page))
        return structure->isBusy();
    return false;
}

int stagedRows(const QWidget* page)
{
    const auto* table = qobject_cast<const grid::TablePage*>(page);
    if (!table)
        return 0;
    const auto counts = table->pending();
    return counts.total();
}

std::optional<Obstacle> obstacleOf(const QWidget* page)
{
    const QString stop = Words::tr("Stop and close");
    if (const auto* migrations = qobject_cast<const migrate::MigratePage*>(page);
        migrations && migrations->isChanging())
        return Obstacle{Words::tr("A migration is running."),
                        Words::tr("Closing stops it where it is. What it did may stay half done."), stop};
    if (const auto* drift = qobject_cast<const migrate::DriftPage*>(page); drift && drift->isChanging())
        return Obstacle{Words::tr("The database is being changed to what its migrations make."),
                        Words::tr("Closing stops that: all of it is done, or nothing."), stop};
    if (const auto* query = qobject_cast<const query::QueryPage*>(page); query && query->isRunning())
        return Obstacle{Words::tr("A statement is running."), Words::tr("Closing stops it."), stop};
    if (const auto* table = qobject_cast<const grid::TablePage*>(page); table && table->isCommitting())
        return Obstacle{Words::tr("Changes are being written."),
                        Words::tr("Closing stops that: all of them are written, or none."), stop};
    if (const auto* in = qobject_cast<const exchange::ImportPage*>(page); in && in->isImporting())
        return Obstacle{Words::tr("Rows are being imported."),
                        Words::tr("Closing stops that, and none of them is written."), stop};
    if (const auto* in = qobject_cast<const exchange::ImportPage*>(page); in && in->hasMended())
        return Obstacle{Words::tr("Rows of a file were mended and are not imported yet."),
                        Words::tr("Closing forgets what was mended."), Words::tr("Forget it and close")};
    if (const auto* fill = qobject_cast<const exchange::FillPage*>(page); fill && fill->isWriting())
        return Obstacle{Words::tr("Test rows are being added."),
                        Words::tr("Closing stops that, and none of them is written."), stop};
    if (const auto* kept = qobject_cast<const exchange::ScenariosPage*>(page); kept && kept->isResetting())
        return Obstacle{Words::tr("Rows are being reset."),
                        Words::tr("Closing stops that, and all rows stay as they are."), stop};
    if (const auto* out = qobject_cast<const exchange::ExportPage*>(page); out && out->isRunning())
        return Obstacle{Words::tr("Rows are being exported."),
                        Words::tr("Closing stops that, and no file is written."), stop};
    return {};
}

bool holdsWork(const QWidget* page)
{
    if (const auto* query = qobject_cast<const query::QueryPage*>(page))
        return !query->isBlank();
    if (const auto* migrations = qobject_cast<const migrate::MigratePage*>(page))
        return migrations->hasDraft();
    const auto* table = qobject_cast<const grid::TablePage*>(page);
    return table && (stagedRows(page) > 0 || table->hasParkedEdits());
}

bool finishEditing(QWidget* page)
{
    if (auto* structure = qobject_cast<design::StructurePage*>(page))
        structure->finishEditing();
    auto* table = qobject_cast<grid::TablePage*>(page);
    return !table || table->grid()->finishEditing();
}

grid::TablePage* relationPage(const PageTabs& tabs, const QString& schemaName, const QString& name)
{
    const QList<grid::TablePage*> pages = tabs.pagesOf<grid::TablePage>();
    const auto found = std::ranges::find_if(pages, [&](const grid::TablePage* page) {
        return page->property("schema").toString() == schemaName
               && page->property("relation").toString() == name;
    });
    return found == pages.end() ? nullptr : *found;
}

cells::GridView* gridOf(QWidget* page)
{
    if (auto* table = qobject_cast<grid::TablePage*>(page))
        return table->grid();
    auto* query = qobject_cast<query::QueryPage*>(page);
    return query ? query->resultGrid() : nullptr;
}

std::optional<inspect::Record> recordOf(const QWidget* page)
{
    if (const auto* table = qobject_cast<const grid::TablePage*>(page))
        return shown(table->record());
    const auto* query = qobject_cast<const query::QueryPage*>(page);
    return query ? query->record().transform(shown) : std::nullopt;
}

QList<inspect::Record> selectedRecords(QWidget* page)
{
    constexpr qsizetype most = 20;
    auto* table = qobject_cast<grid::TablePage*>(page);
    if (!table || !table->grid()->tableModel())
        return {};
    // Whole rows only: a few cells are selected for their sum.
    const QItemSelection selection = table->grid()->selectionModel()->selection();
    const bool whole = std::ranges::all_of(selection, [&](const QItemSelectionRange& range) {
        return range.width() == table->model().columnCount();
    });
    const QList<int> rows = whole ? table->grid()->selectedRows() : QList<int>();
    if (rows.size() < 2 || rows.size() > most)
        return {};
    QList<inspect::Record> records;
    const int column = std::max(0, table->grid()->currentIndex().column());
    for (const int row : rows) {
        const items::Record record = table->model().recordAt(table->model().index(row, column));
        if (!record.loaded)
            return {};
        records += shown(record);
    }
    return records;
}

}  // namespace dewpoint::shell
