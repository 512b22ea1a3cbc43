// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/pages.h"

#include "base/words.h"
#include "diagram/diagram_page.h"
#include "grid/grid_view.h"
#include "grid/table_page.h"
#include "inspect/record.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "shell/log_page.h"

namespace dewpoint::shell {

QList<kit::Command> commandsOf(QWidget* page)
{
    if (auto* table = qobject_cast<grid::TablePage*>(page))
        return table->commands();
    if (auto* query = qobject_cast<query::QueryPage*>(page))
        return query->commands();
    if (auto* migrations = qobject_cast<migrate::MigratePage*>(page))
        return migrations->commands();
    if (auto* diagram = qobject_cast<diagram::DiagramPage*>(page))
        return diagram->commands();
    if (auto* log = qobject_cast<LogPage*>(page))
        return log->commands();
    return {};
}

QJsonObject stateOf(const QWidget* page)
{
    const QString kind = QStringLiteral("kind");
    const QString state = QStringLiteral("state");
    if (const auto* table = qobject_cast<const grid::TablePage*>(page))
        return {{kind, QStringLiteral("table")},
                {QStringLiteral("schema"), page->property("schema").toString()},
                {QStringLiteral("name"), page->property("relation").toString()},
                {state, table->saveState()}};
    if (const auto* query = qobject_cast<const query::QueryPage*>(page))
        return {{kind, QStringLiteral("query")}, {state, query->saveState()}};
    if (qobject_cast<const migrate::MigratePage*>(page))
        return {{kind, QStringLiteral("migrations")}};
    if (qobject_cast<const LogPage*>(page))
        return {{kind, QStringLiteral("log")}};
    return {{kind, QStringLiteral("diagram")}};
}

bool isBusy(const QWidget* page)
{
    if (const auto* table = qobject_cast<const grid::TablePage*>(page))
        return table->isBusy();
    if (const auto* query = qobject_cast<const query::QueryPage*>(page))
        return query->isRunning();
    if (const auto* migrations = qobject_cast<const migrate::MigratePage*>(page))
        return migrations->isBusy();
    if (const auto* diagram = qobject_cast<const diagram::DiagramPage*>(page))
        return diagram->isBusy();
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
    if (const auto* query = qobject_cast<const query::QueryPage*>(page); query && query->isRunning())
        return Obstacle{Words::tr("A statement is running."), Words::tr("Closing stops it."), stop};
    if (const auto* table = qobject_cast<const grid::TablePage*>(page); table && table->isCommitting())
        return Obstacle{Words::tr("Changes are being written."),
                        Words::tr("Closing stops that: all of them are written, or none."), stop};
    return {};
}

bool holdsWork(const QWidget* page)
{
    if (const auto* query = qobject_cast<const query::QueryPage*>(page))
        return !query->isBlank();
    const auto* table = qobject_cast<const grid::TablePage*>(page);
    return table && (stagedRows(page) > 0 || table->hasParkedEdits());
}

bool finishEditing(QWidget* page)
{
    auto* table = qobject_cast<grid::TablePage*>(page);
    return !table || table->grid()->finishEditing();
}

inspect::Record recordOf(const grid::TablePage& page)
{
    const items::Record row = page.record();
    inspect::Record record{.tableTitle = row.relation.name, .fields = {}, .current = row.current};
    for (const items::RecordField& field : row.fields) {
        inspect::Field shown{.name = field.column.name,
                             .type = field.column.type,
                             .value = field.value.value_or(Null{}),
                             .isKey = row.relation.keyColumns.contains(field.column.name),
                             .label = field.state.label,
                             .truncatedSize = field.state.wholeSize,
                             .takesBytes =
                                 row.relation.editable && !field.column.readOnly
                                 && (field.column.family == rows::ColumnFamily::Binary
                                     || (field.value && std::holds_alternative<Blob>(*field.value))),
                             .isDefault = row.loaded && field.state.isDefault};
        for (const rows::RelationForeignKey& key : row.relation.foreignKeys) {
            if (const qsizetype at = key.columns.indexOf(field.column.name); at >= 0)
                shown.foreignTarget = key.targetTable + QLatin1Char('.') + key.targetColumns.value(at);
        }
        if (field.state.row == items::RowState::Added)
            shown.state = inspect::FieldState::Inserted;
        else if (field.state.row == items::RowState::Deleted)
            shown.state = inspect::FieldState::Deleted;
        else if (field.state.changed)
            shown.state = inspect::FieldState::Changed;
        record.fields.append(shown);
    }
    return record;
}

}  // namespace dewpoint::shell
