// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/pending_page.h"

#include "cells/grid_view.h"
#include "grid/commit_consequences.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

PendingPage::PendingPage(runtime::Session& session, Pages pages, bool asksBefore, QString database,
                         QWidget* parent)
    : QWidget(parent)
    , m_allPages(std::move(pages))
    , m_asksBefore(asksBefore)
    , m_database(std::move(database))
    , m_ask(new kit::AskBar)
    , m_consequences(new CommitConsequences(session, [this] { return edits(); }))
    , m_title(new QLabel)
    , m_tree(new cells::ChangeTree)
    , m_revert(new QPushButton(tr("Revert selected")))
    , m_commitTable(new QPushButton)
    , m_commitAll(new QPushButton(tr("Commit all")))
{
    setObjectName(u"pendingPage"_s);
    build();
    m_due.setSingleShot(true);
    m_due.setInterval(0);
    connect(&m_due, &QTimer::timeout, this, &PendingPage::refresh);
    connect(m_tree, &cells::ChangeTree::activatedAt, this, &PendingPage::goTo);
    connect(m_tree, &cells::ChangeTree::chosenChanged, this, &PendingPage::renderButtons);
    connect(m_consequences, &CommitConsequences::told, this, &PendingPage::renderConsequences);
    connect(m_revert, &QPushButton::clicked, this, &PendingPage::revertChosen);
    connect(m_commitAll, &QPushButton::clicked, this, &PendingPage::commitAll);
    connect(m_commitTable, &QPushButton::clicked, this, [this] {
        if (TablePage* page = chosenTable())
            commit({page});
    });
    refresh();
}

void PendingPage::build()
{
    m_title->setObjectName(u"pendingTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setMinimumWidth(1);
    m_tree->setObjectName(u"pendingTree"_s);
    m_tree->setToolTip(tr("Return or a double click goes to the row."));
    m_revert->setObjectName(u"pendingRevert"_s);
    m_commitTable->setObjectName(u"pendingCommitTable"_s);
    m_commitAll->setObjectName(u"pendingCommitAll"_s);
    m_commitAll->setProperty("primary", true);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(theme::space::m, theme::space::s, theme::space::s, theme::space::s);
    top->setSpacing(theme::space::s);
    top->addWidget(m_title, 1);
    for (QPushButton* button : {m_revert, m_commitTable, m_commitAll})
        top->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_ask);
    column->addWidget(m_tree, 1);
    column->addWidget(m_consequences);
    setFocusProxy(m_tree);
}

void PendingPage::refreshSoon()
{
    m_due.start();
}

void PendingPage::refresh()
{
    m_pages.clear();
    m_shown.clear();
    const QList<TablePage*> all = m_allPages();
    for (TablePage* page : all) {
        if (page->pending().total() == 0)
            continue;
        m_pages += page;
        disconnect(page, &QObject::destroyed, this, nullptr);
        connect(page, &QObject::destroyed, this, [this, page] { forget(page); });
        m_shown += cells::shownEdits(page->relation(), page->model().edits());
    }
    m_tree->show(m_shown);
    tellRefusal();
    m_consequences->consider();
    renderTitle();
    renderButtons();
}

void PendingPage::renderTitle()
{
    int changes = 0;
    for (const TablePage* page : std::as_const(m_pages))
        changes += page->pending().total();
    const auto tables = static_cast<int>(m_pages.size());
    m_title->setText(changes == 0
                         ? tr("Nothing is staged: every change is committed.")
                         : tr("%1 in %n table(s)", nullptr, tables).arg(tr("%n change(s)", nullptr, changes))
                               + m_consequences->tail());
}

/// The question stands while it is being counted what the answer does.
void PendingPage::renderConsequences(const QString& before)
{
    renderTitle();
    if (m_ask->isAsking() && !before.isEmpty() && m_ask->detail() == before)
        m_ask->setDetail(detailOfWriting());
}

QString PendingPage::detailOfWriting() const
{
    return m_consequences->text().isEmpty() ? tr("This connection asks before it writes.")
                                            : m_consequences->text();
}

QList<rows::TableEdits> PendingPage::edits() const
{
    QList<rows::TableEdits> edits;
    for (const TablePage* page : std::as_const(m_pages))
        edits += page->tableEdits();
    return edits;
}

/// Its tab is gone.
void PendingPage::forget(const TablePage* page)
{
    const qsizetype at = m_pages.indexOf(page);
    if (at < 0)
        return;
    m_pages.removeAt(at);
    m_shown.removeAt(at);
    m_tree->show(m_shown);
    refreshSoon();
}

