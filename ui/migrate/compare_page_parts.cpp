// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the compare tab is put together; what it does is in compare_page.cpp.
#include "diagram/diff_canvas.h"
#include "kit/announce.h"
#include "kit/ask_bar.h"
#include "kit/tool_row.h"
#include "migrate/compare_model.h"
#include "migrate/compare_page.h"
#include "migrate/findings_panel.h"
#include "migrate/script_view.h"
#include "migrate/source_picker.h"
#include "rehearsal/rehearsal_view.h"
#include "theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

ComparePage::ComparePage(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new CompareModel(this))
    , m_ask(new kit::AskBar(this))
    , m_stack(new QStackedWidget(this))
    , m_buttons(this, [this] { return commands(); })
{
    setObjectName(u"comparePage"_s);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    auto* sources = buildSources();
    auto* actions = new kit::ToolRow(buildActions(), this);
    splitter->addWidget(buildList());
    splitter->addWidget(buildTabs());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({theme::space::messageWidth, theme::space::paletteWidth});
    for (int half = 0; half < splitter->count(); ++half)  // or a long title would take it all
        splitter->widget(half)->setMinimumWidth(theme::space::sidebarLeast);
    m_stack->addWidget(buildMessage());
    m_stack->addWidget(splitter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(sources);
    column->addWidget(actions);
    column->addWidget(m_ask);
    column->addWidget(m_stack, 1);
    setFocusPolicy(Qt::ClickFocus);  // the list or the choice takes the focus over
    connectParts();
    setSources({}, {.kind = SchemaSource::Kind::Migrations, .text = {}, .password = {}});
    setBusy(false);
    render();
}

void ComparePage::connectParts()
{
    for (SourcePicker* picker : {m_from, m_to}) {
        picker->setOwn(m_session.target());
        picker->setMigrations({}, {});
        connect(picker, &SourcePicker::changed, this, [this] {
            clear();
            Q_EMIT edited();
        });
        connect(picker, &SourcePicker::accepted, this, &ComparePage::compare);
    }
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ComparePage::showChosen);
    connect(m_findings, &FindingsPanel::countChanged, this, [this](int count) {
        m_tabs->setTabText(m_tabs->indexOf(m_findings),
                           count > 0 ? tr("Risks (%1)").arg(count) : tr("Risks"));
    });
    connect(m_findings, &FindingsPanel::placeRequested, this, [this](int line) {
        m_tabs->setCurrentWidget(m_up);
        m_up->goToLine(line);
    });
    connect(m_findings, &FindingsPanel::rowsRequested, this, [this](const lint::Question& question) {
        if (m_from->source().kind == SchemaSource::Kind::ThisDatabase)
            Q_EMIT rowsRequested(question.schema, question.table, question.rows);
        else
            m_ask->tell(kit::AskBar::Tone::Info, tr("These rows are in another database."),
                        tr("Open it, and filter %1 by: %2").arg(question.table, question.rows));
    });
}

QWidget* ComparePage::buildSources()
{
    auto* head = new QWidget(this);
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    grid->setHorizontalSpacing(theme::space::s);
    grid->setVerticalSpacing(theme::space::s);
    m_from = new SourcePicker(u"compareFrom"_s, tr("From"), head);
    m_to = new SourcePicker(u"compareTo"_s, tr("To"), head);
    const auto addRow = [&](int row, const QString& title, SourcePicker* picker) {
        auto* label = new QLabel(title, head);
        label->setProperty("role", u"muted"_s);
        label->setBuddy(picker);
        label->setMinimumHeight(picker->sizeHint().height());  // beside the first line, whatever is below
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(picker, row, 1);
    };
    addRow(0, tr("From"), m_from);
    addRow(1, tr("To"), m_to);
    grid->setColumnStretch(1, 1);
    return head;
}

QWidget* ComparePage::buildActions()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(u"compareToolBar"_s);
    bar->setFixedHeight(theme::space::toolBarHeight);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::m, 0);
    row->setSpacing(theme::space::xs);
    m_buttons.add(row, u"compare.run"_s, u"vcs-diff"_s, tr("Compare"));
    m_buttons.add(row, u"compare.swap"_s, u"document-swap"_s, tr("Swap"));
    m_buttons.add(row, u"compare.privileges"_s, u"object-locked"_s, tr("Privileges"));
    m_buttons.add(row, u"compare.answer"_s, u"edit-rename"_s, tr("Answer…"));
    m_buttons.add(row, u"compare.save"_s, u"document-new"_s, tr("Save as migration…"));
    m_buttons.add(row, u"compare.rehearse"_s, u"view-preview"_s, tr("Rehearse"));
    m_buttons.add(row, u"compare.copy"_s, u"edit-copy"_s, tr("Copy"));
    m_buttons.add(row, u"compare.review"_s, u"document-export"_s, tr("Export review…"));
    const ProgressParts progress = addProgress(row, bar, u"compare"_s, tr("Comparing"));
    m_progressText = progress.text;
    m_progress = progress.bar;
    m_buttons.add(row, u"compare.cancel"_s, u"process-stop"_s, tr("Stop"));
    return bar;
}

QWidget* ComparePage::buildList()
{
    auto* side = new QWidget(this);
    m_title = wrappedLabel(side, u"compareTitle"_s);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_notes = wrappedLabel(side, u"compareNotes"_s);
    m_notes->setProperty("role", u"muted"_s);
    m_risks = wrappedLabel(side, u"compareRisks"_s);
    m_risks->setProperty("role", u"problem"_s);
    for (QLabel* label : {m_notes, m_risks})
        kit::announceTexts(label);
    m_risks->setContentsMargins(theme::space::s, theme::space::xs, theme::space::s, theme::space::xs);
    m_table = differenceTable(side, u"compareTable"_s, tr("Differences between the two schemas"), m_model);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    head->setSpacing(theme::space::xs);
    for (QLabel* label : {m_title, m_notes, m_risks})
        head->addWidget(label);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    return side;
}

QTabWidget* ComparePage::buildTabs()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"compareTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setUsesScrollButtons(false);  // a narrow page shortens the titles
    const auto script = [this](const QString& name, const QString& title) {
        auto* view = new ScriptView(m_session.target().engine, m_tabs);
        view->setObjectName(name);
        view->setAccessibleName(title);
        m_tabs->addTab(view, title);
        return view;
    };
    m_up = script(u"compareUp"_s, tr("Up"));
    m_down = script(u"compareDown"_s, tr("Down"));
    m_picture = new diagram::DiffCanvas(m_tabs);
    m_picture->setObjectName(u"comparePicture"_s);
    m_tabs->addTab(m_picture, tr("Picture"));
    m_findings = new FindingsPanel(m_tabs);
    m_tabs->addTab(m_findings, tr("Risks"));
    m_rehearsal = new rehearsal::RehearsalView(m_tabs);
    m_tabs->addTab(m_rehearsal, tr("Rehearsal"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), false);
    return m_tabs;
}

QWidget* ComparePage::buildMessage()
{
    m_message = wrappedLabel(this, u"compareMessage"_s);
    m_again = messageButton(this, u"compareAgain"_s, tr("Compare"));
    m_again->setProperty("primary", true);
    connect(m_again, &QPushButton::clicked, this, &ComparePage::compare);
    return messagePage(this, m_message, {m_again});
}

}  // namespace dewpoint::migrate
