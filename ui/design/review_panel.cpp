// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "design/review_panel.h"

#include "change/words.h"
#include "diagram/diff_canvas.h"
#include "kit/sql_syntax.h"
#include "plan/script.h"
#include "rehearsal/rehearsal_view.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

namespace {

QPushButton* button(QWidget* parent, const QString& name, const QString& text)
{
    auto* made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

QListWidget* wrappingList(QWidget* parent, const QString& name, const QString& title)
{
    auto* list = new QListWidget(parent);
    list->setObjectName(name);
    list->setAccessibleName(title);
    list->setFrameShape(QFrame::NoFrame);
    list->setWordWrap(true);
    list->setTextElideMode(Qt::ElideNone);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return list;
}

}  // namespace

ReviewPanel::ReviewPanel(Engine engine, QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_detail(new QLabel(this))
{
    m_body = buildBody(engine);
    setObjectName(u"structureReview"_s);
    m_title->setObjectName(u"reviewTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_detail->setObjectName(u"reviewDetail"_s);
    m_detail->setProperty("role", u"muted"_s);
    for (QLabel* label : {m_title, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(1);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::m);
    head->setSpacing(theme::space::xs);
    head->addWidget(m_title);
    head->addWidget(m_detail);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_body, 1);
    column->addWidget(buildFoot());
}

QWidget* ReviewPanel::buildBody(Engine engine)
{
    auto* halves = new QSplitter(this);
    m_steps = wrappingList(halves, u"reviewSteps"_s, tr("Steps"));
    m_tabs = new QTabWidget(halves);
    m_tabs->setObjectName(u"reviewTabs"_s);
    m_tabs->setDocumentMode(true);
    m_up = addScript(u"reviewUp"_s, tr("Up"), engine);
    m_down = addScript(u"reviewDown"_s, tr("Down"), engine);
    m_picture = new diagram::DiffCanvas(m_tabs);
    m_picture->setObjectName(u"reviewPicture"_s);
    m_tabs->addTab(m_picture, tr("Picture"));
    m_risks = wrappingList(m_tabs, u"reviewRisks"_s, tr("Risks"));
    m_risks->setSpacing(theme::space::xs);
    m_tabs->addTab(m_risks, tr("Risks"));
    m_rehearsal = new rehearsal::RehearsalView(m_tabs);
    m_tabs->addTab(m_rehearsal, tr("Rehearsal"));
    halves->setStretchFactor(0, 2);
    halves->setStretchFactor(1, 3);
    halves->setChildrenCollapsible(false);
    connect(m_steps, &QListWidget::currentRowChanged, this, &ReviewPanel::showStep);
    return halves;
}

QPlainTextEdit* ReviewPanel::addScript(const QString& name, const QString& title, Engine engine)
{
    auto* text = new QPlainTextEdit(m_tabs);
    text->setObjectName(name);
    text->setAccessibleName(title);
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(theme::monoFont());
    text->setTabChangesFocus(true);
    text->document()->setDocumentMargin(theme::space::m);
    auto* syntax = new kit::SqlSyntax(text->document(), engine);
    syntax->setParent(text);
    m_tabs->addTab(text, title);
    return text;
}

QWidget* ReviewPanel::buildFoot()
{
    auto* foot = new QWidget(this);
    m_back = button(foot, u"reviewBack"_s, tr("Back to editing"));
    m_back->setToolTip(tr("Esc"));
    m_place = button(foot, u"reviewPlace"_s, tr("Show where"));
    m_copy = button(foot, u"reviewCopy"_s, tr("Copy SQL"));
    m_rehearse = button(foot, u"reviewRehearse"_s, tr("Rehearse"));
    m_run = button(foot, u"reviewRun"_s, tr("Save and run…"));
    m_save = button(foot, u"reviewSave"_s, QString());
    m_save->setProperty("primary", true);
    m_stage = new QLabel(foot);
    m_stage->setObjectName(u"rehearsalStage"_s);
    m_stage->setProperty("role", u"muted"_s);
    m_stage->setTextFormat(Qt::PlainText);
    m_stage->setMinimumWidth(1);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    row->setSpacing(theme::space::s);
    row->addWidget(m_back);
    row->addWidget(m_stage, 1);
    for (QPushButton* each : {m_place, m_copy, m_rehearse, m_run, m_save})
        row->addWidget(each);
    connect(m_back, &QPushButton::clicked, this, &ReviewPanel::backRequested);
    connect(m_place, &QPushButton::clicked, this, &ReviewPanel::placeRequested);
    connect(m_copy, &QPushButton::clicked, this, &ReviewPanel::copy);
    connect(m_rehearse, &QPushButton::clicked, this, &ReviewPanel::rehearsalRequested);
    connect(m_run, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(true); });
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(false); });
    return foot;
}

