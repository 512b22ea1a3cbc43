// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "search/search_page.h"

#include "kit/announce.h"
#include "rows/reference.h"
#include "rows/row_key.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::search {

namespace {

constexpr int mostRowsPerTable = 200;
constexpr int mostHits = 10'000;
constexpr int fullBar = 1000;
constexpr int tableRole = Qt::UserRole;
constexpr int hitRole = Qt::UserRole + 1;  ///< -1: "there are more"

// A second connection to what is in memory would be another database.
std::unique_ptr<runtime::Session> ownSession(const runtime::Session& session)
{
    drivers::Target target = session.target();
    if (target.isInMemory())
        return nullptr;
    target.guard = drivers::Guard::ReadOnly;
    target.create = false;
    return std::make_unique<runtime::Session>(target);
}

QString titleOf(const rows::Relation& table)
{
    const bool usual = table.schema == u"main"_s || table.schema == u"public"_s;
    return usual ? table.name : table.schema + u'.' + table.name;
}

}  // namespace

SearchPage::SearchPage(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_own(ownSession(session))
    , m_session(m_own ? *m_own : session)
    , m_input(new QLineEdit)
    , m_mode(new QComboBox)
    , m_start(new QPushButton(tr("Search")))
    , m_stop(new QPushButton(tr("Stop")))
    , m_progress(new QProgressBar)
    , m_state(new QLabel)
    , m_tree(new QTreeWidget)
{
    setObjectName(u"searchPage"_s);
    buildTree();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildTop());
    column->addWidget(m_tree, 1);
    setFocusProxy(m_input);
    if (m_own)
        connect(m_own.get(), &runtime::Session::statementRun, &session, &runtime::Session::statementRun);
    connect(m_input, &QLineEdit::returnPressed, this, &SearchPage::start);
    connect(m_input, &QLineEdit::textChanged, this, &SearchPage::edited);
    connect(m_start, &QPushButton::clicked, this, &SearchPage::start);
    connect(m_stop, &QPushButton::clicked, this, &SearchPage::stop);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) { openItem(item); });
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) {
        if (item->parent())
            openItem(item);
    });
    m_state->setText(tr("Texts are searched for what they contain; numbers, dates, UUIDs and true or false "
                        "by their value."));
    render();
}

SearchPage::~SearchPage()
{
    m_job.cancel();
}

QWidget* SearchPage::buildTop()
{
    m_input->setObjectName(u"valueField"_s);
    m_input->setPlaceholderText(tr("A value to find in any table"));
    m_input->setAccessibleName(tr("Value to find in any table"));
    m_input->setClearButtonEnabled(true);
    m_mode->setObjectName(u"valueMode"_s);
    m_mode->setAccessibleName(tr("How texts are compared"));
    m_mode->addItems({tr("contains"), tr("equals")});
    m_start->setObjectName(u"startSearch"_s);
    m_start->setProperty("primary", true);
    m_stop->setObjectName(u"stopSearch"_s);
    m_progress->setObjectName(u"searchProgress"_s);
    m_progress->setAccessibleName(tr("Progress of the search"));
    m_progress->setTextVisible(false);
    m_state->setObjectName(u"searchState"_s);
    m_state->setProperty("role", u"muted"_s);
    m_state->setWordWrap(true);
    m_state->setMinimumWidth(1);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QObject* watched : std::initializer_list<QObject*>{m_input, m_tree})
        watched->installEventFilter(this);
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::space::s);
    row->addWidget(m_mode);
    row->addWidget(m_input, 1);
    row->addWidget(m_start);
    row->addWidget(m_stop);
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    column->setSpacing(theme::space::xs);
    column->addLayout(row);
    column->addWidget(m_progress);
    column->addWidget(m_state);
    return bar;
}

void SearchPage::buildTree()
{
    m_tree->setObjectName(u"foundTree"_s);
    m_tree->setAccessibleName(tr("Found cells, by table"));
    m_tree->setColumnCount(3);
    m_tree->setHeaderLabels({tr("Table and column"), tr("Value"), tr("Row")});
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(0, theme::space::sidebarWidth);
    m_tree->header()->resizeSection(1, theme::space::messageWidth);
}

