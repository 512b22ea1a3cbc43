// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// What the workspace is made of and how it comes back: catalog to pages, pages to JSON.
#include "diagram/diagram_page.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "migrate/compare_page.h"
#include "migrate/migrate_page.h"
#include "migrate/time_page.h"
#include "query/query_page.h"
#include "search/search_page.h"
#include "shell/inspector_link.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/workspace.h"

namespace dewpoint::shell {

grid::TablePage* Workspace::makeRelationPage(const QString& schemaName, const QString& name)
{
    if (const schema::Table* table = m_database.table(schemaName, name)) {
        const bool readOnly = m_connection.target.guard == drivers::Guard::ReadOnly;
        const rows::Relation relation = rows::relationIn(m_database, *table, m_notes, readOnly);
        auto* page =
            new grid::TablePage(m_session, relation, rows::referencesOf(relation, m_database, m_notes));
        page->setHistory(m_history);
        page->setDependants(m_database, *table);
        return page;
    }
    if (const schema::View* view = m_database.view(schemaName, name))
        return new grid::TablePage(m_session, rows::relationIn(m_database, *view));
    return nullptr;
}

/// A relation whose columns or key changed is opened anew, with its filters and staged edits.
void Workspace::refreshRelation(grid::TablePage& page)
{
    // Its commit tells what became of it first.
    if (page.isCommitting()) {
        connect(
            &page, &grid::TablePage::commitEnded, this, [this, &page] { refreshRelation(page); },
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
        return;
    }
    const QString schemaName = page.property("schema").toString();
    const QString name = page.property("relation").toString();
    const schema::Table* table = m_database.table(schemaName, name);
    const schema::View* view = m_database.view(schemaName, name);
    const bool readOnly = m_connection.target.guard == drivers::Guard::ReadOnly;
    rows::Relation now = table  ? rows::relationIn(m_database, *table, m_notes, readOnly)
                         : view ? rows::relationIn(m_database, *view)
                                : rows::Relation{};
    now.estimatedRows = page.relation().estimatedRows;  // a guess that moves by itself
    const bool sameLabels =
        !table || rows::referencesOf(now, m_database, m_notes) == page.model().references();
    if (now == page.relation() && sameLabels) {
        if (table)
            page.setDependants(m_database, *table);
        page.refresh();
        return;
    }
    shell::finishEditing(&page);
    const int index = m_tabs->indexOf(&page);
    const QJsonObject state = page.saveState();
    QWidget* const shown = m_tabs->currentPage();
    const bool previewed = m_tabs->preview() == &page;
    if (!table && !view)
        return;  // it was dropped; the tab says so at its next read, and keeps what was typed
    m_tabs->remove(index);
    page.deleteLater();
    grid::TablePage* fresh = addRelationPage(schemaName, name);
    m_tabs->move(m_tabs->indexOf(fresh), index);
    fresh->restoreState(state);
    if (previewed)
        m_tabs->setPreview(fresh);
    m_tabs->setCurrentIndex(m_tabs->indexOf(shown == &page ? fresh : shown));
}

QList<kit::Command> Workspace::commands()
{
    return placeCommands() + schemaCommands() + structureCommands() + changeCommands() + m_link->commands()
           + m_inspector->commands() + tabCommands();
}

/// Where to look, whatever is open.
QList<kit::Command> Workspace::placeCommands()
{
    return {
        {QStringLiteral("database.filter"),
         tr("Find a table or column"),
         QKeySequence(Qt::CTRL | Qt::Key_P),
         {},
         [this] { focusFilter(); }},
        {QStringLiteral("database.search"),
         tr("Search a value in all tables"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
         {},
         [this] { openSearch(); }},
        {QStringLiteral("database.query"),
         tr("New query"),
         QKeySequence(Qt::CTRL | Qt::Key_T),
         {},
         [this] { openQuery(); }},
        {QStringLiteral("database.diagram"),
         tr("Diagram"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G),
         {},
         [this] { openDiagram(); }},
        {QStringLiteral("database.refresh"),
         tr("Read the schema again"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
         {},
         [this] { reloadCatalog(); }},
    };
}

QList<kit::Command> Workspace::tabCommands()
{
    const auto several = [this] { return m_tabs->count() > 1; };
    return {
        {QStringLiteral("database.back"), tr("Back"), QKeySequence(Qt::ALT | Qt::Key_Left),
         [this] { return m_trail.hasBack(); }, [this] { goBack(); }},
        {QStringLiteral("database.forward"), tr("Forward"), QKeySequence(Qt::ALT | Qt::Key_Right),
         [this] { return m_trail.hasForward(); }, [this] { goForward(); }},
        {QStringLiteral("database.nextTab"), tr("Next tab"), QKeySequence(Qt::CTRL | Qt::Key_Tab), several,
         [this] { m_tabs->step(1); }},
        {QStringLiteral("database.previousTab"), tr("Previous tab"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), several, [this] { m_tabs->step(-1); }},
        {QStringLiteral("database.closeTab"), tr("Close tab"), QKeySequence(Qt::CTRL | Qt::Key_W),
         [this] { return m_tabs->count() > 0; }, [this] { closePage(m_tabs->currentIndex()); }},
        {QStringLiteral("database.reopenTab"), tr("Reopen closed tab"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), [this] { return !m_kept.closed().isEmpty(); },
         [this] { reopenTab(); }},
    };
}

QList<kit::Command> Workspace::pageCommands()
{
    return commandsOf(currentPage());
}

QList<kit::Command> Workspace::places()
{
    QList<kit::Command> list;
    const auto add = [&](const QString& schemaName, const QString& name) {
        const bool qualified = m_database.schemas.size() > 1;
        list.append({QStringLiteral("open.") + schemaName + QLatin1Char('.') + name,
                     tr("Open %1").arg(qualified ? schemaName + QLatin1Char('.') + name : name),
                     {},
                     {},
                     [this, schemaName, name] { openRelation(schemaName, name, true); }});
    };
    for (const schema::Table& table : m_database.tables)
        add(table.schema, table.name);
    for (const schema::View& view : m_database.views)
        add(view.schema, view.name);
    return list;
}

kit::Later Workspace::stateLater() const
{
    if (!m_ready)
        return [kept = m_toRestore] { return kept; };
    QList<kit::Later> pages;
    qsizetype current = 0;  // of the tabs that come back, the one in front or the one before it
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->page(i) == m_tabs->preview() || !comesBack(m_tabs->page(i)))
            continue;
        if (i <= m_tabs->currentIndex())
            current = m_kept.lost().size() + pages.size();
        pages += stateOf(m_tabs->page(i));
    }
    const QJsonObject light{{QStringLiteral("current"), current},
                            {QStringLiteral("closed"), m_kept.closed()},
                            {QStringLiteral("columns"), m_looks.columns},
                            {QStringLiteral("views"), m_looks.views},
                            {QStringLiteral("relations"), rows::toJson(m_notes)},
                            {QStringLiteral("structure"), m_staging.saveState()}};
    return [light, lost = m_kept.lost(), pages] {
        QJsonArray all = lost;
        for (const kit::Later& page : pages)
            all.append(page());
        QJsonObject state = light;
        state[QStringLiteral("pages")] = all;
        return state;
    };
}

QWidget* Workspace::openPage(const QJsonObject& page)
{
    const QString kind = page[QStringLiteral("kind")].toString();
    const QJsonObject inner = page[QStringLiteral("state")].toObject();
    if (kind == QLatin1String("migrations")) {
        // One that is open already has what was done in it since.
        if (m_tabs->show<migrate::MigratePage>())
            return currentPage();
        openMigrations();
        if (!inner.isEmpty())
            qobject_cast<migrate::MigratePage*>(currentPage())->restoreState(inner);
    } else if (kind == QLatin1String("drift")) {
        openDrift();
    } else if (kind == QLatin1String("time")) {
        if (m_tabs->show<migrate::TimePage>())
            return currentPage();
        openTimeMachine();
        qobject_cast<migrate::TimePage*>(currentPage())->restoreState(inner);
    } else if (kind == QLatin1String("compare")) {
        if (m_tabs->show<migrate::ComparePage>())
            return currentPage();
        openCompare();
        qobject_cast<migrate::ComparePage*>(currentPage())->restoreState(inner);
    } else if (kind == QLatin1String("diagram")) {
        openDiagram();
    } else if (kind == QLatin1String("log")) {
        openLog();
    } else if (kind == QLatin1String("pending")) {
        openPending();
    } else if (kind == QLatin1String("history")) {
        openHistory();
    } else if (kind == QLatin1String("scenarios")) {
        openScenarios();
    } else if (kind == QLatin1String("search")) {
        if (m_tabs->show<search::SearchPage>())
            return currentPage();
        openSearch();
        qobject_cast<search::SearchPage*>(currentPage())->restoreState(inner);
    } else if (kind == QLatin1String("structure")) {
        return openStructure({.schema = page[QStringLiteral("schema")].toString(),
                              .name = page[QStringLiteral("name")].toString(),
                              .fresh = page[QStringLiteral("fresh")].toBool()});
    } else if (kind == QLatin1String("query")) {
        qobject_cast<query::QueryPage*>(openQuery())->restoreState(inner);
    } else {
        grid::TablePage* table = addRelationPage(page[QStringLiteral("schema")].toString(),
                                                 page[QStringLiteral("name")].toString());
        if (table)
            table->restoreState(inner);
        return table;
    }
    return currentPage();
}

/// A table that is open again meanwhile is only shown.
void Workspace::reopenTab()
{
    const QJsonObject page = m_kept.reopen();
    if (page.isEmpty())
        return;
    const QString name = page[QStringLiteral("name")].toString();
    const bool isTable = page[QStringLiteral("kind")].toString() == QLatin1String("table");
    const QWidget* open =
        isTable ? relationPage(*m_tabs, page[QStringLiteral("schema")].toString(), name) : nullptr;
    if (open)
        m_tabs->setCurrentIndex(m_tabs->indexOf(open));
    else if (!openPage(page))
        Q_EMIT statusText(tr("There is no table %1.").arg(name));
    if (QWidget* shown = currentPage())
        shown->setFocus();
    Q_EMIT changed();
}

void Workspace::restoreState(const QJsonObject& state)
{
    m_toRestore = state;
    if (m_ready)
        restorePages();
}

void Workspace::restorePages()
{
    const QJsonObject state = std::exchange(m_toRestore, {});
    m_kept = KeptTabs(state[QStringLiteral("closed")].toArray());
    m_looks = {.columns = state[QStringLiteral("columns")].toObject(),
               .views = state[QStringLiteral("views")].toObject()};
    m_notes = rows::relationNotesFrom(state[QStringLiteral("relations")].toObject());
    m_staging.restoreState(state[QStringLiteral("structure")].toObject());
    if (const QString first = state[QStringLiteral("first")].toString(); !first.isEmpty())
        openNamed(first);
    QWidget* front = nullptr;
    const QJsonArray pages = state[QStringLiteral("pages")].toArray();
    for (qsizetype i = 0; i < pages.size(); ++i) {
        QWidget* opened = openPage(pages[i].toObject());
        if (!opened)
            m_kept.lose(pages[i].toObject());
        if (opened && i <= state[QStringLiteral("current")].toInteger())
            front = opened;
    }
    if (front)
        m_tabs->setCurrentIndex(m_tabs->indexOf(front));
    if (QWidget* page = currentPage())
        page->setFocus();
}

}  // namespace dewpoint::shell