void ReviewPanel::setObstacles(const QString& toSaving, const QString& toRunning)
{
    m_saveObstacle = toSaving;
    m_runObstacle = toRunning;
    refresh();
}

void ReviewPanel::setProject(bool there)
{
    m_hasProject = there;
    refresh();
}

void ReviewPanel::refresh()
{
    const bool some = m_proposal && !m_proposal->way.up.isEmpty();
    m_body->setVisible(m_proposal.has_value());
    m_copy->setVisible(m_proposal.has_value());
    m_rehearse->setVisible(m_proposal.has_value());
    m_rehearse->setEnabled(some);
    m_rehearse->setText(m_rehearsing ? tr("Stop rehearsing") : tr("Rehearse"));
    m_rehearse->setToolTip(tr(
        "Runs it on a copy of the database, takes it back and compares. The database itself is only read."));
    m_run->setVisible(m_proposal.has_value());
    m_save->setVisible(m_proposal.has_value());
    m_save->setText(m_hasProject ? tr("Save as migration…") : tr("Begin a project…"));
    m_copy->setEnabled(some);
    m_save->setEnabled(some && m_saveObstacle.isEmpty());
    m_save->setToolTip(m_saveObstacle);
    m_run->setEnabled(some && m_saveObstacle.isEmpty() && m_runObstacle.isEmpty());
    m_run->setToolTip(m_saveObstacle.isEmpty() ? m_runObstacle : m_saveObstacle);
}

void ReviewPanel::showWorking()
{
    m_proposal.reset();
    m_place->hide();
    m_stage->clear();
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), false);
    m_back->setText(tr("Stop"));
    m_title->setText(tr("Working out the way there and back…"));
    m_detail->show();
    m_detail->setText(tr("It is tried on a scratch database. Yours is only read."));
    refresh();
    m_back->setFocus();
}

void ReviewPanel::showRefusal(const Error& error, bool hasPlace)
{
    m_proposal.reset();
    m_back->setText(tr("Back to editing"));
    m_title->setText(tr("This cannot be done as it stands."));
    m_detail->show();
    m_detail->setText(error.oneLine() + (error.hint.isEmpty() ? QString() : u'\n' + error.hint));
    m_place->setVisible(hasPlace);
    refresh();
    (hasPlace ? m_place : m_back)->setFocus();
}

void ReviewPanel::showProposal(const structure::Proposal& proposal)
{
    m_proposal = proposal;
    m_place->hide();
    m_back->setText(tr("Back to editing"));
    const auto steps = static_cast<int>(proposal.way.up.steps.size());
    m_title->setText(steps == 0
                         ? tr("Nothing changes: what is there says the same already.")
                         : tr("%n step(s), proven there and back on a scratch database", nullptr, steps));
    QStringList details{affected(proposal)};
    if (proposal.pending > 0)
        details << tr("%n migration(s) are pending. This one comes behind them.", nullptr, proposal.pending);
    details << (m_saveObstacle.isEmpty() ? guide(proposal) : m_saveObstacle);
    details.removeAll(QString());
    m_detail->setText(details.join(u'\n'));
    m_detail->setVisible(!details.isEmpty());
    m_up->setPlainText(QString::fromUtf8(proposal.up));
    m_down->setPlainText(QString::fromUtf8(proposal.down));
    m_picture->showStates(std::make_shared<const diagram::States>(proposal.from, proposal.to));
    fillSteps(proposal);
    fillRisks(proposal);
    m_tabs->setCurrentIndex(0);
    refresh();
    m_steps->setFocus();
}

/// What comes before it can be saved.
QString ReviewPanel::guide(const structure::Proposal& proposal) const
{
    if (!m_hasProject)
        return tr("No migrations project belongs to this database yet. Begin one: the edits wait for it.");
    return proposal.lacksBaseline ? tr("The project has no migration yet that makes what is there. Saving "
                                       "offers to begin with a baseline; the edits wait for it.")
                                  : QString();
}