/// Partitions are searched as their table.
void SearchPage::setDatabase(const schema::Database& database)
{
    m_tables.clear();
    for (const schema::Table& table : database.tables) {
        if (table.partitionBound.isEmpty())
            m_tables += rows::relationIn(database, table, true);
    }
}

rows::Needle SearchPage::needle() const
{
    return {.text = m_input->text(), .whole = m_mode->currentIndex() == 1};
}

void SearchPage::searchFor(const QString& text)
{
    m_input->setText(text);
    start();
}

void SearchPage::start()
{
    if (m_input->text().trimmed().isEmpty())
        return m_state->setText(tr("Type what to look for."));
    m_job.cancel();
    m_tree->clear();
    m_needle = needle();
    m_searched = m_tables;
    m_sizes.clear();
    m_unread.clear();
    m_hits = 0;
    m_table = -1;
    m_running = true;
    render();
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [tables = m_searched](drivers::Connection& connection, const runtime::StopToken&) {
            return Result<QList<qint64>>(rows::roughSizes(connection, tables));
        },
        [this](const Result<QList<qint64>>& sizes) {
            if (!sizes)
                return finish(sizes.error().oneLine());
            begin(*sizes);
        });
}

/// The small ones first: they say soon whether there is anything.
void SearchPage::begin(const QList<qint64>& sizes)
{
    QList<qsizetype> order(m_searched.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&sizes](qsizetype place) { return sizes.value(place); });
    const QList<rows::Relation> tables = std::exchange(m_searched, {});
    for (const qsizetype place : std::as_const(order)) {
        m_searched += tables[place];
        m_sizes += std::max<qint64>(1, sizes.value(place));
        // How far a large table is can be told by it.
        if (m_searched.last().estimatedRows < 0)
            m_searched.last().estimatedRows = sizes.value(place);
    }
    m_found = QList<QList<rows::SearchHit>>(m_searched.size());
    finishTable();
}

void SearchPage::stop()
{
    if (!m_running)
        return;
    m_job.cancel();
    finish(tr("Stopped at %1 of %2 tables.").arg(m_table + 1).arg(m_searched.size()));
}

/// On to the next table, or to the end.
void SearchPage::finishTable()
{
    ++m_table;
    m_branch = nullptr;
    m_percent = 0;
    if (m_table >= m_searched.size())
        return finish(tr("%1 tables searched.").arg(m_searched.size()));
    m_search = std::make_shared<rows::TableSearch>(m_searched[m_table], m_needle, mostRowsPerTable);
    next();
}

void SearchPage::next()
{
    render();
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [search = m_search](drivers::Connection& connection, const runtime::StopToken&) {
            return search->next(connection);
        },
        [this](const Result<rows::SearchSlice>& slice) { arrived(slice); });
}

void SearchPage::arrived(const Result<rows::SearchSlice>& slice)
{
    if (!slice) {
        m_unread += titleOf(m_searched[m_table]) + u": "_s + slice.error().oneLine();
        // Without a server no other table can be read.
        if (slice.error().kind == ErrorKind::Connection)
            return finish(slice.error().oneLine());
        return finishTable();
    }
    m_percent = slice->percent;
    for (const rows::SearchHit& cell : slice->cells)
        add(cell);
    if (slice->more && m_branch) {
        auto* item = new QTreeWidgetItem(
            m_branch, {tr("More…"),
                       tr("The first %1 rows are listed. Open the table to see all.").arg(mostRowsPerTable)});
        item->setData(0, tableRole, m_table);
        item->setData(0, hitRole, -1);
    }
    if (m_hits >= mostHits)
        return finish(tr("Stopped at %1 hits: look for something rarer.").arg(QLocale().toString(m_hits)));
    if (slice->done)
        finishTable();
    else
        next();
}

void SearchPage::add(const rows::SearchHit& cell)
{
    if (!m_branch) {
        m_branch = new QTreeWidgetItem(m_tree, {titleOf(m_searched[m_table])});
        m_branch->setIcon(0, theme::icon(u"table"_s));
        m_branch->setData(0, tableRole, m_table);
        m_branch->setExpanded(true);
        if (!m_tree->currentItem())
            m_tree->setCurrentItem(m_branch);
    }
    ++m_hits;
    QList<rows::SearchHit>& found = m_found[m_table];
    auto* item = new QTreeWidgetItem(
        m_branch, {cell.column, QString(cell.excerpt).simplified(), rows::displayText(cell.key)});
    item->setData(0, tableRole, m_table);
    item->setData(0, hitRole, static_cast<int>(found.size()));
    found += cell;
    m_branch->setText(1, tr("%n hit(s)", nullptr, static_cast<int>(found.size())));
}

