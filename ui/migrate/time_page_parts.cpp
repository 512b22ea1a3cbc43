// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the time machine's tab is put together; what it does is in time_page.cpp.
#include "diagram/diff_canvas.h"
#include "kit/announce.h"
#include "migrate/page_parts.h"
#include "migrate/schema_picture.h"
#include "migrate/script_view.h"
#include "migrate/time_model.h"
#include "migrate/time_page.h"
#include "migrate/time_slider.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

TimePage::TimePage(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new TimeModel(this))
    , m_stack(new QStackedWidget(this))
    , m_buttons(this, [this] { return commands(); })
{
    setObjectName(u"timePage"_s);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildTabs());
    splitter->addWidget(buildTree());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({theme::space::messageWidth, theme::space::messageWidth});
    auto* ready = new QWidget(this);
    auto* column = new QVBoxLayout(ready);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(splitter, 1);
    m_stack->addWidget(buildMessage());
    m_stack->addWidget(ready);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addWidget(buildBar());
    all->addWidget(m_stack, 1);
    setFocusPolicy(Qt::ClickFocus);  // the slider takes the focus over when it is there
    setTabOrder({m_bases, m_slider, m_tabs, m_tree});
    connect(m_slider, &QAbstractSlider::valueChanged, this, &TimePage::stepMoved);
    connect(m_slider, &TimeSlider::baseMoved, this, [this](int base) { setBase(base); });
    connect(m_bases, &QComboBox::activated, this, [this](int index) {
        setBase(index == 0 ? std::optional<int>() : std::optional<int>(index - 1));
    });
    connect(&m_drawing, &QFutureWatcher<TimePicture>::finished, this, &TimePage::drawn);
    connect(&m_laying, &QFutureWatcher<std::shared_ptr<const diagram::Ground>>::finished, this, [this] {
        m_isLaying = false;
        if (std::exchange(m_laid, nullptr) != m_report)
            return;  // of the project before
        m_ground = m_laying.result();
        draw();
    });
    render();
}

QWidget* TimePage::buildBar()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(u"timeToolBar"_s);
    bar->setFixedHeight(theme::space::toolBarHeight);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::m, 0);
    row->setSpacing(theme::space::xs);
    m_buttons.add(row, u"time.previous"_s, u"go-previous"_s, {});
    m_buttons.add(row, u"time.next"_s, u"go-next"_s, {});
    auto* label = new QLabel(tr("Compare with"), bar);
    label->setProperty("role", u"muted"_s);
    label->setContentsMargins(theme::space::s, 0, theme::space::xs, 0);
    m_bases = new QComboBox(bar);
    m_bases->setObjectName(u"timeBase"_s);
    m_bases->setAccessibleName(tr("Compare with"));
    m_bases->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_bases->setMinimumContentsLength(16);
    m_bases->setMaxVisibleItems(20);
    label->setBuddy(m_bases);
    row->addWidget(label);
    row->addWidget(m_bases);
    m_buttons.add(row, u"time.reload"_s, u"view-refresh"_s, {});
    const ProgressParts progress = addProgress(row, bar, u"time"_s, tr("Replaying the migrations"));
    m_progressText = progress.text;
    m_progress = progress.bar;
    m_buttons.add(row, u"time.cancel"_s, u"process-stop"_s, tr("Stop"));
    return bar;
}

QWidget* TimePage::buildHead()
{
    auto* head = new QWidget(this);
    m_slider = new TimeSlider(head);
    m_title = wrappedLabel(head, u"timeTitle"_s);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_summary = wrappedLabel(head, u"timeSummary"_s);
    m_summary->setProperty("role", u"muted"_s);
    m_notes = wrappedLabel(head, u"timeNotes"_s);
    m_notes->setFont(theme::smallFont());
    m_notes->setProperty("role", u"consequence"_s);
    m_problem = wrappedLabel(head, u"timeProblem"_s);
    m_problem->setProperty("role", u"problem"_s);
    kit::announceTexts(m_problem, kit::Urgency::AtOnce);
    for (QLabel* label : {m_notes, m_problem})
        label->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    column->setSpacing(theme::space::xs);
    column->addWidget(m_slider);
    column->addWidget(m_title);
    column->addWidget(m_summary);
    column->addWidget(m_problem);
    column->addWidget(m_notes);
    return head;
}

QWidget* TimePage::buildTabs()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"timeTabs"_s);
    m_tabs->setDocumentMode(true);
    m_canvas = new diagram::DiffCanvas(m_tabs);
    m_range = new diagram::DiffCanvas(m_tabs);
    m_range->setObjectName(u"timeRange"_s);
    m_cards = new SchemaPicture(m_tabs);
    m_sql = new ScriptView(m_session.target().engine, m_tabs);
    m_sql->setObjectName(u"timeSql"_s);
    m_sql->setAccessibleName(tr("What changes in the schema as SQL"));
    m_tabs->addTab(m_canvas, tr("Diagram"));
    m_tabs->addTab(m_range, tr("Picture"));
    m_tabs->setTabToolTip(0, tr("The whole schema after this step"));
    m_tabs->setTabToolTip(1, tr("Only what differs, and what that is related to"));
    m_tabs->addTab(m_cards, tr("Changes"));
    m_tabs->addTab(m_sql, tr("SQL"));
    m_canvas->showNote(tr("The diagram is drawn when all migrations are replayed."));
    for (diagram::DiffCanvas* canvas : {m_canvas, m_range})
        connect(canvas, &diagram::DiffCanvas::activated, this, &TimePage::showRelation);
    return m_tabs;
}

QWidget* TimePage::buildTree()
{
    m_tree = new QTreeView(this);
    m_tree->setObjectName(u"timeTree"_s);
    m_tree->setAccessibleName(tr("Structure, and which migration added and changed it"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tree->setAllColumnsShowFocus(false);
    m_tree->setTabKeyNavigation(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setMinimumWidth(theme::space::sidebarLeast);
    QHeaderView* header = m_tree->header();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(theme::space::xxl);
    header->resizeSection(TimeModel::Name, theme::space::xxl * 4);
    header->resizeSection(TimeModel::Type, theme::space::xxl * 2);
    header->resizeSection(TimeModel::Added, theme::space::xxl * 3 + theme::space::l);
    connect(m_tree, &QTreeView::clicked, this, &TimePage::follow);
    // With a plain Return on a name: the migration that added it.
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        follow(index.column() == TimeModel::Changed ? index : index.siblingAtColumn(TimeModel::Added));
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &TimePage::refreshButtons);
    const auto remember = [this](const QModelIndex& index, bool isOpen) {
        if (m_isFilling)
            return;
        if (isOpen)
            m_expanded.insert(m_model->keyOf(index));
        else
            m_expanded.remove(m_model->keyOf(index));
    };
    connect(m_tree, &QTreeView::expanded, this, [remember](const QModelIndex& i) { remember(i, true); });
    connect(m_tree, &QTreeView::collapsed, this, [remember](const QModelIndex& i) { remember(i, false); });
    return m_tree;
}

QWidget* TimePage::buildMessage()
{
    m_message = wrappedLabel(this, u"timeMessage"_s);
    m_again = messageButton(this, u"timeAgain"_s, tr("Replay again"));
    connect(m_again, &QPushButton::clicked, this, [this] { reload(); });
    m_migrations = messageButton(this, u"timeMigrations"_s, tr("Open the migrations"));
    connect(m_migrations, &QPushButton::clicked, this, &TimePage::migrationsRequested);
    return messagePage(this, m_message, {m_again, m_migrations});
}

}  // namespace dewpoint::migrate
