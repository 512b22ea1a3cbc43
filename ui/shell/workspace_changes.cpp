// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// What is staged and what was committed, over all tabs.
#include "grid/pending_page.h"
#include "grid/table_page.h"
#include "history/history_page.h"
#include "migrate/creations.h"
#include "migrate/migrate_page.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/workspace.h"

#include <algorithm>

namespace dewpoint::shell {

void Workspace::openPending()
{
    if (m_tabs->show<grid::PendingPage>())
        return;
    const bool asks = m_connection.target.guard == drivers::Guard::ConfirmWrites;
    auto* page = new grid::PendingPage(
        m_session, [this] { return m_tabs->pagesOf<grid::TablePage>(); }, asks,
        m_connection.target.displayName());
    connect(page, &grid::PendingPage::statusText, this, &Workspace::statusText);
    connect(page, &grid::PendingPage::wanted, this, [this](grid::TablePage* table) {
        m_tabs->setCurrentIndex(m_tabs->indexOf(table));
        table->setFocus();
    });
    addPage(page, tr("Pending changes"), QStringLiteral("document-save-all"));
    page->setFocus();
}

void Workspace::openHistory()
{
    if (m_tabs->show<history::HistoryPage>())
        return;
    auto* page = new history::HistoryPage(
        m_session, m_history,
        [this](const QString& schemaName, const QString& name) -> std::optional<rows::Relation> {
            const schema::Table* table = m_database.table(schemaName, name);
            return table ? std::optional(rows::relationIn(m_database, *table)) : std::nullopt;
        });
    page->setMigrations(m_project.has_value());
    connect(page, &history::HistoryPage::statusText, this, &Workspace::statusText);
    connect(page, &history::HistoryPage::takeBackRequested, this, &Workspace::takeBack);
    connect(page, &history::HistoryPage::migrationRequested, this, &Workspace::migrateChanges);
    addPage(page, tr("History"), QStringLiteral("document-open-recent"));
    page->setFocus();
}

void Workspace::openCommit(const QString& id)
{
    openHistory();
    if (auto* page = qobject_cast<history::HistoryPage*>(currentPage()))
        page->showCommit(id);
}

void Workspace::migrateChanges(const QByteArray& up, const QByteArray& down)
{
    openMigrations();
    if (auto* page = qobject_cast<migrate::MigratePage*>(currentPage()))
        page->creations().begin(up, down);
}

void Workspace::takeBack(const QString& commit, const QList<rows::TableChanges>& changes)
{
    QStringList gone;
    for (const rows::TableChanges& table : changes) {
        const schema::Table* known = m_database.table(table.schema, table.name);
        if (!known) {
            gone += table.name;
            continue;
        }
        if (auto* page = openRelation(known->schema, known->name, true))
            page->takeBack(table, commit);
    }
    // Several tables are looked at, and committed, where all of them stand.
    if (changes.size() > 1)
        openPending();
    if (!gone.isEmpty())
        Q_EMIT statusText(tr("There is no table %1 any more.").arg(gone.join(QStringLiteral(", "))));
}

void Workspace::tookCommit(const grid::TablePage* from, const QList<rows::TableChanges>& changes)
{
    QSet<QString> names;
    for (const rows::TableChanges& table : changes) {
        names.insert(table.schema + QLatin1Char('.') + table.name);
        // What a foreign key did to another table is to be seen there; whose own commit it was reads anew.
        const bool cascaded = std::ranges::any_of(table.rows, &rows::RowChange::byDatabase);
        for (grid::TablePage* page : m_tabs->pagesOf<grid::TablePage>()) {
            if (cascaded && page != from && table.isOf(page->relation()) && !page->isCommitting())
                page->refresh();
        }
    }
    if (auto* page = findChild<history::HistoryPage*>())
        page->reload();
    m_counts.recount(names);
}

void Workspace::tellEdits()
{
    int rows = 0;
    int tables = 0;
    for (int i = 0; i < m_tabs->count(); ++i) {
        const int staged = stagedRows(m_tabs->page(i));
        rows += staged;
        tables += staged > 0 ? 1 : 0;
    }
    const QString changes = tr("%n change(s)", nullptr, rows);
    QString text = rows == 0 ? QString() : tr("%1 in %n table(s)", nullptr, tables).arg(changes);
    if (rows > 0 && m_connection.scratch)
        text += QStringLiteral(" · ") + tr("gone when closed");  // a copy keeps no session
    Q_EMIT editsText(text);
    if (auto* pending = findChild<grid::PendingPage*>())
        pending->refreshSoon();
    Q_EMIT changed();
}

QList<kit::Command> Workspace::changeCommands()
{
    return {
        {QStringLiteral("database.pending"),
         tr("Pending changes"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U),
         {},
         [this] { openPending(); }},
        {QStringLiteral("database.history"),
         tr("History of commits"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H),
         {},
         [this] { openHistory(); }},
        {QStringLiteral("database.scenarios"),
         tr("Scenarios of the data"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S),
         {},
         [this] { openScenarios(); }},
        {QStringLiteral("database.log"),
         tr("Statement log"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
         {},
         [this] { openLog(); }},
    };
}

}  // namespace dewpoint::shell
