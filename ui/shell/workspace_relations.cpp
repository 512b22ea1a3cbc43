// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/relation_menu.h"
#include "grid/table_page.h"
#include "shell/page_tabs.h"
#include "shell/workspace.h"

#include <utility>

// Relations that a person declared.
namespace dewpoint::shell {

void Workspace::wireRelations(grid::TablePage* page)
{
    page->relations().setSource(
        {.targets =
             [this] {
                 QList<rows::Relation> targets;
                 for (const schema::Table& table : std::as_const(m_database.tables))
                     targets += rows::relationOf(table, m_database.engine, true);
                 return targets;
             },
         .isDeclared =
             [this, page](const rows::RelationForeignKey& key) {
                 return m_notes.relations.contains(rows::DeclaredRelation{
                     .schema = page->relation().schema, .table = page->relation().name, .key = key});
             }});
    connect(&page->relations(), &grid::RelationMenu::declared, this,
            [this](const rows::DeclaredRelation& relation) {
                rows::RelationNotes notes = m_notes;
                notes.relations += relation;
                takeNotes(std::move(notes));
                Q_EMIT statusText(
                    tr("%1 points to %2 now. F12 follows it.")
                        .arg(relation.key.columns.join(QStringLiteral(", ")), relation.key.targetTable));
            });
    connect(&page->relations(), &grid::RelationMenu::forgotten, this,
            [this](const rows::DeclaredRelation& relation) {
                rows::RelationNotes notes = m_notes;
                notes.relations.removeAll(relation);
                takeNotes(std::move(notes));
            });
    connect(&page->relations(), &grid::RelationMenu::labelChosen, this,
            [this](const rows::Relation& target, const QString& column) {
                rows::RelationNotes notes = m_notes;
                notes.labels.insert(target.schema + QLatin1Char('.') + target.name, column);
                takeNotes(std::move(notes));
            });
}

/// The tables that are open follow, once whoever told has come to its end: its page may be made anew.
void Workspace::takeNotes(rows::RelationNotes notes)
{
    m_notes = std::move(notes);
    Q_EMIT changed();
    QMetaObject::invokeMethod(
        this,
        [this] {
            for (grid::TablePage* table : m_tabs->pagesOf<grid::TablePage>())
                refreshRelation(*table);
        },
        Qt::QueuedConnection);
}

}  // namespace dewpoint::shell