void SearchPage::finish(const QString& how)
{
    m_running = false;
    m_search.reset();
    render();
    QString text =
        how + u' ' + (m_hits == 0 ? tr("Nothing was found.") : tr("%n hit(s)", nullptr, m_hits) + u'.');
    if (!m_unread.isEmpty())
        text += u'\n' + tr("Could not be read: %1").arg(m_unread.join(u"; "_s));
    m_state->setText(text);
    kit::announce(m_state, text);
    Q_EMIT statusText(how);
}

void SearchPage::render()
{
    const bool focused = m_stop->hasFocus();
    m_stop->setVisible(m_running);
    m_progress->setVisible(m_running);
    if (focused && !m_running)
        m_input->setFocus();
    if (!m_running)
        return;
    if (m_table < 0) {
        m_progress->setRange(0, 0);
        return m_state->setText(tr("Looking which tables are small: they are searched first."));
    }
    // By rows, not by tables: the last one may be nearly all of it.
    const auto before = std::accumulate(m_sizes.cbegin(), m_sizes.cbegin() + m_table, 0.0);
    const double now = static_cast<double>(m_sizes[m_table]) * std::max(0, m_percent) / 100;
    const auto all = std::accumulate(m_sizes.cbegin(), m_sizes.cend(), 0.0);
    m_progress->setRange(0, fullBar);
    m_progress->setValue(static_cast<int>(fullBar * (before + now) / all));
    const QString part = m_percent > 0 ? u", "_s + tr("%1 %").arg(m_percent) : QString();
    m_state->setText(tr("Searching %1 (%2 of %3%4) · %5 so far · Esc stops")
                         .arg(titleOf(m_searched[m_table]))
                         .arg(m_table + 1)
                         .arg(m_searched.size())
                         .arg(part, tr("%n hit(s)", nullptr, m_hits)));
}

void SearchPage::openItem(const QTreeWidgetItem* item)
{
    if (!item)
        return;
    const int table = item->data(0, tableRole).toInt();
    const QVariant hit = item->data(0, hitRole);
    if (!hit.isValid() || hit.toInt() < 0)
        return Q_EMIT tableRequested(m_searched[table], m_needle.text);
    Q_EMIT rowRequested(m_searched[table], m_found[table][hit.toInt()]);
}

bool SearchPage::eventFilter(QObject* watched, QEvent* event)
{
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!pressed && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const bool stops = key->key() == Qt::Key_Escape && m_running;
    const bool down = watched == m_input && key->key() == Qt::Key_Down && m_tree->topLevelItemCount() > 0;
    if (!stops && !down)
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (pressed && stops)
        stop();
    else if (pressed)
        m_tree->setFocus();
    return true;
}

QList<kit::Command> SearchPage::commands()
{
    return {
        {u"search.start"_s, tr("Search all tables"), {}, [this] { return !m_running; }, [this] { start(); }},
        {u"search.stop"_s, tr("Stop the search"), {}, [this] { return m_running; }, [this] { stop(); }},
        {u"search.open"_s,
         tr("Open the found row"),
         {},
         [this] { return m_tree->currentItem() != nullptr; },
         [this] { openItem(m_tree->currentItem()); }},
        {u"search.field"_s,
         tr("Change what to look for"),
         QKeySequence(Qt::CTRL | Qt::Key_F),
         {},
         [this] {
             m_input->setFocus();
             m_input->selectAll();
         }},
    };
}

QJsonObject SearchPage::saveState() const
{
    return {{u"text"_s, m_input->text()}, {u"whole"_s, m_mode->currentIndex() == 1}};
}

void SearchPage::restoreState(const QJsonObject& state)
{
    m_input->setText(state[u"text"_s].toString());
    m_mode->setCurrentIndex(state[u"whole"_s].toBool() ? 1 : 0);
}

}  // namespace dewpoint::search
