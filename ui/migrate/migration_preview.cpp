// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migration_preview.h"

#include "diagram/diff_canvas.h"
#include "migrate/findings_panel.h"
#include "migrate/schema_picture.h"
#include "migrate/script_view.h"
#include "rehearsal/rehearsal_view.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPalette>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

MigrationPreview::MigrationPreview(Engine engine, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_risks(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_picture(new SchemaPicture(this))
    , m_canvas(new diagram::DiffCanvas(this))
    , m_up(new ScriptView(engine, this))
    , m_down(new ScriptView(engine, this))
    , m_findings(new FindingsPanel(this))
    , m_rehearsal(new rehearsal::RehearsalView(this))
{
    m_title->setObjectName(u"previewTitle"_s);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_risks->setObjectName(u"previewRisks"_s);
    m_risks->setTextFormat(Qt::PlainText);
    m_risks->setWordWrap(true);
    m_risks->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->setObjectName(u"previewTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setUsesScrollButtons(false);  // a narrow page shortens the titles
    m_up->setObjectName(u"upScript"_s);
    m_up->setAccessibleName(tr("Up script"));
    m_down->setObjectName(u"downScript"_s);
    m_down->setAccessibleName(tr("Down script"));
    m_tabs->addTab(m_picture, tr("Changes"));
    m_tabs->addTab(buildPicture(), tr("Picture"));
    m_tabs->addTab(m_up, tr("Up"));
    m_tabs->addTab(m_down, tr("Down"));
    buildFindings();
    m_tabs->addTab(m_rehearsal, tr("Rehearsal"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), false);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::s);
    head->setSpacing(theme::space::xs);
    head->addWidget(m_title);
    head->addWidget(m_risks);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_tabs, 1);
    showNothing();
}

QWidget* MigrationPreview::buildPicture()
{
    auto* page = new QWidget(this);
    m_span = new QComboBox(page);
    m_span->setObjectName(u"pictureSpan"_s);
    m_span->setAccessibleName(tr("Of which migrations"));
    m_span->addItems({tr("This migration"), tr("This one to the newest"), tr("All pending ones")});
    m_export = new QToolButton(page);
    m_export->setObjectName(u"exportReview"_s);
    m_export->setText(tr("Export review…"));
    m_export->setToolTip(
        tr("One HTML file with what changes, the picture, the SQL, the risks and the schema as text."));
    m_export->setAutoRaise(true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    row->setSpacing(theme::space::s);
    row->addWidget(m_span);
    row->addStretch(1);
    row->addWidget(m_export);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_canvas, 1);
    connect(m_span, &QComboBox::activated, this, &MigrationPreview::spanChosen);
    connect(m_export, &QToolButton::clicked, this, &MigrationPreview::reviewRequested);
    return page;
}

Span MigrationPreview::span() const
{
    return static_cast<Span>(m_span->currentIndex());
}

void MigrationPreview::showPicture(const std::shared_ptr<const diagram::States>& states, const QString& note)
{
    if (states)
        m_canvas->showStates(states);
    else
        m_canvas->showNote(note);
}

void MigrationPreview::buildFindings()
{
    m_tabs->insertTab(2, m_findings, tr("Findings"));
    connect(m_findings, &FindingsPanel::countChanged, this, [this](int count) {
        m_tabs->setTabText(m_tabs->indexOf(m_findings),
                           count > 0 ? tr("Findings (%1)").arg(count) : tr("Findings"));
    });
    connect(m_findings, &FindingsPanel::placeRequested, this, [this](int line) {
        m_tabs->setCurrentWidget(m_up);
        m_up->goToLine(line);
    });
    connect(m_findings, &FindingsPanel::rewriteRequested, this, &MigrationPreview::rewriteRequested);
    connect(m_findings, &FindingsPanel::rowsRequested, this, &MigrationPreview::rowsRequested);
    connect(m_findings, &FindingsPanel::backfillRequested, this, &MigrationPreview::backfillRequested);
    connect(m_findings, &FindingsPanel::checkRequested, this, &MigrationPreview::checkRequested);
}

void MigrationPreview::showFindings(const apply::Linted* linted, const project::Project& project,
                                    bool editable)
{
    m_findings->setLinted(linted, project, editable);
    QMap<int, QStringList> notes;
    for (const lint::Finding& finding : linted ? linted->report.findings : QList<lint::Finding>()) {
        if (!finding.allowed && finding.statement >= 0)
            notes[linted->report.line(finding)].append(lint::classTitle(finding.level()) + u": "_s
                                                       + finding.text);
    }
    m_up->setNotes(notes);
}

void MigrationPreview::showNothing()
{
    m_findings->setLinted(nullptr, {}, false);
    m_findings->setQuestions({});
    m_title->setText({});
    m_risks->hide();
    m_up->showScript({});
    m_down->showScript({});
    showChanges(tr("Select a migration to see what it does."), {});
}

void MigrationPreview::showTitle(const apply::MigrationState& migration)
{
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), m_rehearsal->isAbout(migration.migration.version));
    const QString state =
        migration.isApplied() && !migration.appliedAt.isEmpty()
            ? tr("applied %1 UTC")
                  .arg(migration.appliedAt.first(qMin(migration.appliedAt.size(), qsizetype(19))))
            : apply::stateTitle(migration.state);
    m_title->setText(migration.migration.name + u"  ·  "_s + state);
}

