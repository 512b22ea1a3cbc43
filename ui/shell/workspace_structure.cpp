// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Structure tabs: they share what is staged, and what it becomes is a migration.
#include "design/structure_page.h"
#include "kit/row_count.h"
#include "migrate/creations.h"
#include "migrate/migrate_page.h"
#include "migrate/time_page.h"
#include "shell/page_tabs.h"
#include "shell/workspace.h"

#include <QLocale>

#include <algorithm>

namespace dewpoint::shell {

QWidget* Workspace::openStructure(const structure::TableId& id)
{
    for (design::StructurePage* open : m_tabs->pagesOf<design::StructurePage>()) {
        if (open->id() == id) {
            m_tabs->show(open);
            return open;
        }
    }
    const bool known = id.fresh ? m_staging.edits().of(id) != nullptr
                                : m_database.table(id.schema, id.name) || m_database.view(id.schema, id.name)
                                      || m_staging.edits().of(id);
    if (!known)
        return nullptr;
    const auto rows = [this](const QString& schemaName, const QString& name) {
        const auto counted = m_counts.counts().constFind(schemaName + QLatin1Char('.') + name);
        if (counted != m_counts.counts().cend())
            return QLocale().toString(*counted);
        const schema::Table* there = m_database.table(schemaName, name);
        return there && there->estimatedRows > 0 ? QLatin1Char('~') + kit::roughCount(there->estimatedRows)
                                                 : QString();
    };
    const auto origin = [this](const diff::Part& part) {
        const auto* past = findChild<migrate::TimePage*>();
        return past ? past->originText(part) : QString();
    };
    auto* page = new design::StructurePage(
        m_session, m_staging, id, {.project = [this] { return m_project; }, .rows = rows, .origin = origin});
    connect(page, &design::StructurePage::historyRequested, this,
            [this](const QString& schemaName, const QString& name) {
                openTimeMachine();
                findChild<migrate::TimePage*>()->showRelation(schemaName, name);
            });
    connect(page, &design::StructurePage::titleChanged, this,
            [this, page](const QString& title) { retitle(page, title); });
    connect(page, &design::StructurePage::statusText, this, &Workspace::statusText);
    connect(page, &design::StructurePage::migrationRequested, this, &Workspace::migrateStructure);
    connect(page, &design::StructurePage::placeRequested, this, [this](const structure::Place& place) {
        if (auto* other = qobject_cast<design::StructurePage*>(openStructure(place.table)))
            other->showPlace(place);
    });
    addPage(page, page->title(), QStringLiteral("document-properties"));
    page->setFocus();
    return page;
}

void Workspace::newTable(const QString& schemaName)
{
    if (m_connection.target.guard == drivers::Guard::ReadOnly)
        return Q_EMIT statusText(tr("This connection is read only, so no table can be made."));
    const QString usual =
        m_database.engine == Engine::Sqlite ? QStringLiteral("main")
        : m_database.schemas.contains(QLatin1String("public")) || m_database.schemas.isEmpty()
            ? QStringLiteral("public")
            : m_database.schemas.constFirst();
    structure::TableId made;
    m_staging.change([&](structure::Edits& edits) {
        made = structure::addTable(edits, m_database, schemaName.isEmpty() ? usual : schemaName);
    });
    if (auto* page = qobject_cast<design::StructurePage*>(openStructure(made)))
        page->showPlace(
            {.table = made, .kind = structure::Kind::Table, .row = 0, .field = structure::Field::Name});
}

void Workspace::reviewStructure()
{
    if (m_staging.edits().isEmpty())
        return;
    auto* page = qobject_cast<design::StructurePage*>(currentPage());
    if (!page)
        page = qobject_cast<design::StructurePage*>(openStructure(m_staging.edits().tables.constFirst().id));
    if (page)
        page->review();
}

/// The tab of a new table whose edits are taken back, or became a migration, shows nothing any more. It
/// may be that tab which told, so it goes once that has come to its end.
void Workspace::tellStructure()
{
    Q_EMIT changed();
    QMetaObject::invokeMethod(
        this,
        [this] {
            for (int i = m_tabs->count() - 1; i >= 0; --i) {
                auto* page = qobject_cast<design::StructurePage*>(m_tabs->page(i));
                if (!page || !page->id().fresh || m_staging.edits().of(page->id()))
                    continue;
                m_tabs->remove(i);
                page->deleteLater();
            }
        },
        Qt::QueuedConnection);
}

void Workspace::migrateStructure(const QString& name, const structure::Proposal& proposal, bool run)
{
    m_drafted = m_staging.edits();
    openMigrations();
    if (auto* page = qobject_cast<migrate::MigratePage*>(currentPage()))
        page->creations().draft({.name = name,
                                 .up = proposal.way.up,
                                 .down = proposal.way.down,
                                 .overTables = !proposal.from.tables.isEmpty(),
                                 .run = run});
}

/// What became a migration is staged no more, and Undo in a structure tab brings it back. What was edited since
/// is in no migration.
void Workspace::takeMadeEdits()
{
    if (m_drafted.isEmpty())
        return;  // the draft came from elsewhere
    m_staging.change([this](structure::Edits& edits) {
        edits.tables.removeIf([this](const structure::TableEdits& table) {
            return std::ranges::contains(m_drafted.tables, table);
        });
    });
    m_drafted = {};
    if (!m_staging.edits().isEmpty())
        Q_EMIT statusText(tr("What you edited after the review is still staged."));
}

QList<kit::Command> Workspace::structureCommands()
{
    return {
        {QStringLiteral("database.newTable"),
         tr("New table…"),
         {},
         [this] { return m_ready && m_connection.target.guard != drivers::Guard::ReadOnly; },
         [this] { newTable({}); }},
        {QStringLiteral("database.reviewStructure"),
         tr("Review all structure edits"),
         {},
         [this] { return !m_staging.edits().isEmpty(); },
         [this] { reviewStructure(); }},
    };
}

}  // namespace dewpoint::shell
