// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "history/history_page.h"

#include "kit/ask_bar.h"
#include "kit/time_text.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::history {

namespace {

QString countsText(const rows::TableChanges::Counts& counts)
{
    QStringList parts;
    for (const auto& [mark, count] :
         {std::pair{u'+', counts.inserts}, {u'~', counts.updates}, {u'−', counts.deletes}}) {
        if (count > 0)
            parts += mark + QLocale().toString(count);
    }
    return parts.join(u' ');
}

}  // namespace

HistoryPage::HistoryPage(runtime::Session& session, store::History history, RelationNamed relationNamed,
                         QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_history(std::move(history))
    , m_relationNamed(std::move(relationNamed))
    , m_ask(new kit::AskBar)
    , m_list(new QTreeWidget)
    , m_title(new QLabel)
    , m_tree(new cells::ChangeTree)
    , m_takeBack(new QPushButton(tr("Take back")))
    , m_script(new QPushButton(tr("Save as script…")))
    , m_migration(new QPushButton(tr("New migration…")))
{
    setObjectName(u"historyPage"_s);
    build();
    connect(m_list, &QTreeWidget::currentItemChanged, this, &HistoryPage::showChosen);
    connect(m_tree, &cells::ChangeTree::chosenChanged, this, &HistoryPage::renderButtons);
    connect(m_takeBack, &QPushButton::clicked, this, &HistoryPage::takeBack);
    connect(m_script, &QPushButton::clicked, this, &HistoryPage::askForFile);
    connect(m_migration, &QPushButton::clicked, this, &HistoryPage::migrate);
    renderButtons();
    reload();
}

void HistoryPage::build()
{
    auto* splitter = new QSplitter;
    splitter->addWidget(buildCommits());
    splitter->addWidget(buildChanges());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({theme::space::pageLeast, 2 * theme::space::pageLeast});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_ask);
    column->addWidget(splitter, 1);
    setFocusProxy(m_list);
}

QWidget* HistoryPage::buildCommits()
{
    m_list->setObjectName(u"historyList"_s);
    m_list->setAccessibleName(tr("Commits"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("When"), tr("Tables"), tr("Rows")});
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setMinimumWidth(theme::space::sidebarWidth);
    return m_list;
}

QWidget* HistoryPage::buildChanges()
{
    auto* side = new QWidget;
    m_title->setObjectName(u"historyTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setMinimumWidth(1);
    m_title->setWordWrap(true);
    m_tree->setObjectName(u"historyTree"_s);
    m_takeBack->setObjectName(u"historyTakeBack"_s);
    m_takeBack->setProperty("primary", true);
    m_takeBack->setToolTip(tr("Stages what was before, to be looked at and committed."));
    m_script->setObjectName(u"historyScript"_s);
    m_script->setToolTip(tr("SQL that makes these rows what they were after the commit."));
    m_migration->setObjectName(u"historyMigration"_s);
    m_migration->setToolTip(tr("A migration with these changes as its up and down SQL."));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::space::s);
    buttons->addWidget(m_title, 1);
    for (QPushButton* button : {m_script, m_migration, m_takeBack})
        buttons->addWidget(button, 0, Qt::AlignTop);
    buttons->setContentsMargins(theme::space::m, theme::space::s, theme::space::s, theme::space::s);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(buttons);
    column->addWidget(m_tree, 1);
    return side;
}

void HistoryPage::setMigrations(bool some)
{
    m_migrations = some;
    renderButtons();
}

void HistoryPage::reload()
{
    m_listJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [history = m_history](drivers::Connection&, const runtime::StopToken&) {
            return Result<QList<store::KeptCommit>>(history.commits());
        },
        [this](const Result<QList<store::KeptCommit>>& commits) {
            if (commits)
                showCommits(*commits);
            else
                Q_EMIT statusText(commits.error().oneLine());
        });
}

void HistoryPage::showCommit(const QString& id)
{
    m_wanted = id;
    chooseWanted();
    if (!m_wanted.isEmpty())
        reload();
}

void HistoryPage::chooseWanted()
{
    for (int i = 0; i < m_list->topLevelItemCount() && !m_wanted.isEmpty(); ++i) {
        QTreeWidgetItem* item = m_list->topLevelItem(i);
        if (item->data(0, Qt::UserRole).toString() != m_wanted)
            continue;
        m_wanted.clear();
        m_list->setCurrentItem(item);
        m_list->scrollToItem(item);
    }
}

void HistoryPage::showCommits(const QList<store::KeptCommit>& commits)
{
    if (commits == m_commits && !m_title->text().isEmpty())
        return chooseWanted();
    const QString before = chosenCommit();
    const bool wasFirst = m_list->indexOfTopLevelItem(m_list->currentItem()) <= 0;
    m_commits = commits;
    // Only these can take another one back; of thousands, each is held against a few.
    QList<store::KeptCommit> takers = commits;
    takers.removeIf([](const store::KeptCommit& commit) {
        return std::ranges::all_of(commit.tables,
                                   [](const store::KeptTable& table) { return table.takesBack.isEmpty(); });
    });
    m_list->clear();
    for (const store::KeptCommit& commit : commits) {
        QStringList names;
        rows::TableChanges::Counts counts;
        bool takesBack = true;
        for (const store::KeptTable& table : commit.tables) {
            names += table.name;
            counts.inserts += table.counts.inserts;
            counts.updates += table.counts.updates;
            counts.deletes += table.counts.deletes;
            takesBack = takesBack && !table.takesBack.isEmpty();
        }
        const bool undone = store::isTakenBack(takers, commit);
        QString tables = names.join(u", "_s);
        if (undone)
            tables += u" · "_s + tr("taken back");
        else if (takesBack)
            tables += u" · "_s + tr("took one back");
        auto* item = new QTreeWidgetItem(m_list, {kit::momentText(commit.at), tables, countsText(counts)});
        item->setData(0, Qt::UserRole, commit.id);
        item->setToolTip(0, QLocale().toString(commit.at.toLocalTime(), QLocale::LongFormat));
        item->setToolTip(1, tables);
        for (int column = 0; undone && column < m_list->columnCount(); ++column)
            item->setForeground(column, theme::color(theme::Role::TextFaint));
        if (commit.id == before && !wasFirst)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && !commits.isEmpty())
        m_list->setCurrentItem(m_list->topLevelItem(0));
    if (commits.isEmpty())
        showChosen();
    chooseWanted();
}