void MigrationPreview::showLoading(const apply::MigrationState& migration)
{
    showTitle(migration);
    m_risks->hide();
    m_findings->setQuestions({});
    m_up->showScript({});
    m_down->showScript({});
    m_span->setCurrentIndex(0);
    showChanges(tr("Replaying the migrations on a scratch database…"), {});
}

void MigrationPreview::showSource(const QString& text, const QString& fileName)
{
    m_tabs->setTabText(m_tabs->indexOf(m_up), fileName.isEmpty() ? tr("Up") : tr("Source"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_down), fileName.isEmpty());
    m_up->showScript(text, fileName);
}

void MigrationPreview::showDetails(const apply::MigrationState& migration, const Details& details)
{
    showTitle(migration);
    m_findings->setQuestions(details.questions);
    showRisks(migration, details.questions, !details.codeFile.isEmpty());
    const bool isCode = !details.codeFile.isEmpty();
    showSource(details.up, details.codeFile);
    m_down->showScript(!details.down.isEmpty() ? details.down
                       : migration.migration.downPlace.isEmpty()
                           ? tr("-- There is no down SQL: this migration cannot be taken back.")
                           : tr("-- There is no down SQL yet. The migration's menu can work it out."));
    QString note;
    if (migration.state == apply::State::Missing)
        note = tr("This migration was applied, but its files are gone: there is nothing to show.\n"
                  "Bring them back (for example from version control) to be able to revert it.");
    else if (isCode && details.pictureError && details.pictureError->kind == ErrorKind::Permission)
        note = tr("This migration is a program of the project: its text is under “Source”.\n"
                  "To see what it changes, it has to run on a scratch database. Nothing of it "
                  "runs before you let it.");
    else if (details.pictureError)
        note = tr("The picture could not be made:\n%1").arg(details.pictureError->oneLine());
    else if (details.cards.isEmpty())
        note = tr("The structure stays as it is: this migration changes data only, or nothing.");
    showChanges(note, details);
}

/// The list and the picture say the same.
void MigrationPreview::showChanges(const QString& note, const Details& details)
{
    if (note.isEmpty())
        m_picture->showCards(details.cards);
    else
        m_picture->showNote(note);
    if (span() == Span::One)
        showPicture(note.isEmpty() ? details.states : nullptr, note);
}

void MigrationPreview::showRisks(const apply::MigrationState& migration,
                                 const QList<lint::Question>& questions, bool isCode)
{
    QStringList lines;
    for (const lint::Question& question : questions) {
        const bool stands = question.means != lint::Question::Means::Blocks
                            || (!migration.isApplied() && !question.isHarmless());
        if (stands)
            lines.append((question.blocks() ? u"✕ "_s : u"⚠ "_s) + question.sentence());
    }
    if (migration.state == apply::State::Modified)
        lines.append(
            u"⚠ "_s + tr("Its file was edited since it ran: shown is what the file says now, not what ran."));
    if (!migration.isApplied() && !migration.migration.runInTransaction)
        lines.append(u"⚠ "_s + tr("Runs outside a transaction: what it did before a failure stays."));
    if (!migration.migration.reversible() && migration.state != apply::State::Missing)
        lines.append(
            u"⚠ "_s
            + (isCode ? tr("Cannot be taken back.") : tr("Cannot be taken back: there is no down SQL.")));
    m_risks->setText(lines.join(u'\n'));
    m_risks->setVisible(!lines.isEmpty());
    const bool loss =
        std::ranges::any_of(questions, [](const lint::Question& question) { return question.count > 0; });
    QPalette colours = m_risks->palette();
    colours.setColor(QPalette::WindowText, theme::color(loss ? theme::Role::Danger : theme::Role::Warning));
    m_risks->setPalette(colours);
}

void MigrationPreview::showRehearsal(std::shared_ptr<const rehearse::Rehearsal> rehearsal)
{
    m_rehearsal->show(std::move(rehearsal));
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), true);
    m_tabs->setCurrentWidget(m_rehearsal);
}

void MigrationPreview::showError(const Error& error)
{
    m_risks->hide();
    showChanges(error.oneLine(), {});
}

void MigrationPreview::markFailure(const apply::MigrationState& migration, apply::Direction direction,
                                   int line, const QString& message)
{
    m_title->setText(migration.migration.name + u"  ·  "_s + tr("failed"));
    ScriptView* script = direction == apply::Direction::Up ? m_up : m_down;
    m_tabs->setCurrentWidget(script);
    script->markLine(line, message);
}

}  // namespace dewpoint::migrate