/// The tables themselves say what was refused; here only which.
void PendingPage::tellRefusal()
{
    QStringList names;
    TablePage* first = nullptr;
    for (TablePage* page : std::as_const(m_pages)) {
        if (!page->wasRefused())
            continue;
        names += page->relation().name;
        first = first ? first : page;
    }
    const QString refused = names.join(u", "_s);
    if (std::exchange(m_refused, refused) == refused)
        return;
    if (refused.isEmpty())
        return m_ask->dismiss();
    m_ask->tell(kit::AskBar::Tone::Danger, tr("Nothing was written: see %1.").arg(refused),
                tr("All edits are kept."), tr("Show"), [this, first] {
                    if (m_pages.contains(first))
                        Q_EMIT wanted(first);
                });
}

TablePage* PendingPage::chosenTable() const
{
    const int table = m_tree->current().table;
    return m_pages.size() == 1 ? nullptr : m_pages.value(table, nullptr);
}

void PendingPage::renderButtons()
{
    const bool writing = std::ranges::any_of(m_pages, &TablePage::isCommitting);
    const TablePage* one = chosenTable();
    m_revert->setEnabled(!writing && !m_tree->chosen().isEmpty());
    m_revert->setVisible(!m_pages.isEmpty());
    m_commitTable->setVisible(one != nullptr);
    m_commitTable->setEnabled(!writing);
    m_commitTable->setText(one ? tr("Commit %1").arg(one->relation().name) : QString());
    m_commitAll->setVisible(!m_pages.isEmpty());
    m_commitAll->setEnabled(!writing && !m_pages.isEmpty());
}

void PendingPage::revertChosen()
{
    QList<QList<std::pair<rows::RowRef, QString>>> cells(m_pages.size());
    QList<TablePage*> whole;
    const QList<cells::ChangeTree::Place> places = m_tree->chosen();
    // What is being written, or made over, cannot be changed meanwhile.
    const bool frozen = std::ranges::any_of(
        places, [this](const auto& place) { return m_pages[place.table]->model().isFrozen(); });
    if (places.isEmpty() || frozen)
        return Q_EMIT statusText(frozen ? tr("Nothing was reverted: the changes are being worked on.")
                                        : QString());
    for (const cells::ChangeTree::Place& place : places) {
        if (place.change < 0)
            whole += m_pages[place.table];
        else
            cells[place.table] += {m_shown[place.table].changes[place.change].row, place.column};
    }
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        if (whole.contains(m_pages[i]))
            m_pages[i]->model().discard();
        else if (!cells[i].isEmpty())
            m_pages[i]->model().revertRows(cells[i]);
    }
    Q_EMIT statusText(tr("Reverted. Undo in the table brings it back."));
}

void PendingPage::commitAll()
{
    commit(m_pages);
}

void PendingPage::commit(const QList<TablePage*>& pages)
{
    const bool typed =
        std::ranges::all_of(pages, [](const TablePage* page) { return page->grid()->finishEditing(); });
    if (pages.isEmpty() || !typed)
        return;
    if (!m_asksBefore)
        return write(pages);
    QList<rows::StagedEdits> asked;
    int changes = 0;
    for (TablePage* page : pages) {
        asked += page->model().edits();
        changes += page->pending().total();
    }
    m_ask->ask(kit::AskBar::Tone::Warning, tr("Write %n change(s) to %1?", nullptr, changes).arg(m_database),
               detailOfWriting(), tr("Write"), [this, pages, asked] {
                   const QList<TablePage*> open = m_allPages();
                   for (qsizetype i = 0; i < pages.size(); ++i) {
                       // More may have been staged since: that is another question.
                       if (!open.contains(pages[i]) || pages[i]->model().edits() != asked[i])
                           return refresh();
                   }
                   write(pages);
               });
}

void PendingPage::write(const QList<TablePage*>& pages)
{
    TablePage::writeTogether(pages);
    renderButtons();
}

void PendingPage::goTo(const cells::ChangeTree::Place& place)
{
    TablePage* page = m_pages.value(place.table, nullptr);
    if (!page)
        return;
    Q_EMIT wanted(page);
    if (place.change >= 0)
        page->goTo(m_shown[place.table].changes[place.change].row, place.column);
}

QList<kit::Command> PendingPage::commands()
{
    const auto some = [this] { return !m_pages.isEmpty(); };
    return {{u"pending.commit"_s, tr("Commit all"), QKeySequence(Qt::CTRL | Qt::Key_Return), some,
             [this] { commitAll(); }},
            {u"pending.revert"_s, tr("Revert selected"), QKeySequence(Qt::Key_Delete), some,
             [this] { revertChosen(); }}};
}

}  // namespace dewpoint::grid
