// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/diagram_page.h"

#include "diagram/diagram_bar.h"
#include "diagram/diagram_scene.h"
#include "diagram/diagram_view.h"
#include "diagram/export.h"
#include "kit/ask_bar.h"
#include "theme/theme.h"

#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>
#include <QStackedWidget>
#include <QtConcurrentRun>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

DiagramPage::DiagramPage(QWidget* parent)
    : QWidget(parent)
    , m_scene(new DiagramScene(this))
    , m_view(new DiagramView(m_scene, this))
    , m_bar(new DiagramBar(this))
    , m_notice(new kit::AskBar(this))
    , m_stack(new QStackedWidget(this))
    , m_message(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(u"diagramPage"_s);
    build();
    connectParts();
    render();
}

void DiagramPage::build()
{
    m_stack->addWidget(messagePage());
    m_stack->addWidget(m_view);
    m_progress->setObjectName(u"diagramProgress"_s);
    m_progress->setAccessibleName(tr("Laying out the diagram"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(theme::space::xs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_progress);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    setFocusProxy(m_view);
    setTabOrder(m_bar, m_view);
}

QWidget* DiagramPage::messagePage()
{
    auto* page = new QWidget(m_stack);
    QFont large = theme::textFont();
    large.setBold(true);
    m_message->setObjectName(u"diagramMessage"_s);
    m_message->setFont(large);
    m_hint->setObjectName(u"diagramHint"_s);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(theme::space::s);
    column->addStretch();
    for (QLabel* label : {m_message, m_hint}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch();
    return page;
}

void DiagramPage::connectParts()
{
    connect(&m_running, &QFutureWatcher<Layout>::finished, this,
            [this] { finishLayout(m_running.result()); });
    connect(m_view, &DiagramView::zoomChanged, m_bar, &DiagramBar::showZoom);
    connect(m_view, &DiagramView::activated, this, [this](int index) {
        Q_EMIT tableActivated(m_scene->card(index).schema, m_scene->card(index).name);
    });
    connect(m_scene, &DiagramScene::selectionMoved, this,
            [this](int index) { m_bar->showDepth(index >= 0, m_options.depth); });
    connect(m_bar, &DiagramBar::searchChanged, this, &DiagramPage::search);
    connect(m_bar, &DiagramBar::stepped, this, &DiagramPage::step);
    connect(m_bar, &DiagramBar::searchLeft, m_view, [this] { m_view->setFocus(); });
    connect(m_bar, &DiagramBar::zoomInPressed, m_view, [this] { m_view->zoomBy(1.25); });
    connect(m_bar, &DiagramBar::zoomOutPressed, m_view, [this] { m_view->zoomBy(0.8); });
    connect(m_bar, &DiagramBar::fitPressed, m_view, &DiagramView::fit);
    connect(m_bar, &DiagramBar::exportPressed, this, &DiagramPage::askWhereToExport);
    connect(m_bar, &DiagramBar::depthChosen, this, &DiagramPage::setDepth);
    connect(m_bar, &DiagramBar::columnsChosen, this, [this](ColumnsShown columns) {
        m_options.columns = columns;
        relayout(true);
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, [this] {
        m_view->setBackgroundBrush(theme::color(theme::Role::Window));
        m_scene->update();
    });
    m_view->setBackgroundBrush(theme::color(theme::Role::Window));
}

void DiagramPage::setDatabase(const schema::Database& database)
{
    if (m_known && database == m_database)
        return;
    m_database = database;
    relayout(!std::exchange(m_known, true));
}

void DiagramPage::setDepth(int depth)
{
    if (const int selected = m_scene->selected(); depth > 0 && selected >= 0) {
        m_options.focusSchema = m_scene->card(selected).schema;
        m_options.focusTable = m_scene->card(selected).name;
    }
    m_options.depth = m_options.focusTable.isEmpty() ? 0 : depth;
    relayout(true);
}

/// One layout at a time: what changes meanwhile is drawn by one more when it is done.
void DiagramPage::relayout(bool refit)
{
    m_refit = m_refit || refit;
    if (!m_known)
        return;
    if (m_busy)
        m_stale = true;
    else
        startLayout();
    render();
}

void DiagramPage::startLayout()
{
    m_busy = true;
    m_stale = false;
    m_options.metrics = DiagramScene::measureFonts();
    m_running.setFuture(QtConcurrent::run(
        [database = m_database, options = m_options] { return layoutDiagram(database, options); }));
}

bool DiagramPage::hasFocusTable() const
{
    return m_database.table(m_options.focusSchema, m_options.focusTable)
           || m_database.view(m_options.focusSchema, m_options.focusTable);
}

void DiagramPage::finishLayout(const Layout& layout)
{
    m_busy = false;
    if (m_options.depth > 0 && !hasFocusTable()) {  // dropped or renamed meanwhile
        m_options.depth = 0;
        m_stale = true;
    }
    if (m_stale) {
        startLayout();
        return;
    }
    const int before = m_scene->selected();
    const Card selected = before >= 0 ? m_scene->card(before) : Card{};
    m_scene->draw(layout);
    m_scene->select(m_scene->find(selected.schema, selected.name));
    m_bar->showDepth(m_scene->selected() >= 0, m_options.depth);
    render();
    if (std::exchange(m_refit, false))
        m_view->fit();
    const auto views = static_cast<int>(std::ranges::count_if(layout.cards, &Card::isView));
    const int tables = static_cast<int>(layout.cards.size()) - views;
    QString counts = tables == 1 ? tr("1 table") : tr("%1 tables").arg(tables);
    if (views > 0)
        counts = tr("%1, %2").arg(counts, views == 1 ? tr("1 view") : tr("%1 views").arg(views));
    m_bar->showSummary(m_options.depth > 0 ? tr("%1 around %2").arg(counts, m_options.focusTable) : counts);
    m_hits.clear();
    Q_EMIT layoutFinished();
}

void DiagramPage::render()
{
    const bool drawn = m_scene->cardCount() > 0;
    m_progress->setVisible(m_busy);
    m_stack->setCurrentIndex(drawn ? 1 : 0);
    m_bar->setEnabled(drawn);
    if (m_busy) {
        m_message->setText(tr("Laying out the tables…"));
        m_hint->setText(tr("You can go on working meanwhile."));
    } else if (m_known) {
        m_message->setText(tr("Nothing to draw yet"));
        m_hint->setText(tr("Tables and views of this database appear here with their relations."));
    } else {
        m_message->setText(tr("No database is open"));
        m_hint->setText(tr("Open one to see its tables and how they hang together."));
    }
}

void DiagramPage::search(const QString& text)
{
    m_hits = m_scene->search(text.trimmed());
    m_hit = 0;
    m_bar->showHits(m_hit, text.trimmed().isEmpty() ? -1 : m_hits.size());
    showHit();
}

void DiagramPage::step(int by)
{
    if (m_hits.isEmpty())
        return;
    m_hit = (m_hit + by + m_hits.size()) % m_hits.size();
    m_bar->showHits(m_hit, m_hits.size());
    showHit();
}

void DiagramPage::showHit()
{
    const Hit hit = m_hits.value(m_hit);
    m_scene->mark(hit);
    if (hit.card < 0)
        return;
    m_scene->select(hit.card);
    m_view->showCard(hit.card);
}

QString DiagramPage::selectedTable() const
{
    return m_scene->selected() < 0 ? QString() : m_scene->card(m_scene->selected()).name;
}

bool DiagramPage::showTable(const QString& schemaName, const QString& name)
{
    const int index = m_scene->find(schemaName, name);
    if (index < 0)
        return false;
    m_scene->select(index);
    m_view->showCard(index);
    return true;
}

void DiagramPage::askWhereToExport()
{
    auto* dialog = new QFileDialog(this, tr("Export the diagram"));
    dialog->setObjectName(u"diagramExportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)")});
    dialog->setDefaultSuffix(u"png"_s);
    dialog->selectFile(u"diagram.png"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains("svg"_L1) ? u"svg"_s : u"png"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &DiagramPage::exportTo);
    dialog->open();
}

void DiagramPage::exportTo(const QString& path)
{
    const int selected = m_scene->selected();
    m_scene->select(-1);
    m_scene->hover(-1);
    const qreal margin = theme::space::xl;
    const QRectF part = m_scene->itemsBoundingRect().adjusted(-margin, -margin, margin, margin);
    const auto written = exportPicture(*m_scene, m_scene->cardCount() > 0 ? part : QRectF(), path);
    m_scene->select(selected);
    if (written)
        m_notice->tell(kit::AskBar::Tone::Info, tr("The diagram was exported."), path);
    else
        m_notice->tell(kit::AskBar::Tone::Danger, written.error().message, written.error().hint);
}

QList<kit::Command> DiagramPage::commands()
{
    const auto drawn = [this] { return m_scene->cardCount() > 0; };
    const auto chosen = [this] { return m_scene->selected() >= 0; };
    return {
        {u"diagram.find"_s, tr("Find in the diagram"), QKeySequence::Find, drawn,
         [this] { m_bar->focusSearch(); }},
        {u"diagram.open"_s,
         tr("Open the selected table"),
         {},
         chosen,
         [this] { Q_EMIT m_view->activated(m_scene->selected()); }},
        {u"diagram.zoomIn"_s, tr("Zoom in"), QKeySequence(u"Ctrl++"_s), drawn,
         [this] { m_view->zoomBy(1.25); }},
        {u"diagram.zoomOut"_s, tr("Zoom out"), QKeySequence(u"Ctrl+-"_s), drawn,
         [this] { m_view->zoomBy(0.8); }},
        {u"diagram.fit"_s, tr("Show the whole diagram"), QKeySequence(u"Ctrl+0"_s), drawn,
         [this] { m_view->fit(); }},
        {u"diagram.actualSize"_s, tr("Zoom to 100 %"), QKeySequence(u"Ctrl+1"_s), drawn,
         [this] { m_view->zoomTo(1); }},
        {u"diagram.neighbours"_s,
         tr("Show only the selected table's neighbours"),
         {},
         chosen,
         [this] { setDepth(1); }},
        {u"diagram.allTables"_s,
         tr("Show all tables"),
         {},
         [this] { return m_options.depth > 0; },
         [this] { setDepth(0); }},
        {u"diagram.export"_s, tr("Export the diagram…"), {}, drawn, [this] { askWhereToExport(); }},
    };
}

}  // namespace dewpoint::diagram