void ReviewPanel::setRehearsing(bool yes)
{
    m_rehearsing = yes;
    m_stage->clear();
    refresh();
}

void ReviewPanel::showStage(const QString& text)
{
    m_stage->setText(text);
}

void ReviewPanel::showRehearsal(const Result<rehearsal::SharedRehearsal>& done)
{
    setRehearsing(false);
    if (!done) {
        m_stage->setText(done.error().kind == ErrorKind::Cancelled
                             ? tr("The rehearsal was stopped; its copies are gone.")
                             : tr("It could not be rehearsed: %1").arg(done.error().oneLine()));
        m_stage->setToolTip(done.error().hint);
        return;
    }
    m_rehearsal->show(*done);
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), true);
    m_tabs->setCurrentWidget(m_rehearsal);
}

/// Which tables are touched, and how many rows those have.
QString ReviewPanel::affected(const structure::Proposal& proposal) const
{
    QStringList tables;
    const auto add = [&](const QString& schemaName, const QString& name) {
        const QString rows = m_rowsOf ? m_rowsOf(schemaName, name) : QString();
        const QString called = change::called(schemaName, name);
        const QString text = rows.isEmpty() ? called : tr("%1 (%2 rows)").arg(called, rows);
        if (!name.isEmpty() && !tables.contains(text))
            tables << text;
    };
    for (const change::Change& change : proposal.way.changes) {
        const change::Name name = change::relation(change);
        add(name.schema, name.name);
    }
    for (const plan::Rename& rename : proposal.way.renames) {
        if (rename.what == plan::Renamed::Table)
            add(rename.schema, rename.from);
        else if (rename.what != plan::Renamed::Label)
            add(rename.schema, rename.owner);
    }
    return tables.isEmpty() ? QString() : tr("Tables: %1").arg(tables.join(u", "_s));
}

void ReviewPanel::fillSteps(const structure::Proposal& proposal)
{
    m_steps->clear();
    for (const plan::Step& step : proposal.way.up.steps) {
        auto* item = new QListWidgetItem(step.losesData ? u"✕ "_s + step.sentence : step.sentence, m_steps);
        if (step.losesData)
            item->setForeground(theme::color(theme::Role::Danger));
        item->setToolTip(step.losesData ? tr("Values are lost that no way back brings again.") : QString());
    }
    m_steps->setCurrentRow(0);
}

void ReviewPanel::fillRisks(const structure::Proposal& proposal)
{
    m_risks->clear();
    const auto add = [this](const QString& text, theme::Role role) {
        auto* item = new QListWidgetItem(text, m_risks);
        item->setForeground(theme::color(role));
    };
    for (const lint::Question& question : proposal.questions) {
        if (!question.isHarmless())
            add((question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence(),
                question.blocks() || question.means == lint::Question::Means::Lost ? theme::Role::Danger
                                                                                   : theme::Role::Warning);
    }
    for (const lint::Finding& finding : proposal.findings.findings)
        add(u"⚠ %1\n%2"_s.arg(lint::classTitle(finding.level()), finding.text),
            finding.level() == lint::Class::DataLoss ? theme::Role::Danger : theme::Role::Warning);
    const int count = m_risks->count();
    if (count == 0)
        add(tr("✓ Nothing was found that could go wrong or get lost."), theme::Role::TextMuted);
    m_tabs->setTabText(m_tabs->indexOf(m_risks), count == 0 ? tr("Risks") : tr("Risks (%1)").arg(count));
}

/// Its place in the script: each step stands there with its sentence.
void ReviewPanel::showStep()
{
    const int row = m_steps->currentRow();
    if (!m_proposal || row < 0 || row >= m_proposal->way.up.steps.size())
        return;
    const QString sentence = m_proposal->way.up.steps.at(row).sentence.section(u'\n', 0, 0);
    const QTextCursor found = m_up->document()->find(u"-- "_s + sentence);
    if (found.isNull())
        return;
    QTextCursor start(m_up->document());
    start.setPosition(found.selectionStart());
    m_up->setTextCursor(start);
    m_up->centerCursor();
}

void ReviewPanel::copy()
{
    if (m_proposal)
        QGuiApplication::clipboard()->setText(
            QString::fromUtf8(plan::script(m_proposal->way.up, plan::Sender::Shell)));
}

void ReviewPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT backRequested();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace dewpoint::design
