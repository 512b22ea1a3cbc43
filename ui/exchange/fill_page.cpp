// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/fill_page.h"

#include "exchange/progress_strip.h"
#include "exchange/rules_table.h"
#include "kit/announce.h"
#include "kit/ask_bar.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

#include <limits>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

constexpr int previewRows = 50;
constexpr int mostRows = 1'000'000;

}  // namespace

FillPage::FillPage(runtime::Session& session, testdata::FillPlan plan, QWidget* parent)
    : QWidget(parent)
    , m_shared(session)
    , m_session(session, runtime::OwnSession::Use::Write)
    , m_plan(std::move(plan))
    , m_ask(new kit::AskBar)
    , m_rows(new QSpinBox)
    , m_seed(new QSpinBox)
    , m_another(new QPushButton(tr("&Other values")))
    , m_rules(new RulesTable)
    , m_preview(new QTableWidget)
    , m_summary(new QLabel)
    , m_start(new QPushButton)
    , m_strip(new ProgressStrip)
{
    setObjectName(u"fillPage"_s);
    build();
    m_rules->show(m_plan);
    wire();
    renderState();
    askForPreview();
    setFocusProxy(m_rows);
}

FillPage::~FillPage() = default;

QWidget* FillPage::makeHead()
{
    m_rows->setObjectName(u"fillRows"_s);
    m_rows->setRange(1, mostRows);
    m_rows->setGroupSeparatorShown(true);
    m_rows->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_rows->setValue(static_cast<int>(m_plan.rows));
    m_seed->setObjectName(u"fillSeed"_s);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(static_cast<int>(m_plan.seed));
    m_seed->setToolTip(tr("The same seed gives the same rows."));
    m_another->setObjectName(u"fillOther"_s);
    m_another->setToolTip(tr("Takes the next seed"));
    auto* title = new QLabel(tr("Add test rows to %1").arg(relation().name));
    title->setProperty("role", u"title"_s);
    title->setTextFormat(Qt::PlainText);
    title->setMinimumWidth(1);
    auto* count = new QLabel(tr("&Rows"));
    count->setBuddy(m_rows);
    auto* seed = new QLabel(tr("&Seed"));
    seed->setBuddy(m_seed);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(theme::space::s);
    fields->addWidget(count);
    fields->addWidget(m_rows);
    fields->addSpacing(theme::space::m);
    fields->addWidget(seed);
    fields->addWidget(m_seed);
    fields->addWidget(m_another);
    fields->addStretch(1);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(theme::space::l, theme::space::l, theme::space::l, theme::space::s);
    column->setSpacing(theme::space::m);
    column->addWidget(title);
    column->addLayout(fields);
    return head;
}

QWidget* FillPage::makeFoot()
{
    m_summary->setObjectName(u"fillSummary"_s);
    m_summary->setMinimumWidth(1);
    m_summary->setWordWrap(true);
    kit::announceTexts(m_summary);
    m_start->setObjectName(u"startFill"_s);
    m_start->setProperty("primary", true);
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(theme::space::l, theme::space::s, theme::space::l, theme::space::s);
    row->setSpacing(theme::space::s);
    row->addWidget(m_summary, 1);
    row->addWidget(m_start);
    return foot;
}

void FillPage::build()
{
    m_preview->setObjectName(u"fillPreview"_s);
    m_preview->setAccessibleName(tr("The first rows as they would be"));
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->setFrameShape(QFrame::NoFrame);
    m_preview->verticalHeader()->setDefaultSectionSize(theme::space::rowHeight);
    m_preview->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_rules);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(theme::space::s, 0, theme::space::s,
                               0);  // the cells' own padding does the rest
    middle->addWidget(splitter);
    auto* strip = new QVBoxLayout;
    strip->setContentsMargins(theme::space::l, 0, theme::space::l, 0);
    strip->addWidget(m_strip);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_ask);
    column->addWidget(makeHead());
    column->addLayout(middle, 1);
    column->addLayout(strip);
    column->addWidget(makeFoot());
}

void FillPage::wire()
{
    m_previewDue.setSingleShot(true);
    m_previewDue.setInterval(theme::time::searchDelay);
    connect(&m_previewDue, &QTimer::timeout, this, &FillPage::preview);
    connect(m_rules, &RulesTable::rulesChanged, this, &FillPage::askForPreview);
    connect(m_rows, &QSpinBox::valueChanged, this, &FillPage::askForPreview);
    connect(m_seed, &QSpinBox::valueChanged, this, &FillPage::askForPreview);
    connect(m_another, &QPushButton::clicked, m_seed, &QSpinBox::stepUp);
    connect(m_start, &QPushButton::clicked, this, &FillPage::start);
    connect(m_strip, &ProgressStrip::cancelled, this, &FillPage::cancel);
}

testdata::FillPlan FillPage::plan() const
{
    testdata::FillPlan plan = m_plan;
    plan.rules = m_rules->rules();
    plan.rows = m_rows->value();
    plan.seed = static_cast<quint64>(m_seed->value());
    return plan;
}

void FillPage::askForPreview()
{
    m_ask->retract();
    m_previewJob.cancel();  // its answer is about what was chosen before
    m_ready = false;
    m_previewDue.start();
    renderState();
}

void FillPage::preview()
{
    const testdata::FillPlan wanted = plan();
    if (const QString problem = problemOf(wanted); !problem.isEmpty())
        return tell(problem, true);
    m_previewJob = m_session->run(
        runtime::Session::Lane::Read, this,
        [wanted](auto& connection, const runtime::StopToken&) {
            return testdata::previewFill(connection, wanted, previewRows);
        },
        [this](const Result<testdata::FillPreview>& made) {
            if (!made)
                return tell(made.error().oneLine(), true);
            showPreview(*made);
            m_ready = true;
            tell(tr("The first rows as they would be. Nothing is written yet."), false);
            renderState();
        });
}

