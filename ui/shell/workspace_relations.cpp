// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/relation_menu.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "shell/page_tabs.h"
#include "shell/workspace.h"

#include <QLocale>

#include <utility>

// Relations that a person declared, and what points to the row in the inspector.
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
            QList<grid::TablePage*> tables;
            for (int i = 0; i < m_tabs->count(); ++i) {
                if (auto* table = qobject_cast<grid::TablePage*>(m_tabs->page(i)))
                    tables += table;
            }
            for (grid::TablePage* table : std::as_const(tables))
                refreshRelation(*table);
        },
        Qt::QueuedConnection);
}

inspect::Referrer Workspace::shownPointing(const Pointing& pointing, const QString& count)
{
    const rows::Referrer& referrer = pointing.referrer;
    const QString title = referrer.from.name + QLatin1Char('.') + referrer.columns.join(QStringLiteral(", "));
    return {.title = title,
            .count = count,
            .link = {.title = title,
                     .relation = referrer.from,
                     .columns = referrer.columns,
                     .values = pointing.values,
                     .several = true}};
}

/// Soon after the cursor came to rest: counting is spare work, and stands behind everything else.
void Workspace::tellReferrers()
{
    m_pointingJob.cancel();
    m_pointing.clear();
    auto* page = qobject_cast<grid::TablePage*>(currentPage());
    const int row = page ? page->grid()->currentIndex().row() : -1;
    QList<inspect::Referrer> shown;
    if (row >= 0 && m_inspectorWanted) {
        const rows::Relation& relation = page->relation();
        for (const rows::Referrer& each : rows::referrersOf(relation, m_database, m_notes)) {
            Pointing pointing{.referrer = each, .values = {}};
            for (const QString& name : each.targetColumns) {
                const auto value = page->model().valueAt(page->model().index(row, relation.indexOf(name)));
                if (value && !isNull(*value))
                    pointing.values.push_back(*value);
            }
            if (std::ssize(pointing.values) != each.targetColumns.size())
                continue;
            m_pointing += pointing;
            shown += shownPointing(pointing, {});
        }
    }
    m_inspector->setReferrers(shown);
    if (!m_pointing.isEmpty())
        countReferrers(0);
}

void Workspace::countReferrers(int tries)
{
    constexpr int mostTries = 5;
    m_pointingJob = m_session.run(
        runtime::Session::Lane::Spare, this,
        [pointing = m_pointing](drivers::Connection& connection,
                                const runtime::StopToken&) -> Result<QList<qint64>> {
            QList<qint64> counts;
            for (const Pointing& each : pointing) {
                const auto count = rows::countReferring(connection, each.referrer, each.values);
                if (!count && count.error().kind == ErrorKind::Cancelled)
                    return fail(count.error());
                counts += count.value_or(-1);
            }
            return counts;
        },
        [this, tries](const Result<QList<qint64>>& counts) {
            if (!counts && counts.error().kind == ErrorKind::Cancelled && tries < mostTries)
                return countReferrers(tries + 1);  // a page came first
            QList<inspect::Referrer> shown;
            for (qsizetype i = 0; i < m_pointing.size(); ++i) {
                const qint64 count = counts ? counts->value(i, -1) : -1;
                shown += shownPointing(m_pointing[i],
                                       count < 0 ? QStringLiteral("?")
                                       : count > rows::mostCounted
                                           ? tr("more than %1").arg(QLocale().toString(rows::mostCounted))
                                           : QLocale().toString(count));
            }
            m_inspector->setReferrers(shown);
        });
}

/// The rows that point here, in their table.
void Workspace::openReferrer(int referrer)
{
    if (referrer < 0 || referrer >= m_pointing.size())
        return;
    openLink(shownPointing(m_pointing[referrer], {}).link);
}

}  // namespace dewpoint::shell