QString HistoryPage::chosenCommit() const
{
    const QTreeWidgetItem* item = m_list->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString();
}

void HistoryPage::showChosen()
{
    const QString id = chosenCommit();
    if (id.isEmpty()) {
        m_changes.clear();
        m_shown.clear();
        m_tree->show({});
        m_title->setText(
            tr("Nothing was committed yet. Every commit you make here is kept and can be taken back."));
        return renderButtons();
    }
    m_changesJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [history = m_history, id](drivers::Connection&, const runtime::StopToken&) {
            return history.changesOf(id);
        },
        [this, id](const Result<QList<rows::TableChanges>>& changes) { showChanges(id, changes); });
}

void HistoryPage::showChanges(const QString& commit, const Result<QList<rows::TableChanges>>& changes)
{
    m_shown = commit;
    m_changes = changes.value_or(QList<rows::TableChanges>());
    QList<cells::ShownTable> tables;
    int rows = 0;
    int unknown = 0;
    for (const rows::TableChanges& table : std::as_const(m_changes)) {
        tables += cells::shownChanges(table);
        rows += table.counts().total();
        unknown += table.unknown;
    }
    m_tree->show(tables);
    QStringList title{changes ? tr("%n changed row(s)", nullptr, rows) : changes.error().oneLine()};
    if (unknown > 0)
        title += tr("%n more, of which nothing is known", nullptr, unknown);
    m_title->setText(title.join(u" · "_s));
    renderButtons();
}

/// What is selected in the tree, or all of it. Of a row always the whole: half a row is no step back.
QList<rows::TableChanges> HistoryPage::chosenChanges() const
{
    const QList<cells::ChangeTree::Place> places = m_tree->chosen();
    if (places.isEmpty())
        return m_changes;
    QList<rows::TableChanges> chosen;
    for (int table = 0; table < m_changes.size(); ++table) {
        rows::TableChanges part = m_changes[table];
        QList<int> rows;
        bool whole = false;
        for (const cells::ChangeTree::Place& place : places) {
            whole = whole || (place.table == table && place.change < 0);
            if (place.table == table && place.change >= 0 && !rows.contains(place.change))
                rows += place.change;
        }
        if (!whole) {
            std::ranges::sort(rows);
            part.rows.clear();
            part.unknown = 0;
            for (const int row : std::as_const(rows))
                part.rows += m_changes[table].rows[row];
        }
        if (!part.rows.isEmpty() || part.unknown > 0)
            chosen += std::move(part);
    }
    return chosen;
}

void HistoryPage::renderButtons()
{
    const bool some = !m_changes.isEmpty() && m_shown == chosenCommit();
    for (QPushButton* button : {m_takeBack, m_script, m_migration})
        button->setVisible(!m_commits.isEmpty());
    m_takeBack->setEnabled(some);
    m_takeBack->setText(m_tree->chosen().isEmpty() ? tr("Take back") : tr("Take selected back"));
    m_script->setEnabled(some);
    m_migration->setVisible(m_migrations && !m_commits.isEmpty());
    m_migration->setEnabled(some);
}

void HistoryPage::takeBack()
{
    if (m_takeBack->isEnabled())
        Q_EMIT takeBackRequested(m_shown, chosenChanges());
}

void HistoryPage::askToClear()
{
    m_ask->ask(kit::AskBar::Tone::Warning, tr("Forget all commits of this database?"),
               tr("The database stays as it is, but what was committed cannot be taken back any more."),
               tr("Forget"), [this] {
                   m_clearJob = m_session.run(
                       runtime::Session::Lane::Read, this,
                       [history = m_history](drivers::Connection&, const runtime::StopToken&) {
                           return history.clear();
                       },
                       [this](const Result<>& cleared) {
                           if (!cleared)
                               Q_EMIT statusText(cleared.error().oneLine());
                           reload();
                       });
               });
}

QList<kit::Command> HistoryPage::commands()
{
    const auto some = [this] { return m_takeBack->isEnabled(); };
    return {{u"history.takeBack"_s, tr("Take back"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z), some,
             [this] { takeBack(); }},
            {u"history.script"_s, tr("Save as script…"), {}, some, [this] { askForFile(); }},
            {u"history.migration"_s,
             tr("New migration…"),
             {},
             [this, some] { return m_migrations && some(); },
             [this] { migrate(); }},
            {u"history.clear"_s,
             tr("Forget all commits…"),
             {},
             [this] { return !m_commits.isEmpty(); },
             [this] { askToClear(); }}};
}

}  // namespace dewpoint::history