void FillPage::tell(const QString& text, bool problem)
{
    m_summary->setText(text);
    QPalette colours = m_summary->palette();
    colours.setColor(QPalette::WindowText,
                     theme::color(problem ? theme::Role::Danger : theme::Role::TextMuted));
    m_summary->setPalette(colours);
}

void FillPage::showPreview(const testdata::FillPreview& preview)
{
    m_preview->clear();
    m_preview->setColumnCount(static_cast<int>(preview.columns.size()));
    m_preview->setRowCount(static_cast<int>(preview.rows.size()));
    m_preview->setHorizontalHeaderLabels(preview.columns);
    for (int row = 0; row < m_preview->rowCount(); ++row) {
        for (int column = 0; column < m_preview->columnCount(); ++column) {
            const auto& value = preview.rows[static_cast<size_t>(row)][static_cast<size_t>(column)];
            const bool nothing = !value || isNull(*value);
            auto* cell = new QTableWidgetItem(!value           ? tr("default")
                                              : isNull(*value) ? u"NULL"_s
                                                               : displayText(*value));
            if (nothing)
                cell->setForeground(theme::color(theme::Role::TextFaint));
            m_preview->setItem(row, column, cell);
        }
    }
    m_preview->resizeColumnsToContents();
    for (int i = 0; i < m_preview->columnCount(); ++i)
        m_preview->setColumnWidth(i, std::min(m_preview->columnWidth(i), theme::space::sidebarWidth));
}

void FillPage::renderState()
{
    m_start->setText(tr("Add %n row(s)", nullptr, m_rows->value()));
    m_start->setEnabled(m_ready && !m_writing);
    for (QWidget* widget : {static_cast<QWidget*>(m_rows), static_cast<QWidget*>(m_seed),
                            static_cast<QWidget*>(m_another), static_cast<QWidget*>(m_rules)})
        widget->setEnabled(!m_writing);
}

void FillPage::start()
{
    if (!m_start->isEnabled())
        return;
    m_ask->dismiss();
    if (m_shared.target().guard == drivers::Guard::ConfirmWrites)
        return m_ask->ask(kit::AskBar::Tone::Warning,
                          tr("Write rows to %1?").arg(m_shared.target().displayName()),
                          tr("This connection asks before it writes."), tr("Write"),
                          [this, wanted = plan()] { write(wanted); });
    write(plan());
}

void FillPage::write(const testdata::FillPlan& wanted)
{
    if (m_writing)
        return;
    m_writing = true;
    const auto progress = std::make_shared<transfer::Progress>();
    m_strip->begin(tr("Adding…"), progress);
    m_writeJob = m_session->run(
        runtime::Session::Lane::Main, this,
        [wanted, progress](auto& connection, const runtime::StopToken&) {
            return testdata::fillRows(connection, wanted, *progress);
        },
        [this](const Result<testdata::Filled>& done) { finished(done); });
    renderState();
}

void FillPage::cancel()
{
    if (m_writing)
        m_writeJob.stop();
}

void FillPage::finished(const Result<testdata::Filled>& done)
{
    m_writing = false;
    m_strip->end();
    renderState();
    if (!done) {
        const bool cancelled = done.error().kind == ErrorKind::Cancelled;
        const QString rest = (done.error().detail + u' ' + done.error().hint).trimmed();
        return m_ask->tell(cancelled ? kit::AskBar::Tone::Info : kit::AskBar::Tone::Danger,
                           done.error().message, cancelled ? tr("Nothing was written.") : rest);
    }
    if (!done->committed)
        return tellRefused(*done);
    m_ask->tell(kit::AskBar::Tone::Info,
                tr("%n row(s) written to %1.", nullptr, static_cast<int>(done->written)).arg(relation().name),
                tr("With the seed %1. The next one is set, for other rows.").arg(m_seed->value()));
    m_seed->stepUp();
    Q_EMIT statusText(m_ask->title());
    Q_EMIT filled();
}

void FillPage::tellRefused(const testdata::Filled& done)
{
    const testdata::RefusedRow& first = done.refused.first();
    const QString place = first.column < 0 ? QString() : relation().columns[first.column].name + u": "_s;
    m_ask->tell(kit::AskBar::Tone::Warning,
                tr("Nothing was written: the database refuses %n row(s) however they are made.", nullptr,
                   static_cast<int>(done.refused.size())),
                tr("Row %1: %2 Change the rules of its columns, or ask for fewer rows.")
                    .arg(QLocale().toString(first.row + 1), place + first.message));
}

void FillPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_writing)
        return cancel();
    QWidget::keyPressEvent(event);
}

QList<kit::Command> FillPage::commands()
{
    return {
        {u"fill.start"_s, tr("Add the rows"), QKeySequence(Qt::CTRL | Qt::Key_Return),
         [this] { return m_start->isEnabled(); }, [this] { start(); }},
        {u"fill.other"_s, tr("Make other values"), QKeySequence(Qt::Key_F5), [this] { return !m_writing; },
         [this] { m_seed->stepUp(); }},
        {u"fill.cancel"_s, tr("Cancel adding rows"), QKeySequence(Qt::CTRL | Qt::Key_Period),
         [this] { return m_writing; }, [this] { cancel(); }},
    };
}

}  // namespace dewpoint::exchange
