// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/compare_page.h"

#include "diagram/diff_canvas.h"
#include "kit/ask_bar.h"
#include "migrate/compare_model.h"
#include "migrate/findings_panel.h"
#include "migrate/rename_menu.h"
#include "migrate/script_view.h"
#include "migrate/source_picker.h"
#include "project/format.h"

#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

enum StackPage { MessagePage, ReadyPage };

constexpr qsizetype mostRisks = 5;  // lines above the list; the tab has all of them

ComparisonWish::Own ownOf(const SchemaSource& from, const SchemaSource& to)
{
    using Own = ComparisonWish::Own;
    const bool isFrom = from.kind == SchemaSource::Kind::ThisDatabase;
    const bool isTo = to.kind == SchemaSource::Kind::ThisDatabase;
    return isFrom && isTo ? Own::Both : isFrom ? Own::From : isTo ? Own::To : Own::Neither;
}

}  // namespace

// Children go after this class's part of the object: their last signals must not come here.
ComparePage::~ComparePage()
{
    m_table->selectionModel()->disconnect(this);
    m_findings->disconnect(this);
}

void ComparePage::setProject(const std::optional<project::Project>& project)
{
    if (m_project == project)
        return;
    m_project = project;
    listMigrations();
    refreshButtons();
}

/// Those that can be chosen. What is wrong with them, the comparison says.
void ComparePage::listMigrations()
{
    const auto show = [this](const QList<project::Migration>& migrations) {
        const QString place = m_project ? m_project->directory : QString();
        for (SourcePicker* picker : {m_from, m_to})
            picker->setMigrations(migrations, place);
    };
    show({});
    if (!m_project)
        return m_listJob.cancel();
    m_listJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project](drivers::Connection&, const runtime::StopToken&) {
            return project::list(project);
        },
        [show](const Result<QList<project::Migration>>& migrations) {
            if (migrations)
                show(*migrations);
        });
}

void ComparePage::setSources(const SchemaSource& from, const SchemaSource& to)
{
    m_from->setSource(from);
    m_to->setSource(to);
    clear();
}

/// What was found out is about other schemas.
void ComparePage::clear()
{
    m_job.cancel();
    if (m_rehearsals)
        m_rehearsals->forget();
    if (m_busy)
        m_slow.letGo();
    setBusy(false);
    m_made.reset();
    m_error.reset();
    m_answers = {};
    m_ask->dismiss();
    for (SourcePicker* picker : {m_from, m_to})
        picker->setProblem({});
    render();
}

void ComparePage::compare()
{
    if (!m_busy)
        begin({}, {});
}

/// With answers the two are known already.
void ComparePage::begin(const shadow::Answers& answers, const SharedComparison& read)
{
    if (m_busy)
        return;
    clear();
    const SchemaSource from = m_from->source();
    const SchemaSource to = m_to->source();
    for (const SchemaSource* source : {&from, &to}) {
        if (const auto side = sideOf(*source, m_session.target()); !side)
            return take(Compared(std::unexpected(
                            ComparisonFailure{.error = side.error(), .side = source == &from ? 1 : 2})),
                        {});
    }
    if (!mayReadMigrations([this, answers, read] { begin(answers, read); }))
        return;
    const ComparisonWish wish{.from = *sideOf(from, m_session.target()),
                              .to = *sideOf(to, m_session.target()),
                              .own = ownOf(from, to),
                              .project = m_project,
                              .withPrivileges = m_withPrivileges,
                              .asMigration = mayBeMigration(),
                              .answers = answers,
                              .read = read};
    setBusy(true, tr("Comparing…"));
    render();
    const auto progress = rehearsal::Progress::make();
    connect(
        progress.get(), &rehearsal::Progress::staged, this,
        [this](const QString& text) {
            if (m_busy)
                m_progressText->setText(text);
        },
        Qt::QueuedConnection);
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [wish, progress](drivers::Connection& connection, const runtime::StopToken& stop) {
            return migrate::compare(connection, wish, stop, *progress);
        },
        [this, answers](const Result<Compared>& compared) {
            setBusy(false);
            m_slow.letGo();
            take(compared, answers);
        });
}

void ComparePage::take(const Result<Compared>& compared, const shadow::Answers& answers)
{
    m_answers = answers;
    const ComparisonFailure none;
    const ComparisonFailure& failure = compared && !*compared ? compared->error() : none;
    const auto own = ownOf(m_from->source(), m_to->source());
    // The window's own database could not be opened.
    const int away = own == ComparisonWish::Own::From ? 1 : own == ComparisonWish::Own::To ? 2 : 0;
    if (!compared)
        m_error = compared.error();
    else if (!*compared)
        m_error = failure.error;
    else
        m_made = **compared;
    render();
    markSide(compared ? failure.side : away);
    if (m_made && !m_made->way.open.isEmpty())
        askOpen(answers);
    else if (m_made && !m_made->isEqual())
        m_table->setFocus();
}

void ComparePage::askOpen(const shadow::Answers& answers)
{
    askRenames(m_ask, answers, m_made->way.open,
               [this, read = m_made](const shadow::Answers& more) { begin(more, read); });
}

void ComparePage::swap()
{
    const bool again = m_made || m_error;
    const SchemaSource from = m_from->source();
    setSources(m_to->source(), from);
    Q_EMIT edited();
    if (again)
        compare();
}

void ComparePage::render()
{
    const bool isReady = m_made && !m_made->isEqual();
    m_stack->setCurrentIndex(isReady ? ReadyPage : MessagePage);
    renderMessage();
    if (isReady)
        renderReady();
    refreshButtons();
}

void ComparePage::renderMessage()
{
    QStringList lines;
    if (m_busy)
        lines = {tr("Comparing…"), tr("Both are only read. The way is tried on a scratch database.")};
    else if (m_error && m_error->kind == ErrorKind::Cancelled)
        lines = {tr("The comparison was stopped.")};
    else if (m_error)
        lines = {tr("They could not be compared: %1").arg(m_error->message), m_error->detail,
                 m_error->hint.isEmpty() ? tr("Put that right or choose another one, then compare again.")
                                         : m_error->hint};
    else if (m_made)
        lines = {tr("✓ The schemas agree."),
                 tr("%1: nothing has to be done to get from one to the other.").arg(nameOfBoth())};
    else
        lines = {tr("Choose two schemas above, and compare them."),
                 tr("You get the SQL that turns the first into the second and the way back, both tried on a "
                    "scratch database. The two are only read.")};
    lines.removeAll(QString());
    m_message->setText(lines.join(u"\n\n"_s));
    m_again->setText(m_made || m_error ? tr("Compare again") : tr("Compare"));
    m_again->setVisible(!m_busy);
}

void ComparePage::renderReady()
{
    m_title->setText(nameOfBoth());
    const auto steps = static_cast<int>(m_made->way.up.steps.size());
    m_model->setWay(m_made->way, m_made->from.engine);
    QStringList notes{tr("%n difference(s)", nullptr, m_model->rowCount())};
    if (!m_made->way.open.isEmpty())
        notes << tr("%n question(s) to be answered first", nullptr,
                    static_cast<int>(m_made->way.open.size()));
    else
        notes << tr("%n step(s), proven there and back on a scratch database", nullptr, steps);
    QString text = notes.join(u" · "_s);
    if (m_made->pending > 0)
        text +=
            u'\n' + tr("%n migration(s) are pending. This one comes behind them.", nullptr, m_made->pending);
    m_notes->setText(text);
    QStringList risks = risksOf(*m_made);
    if (const qsizetype more = risks.size() - mostRisks; more > 0)
        risks = risks.first(mostRisks) << tr("… and %n more", nullptr, static_cast<int>(more));
    m_risks->setText(risks.join(u'\n'));
    m_risks->setVisible(!risks.isEmpty());
    renderScripts();
    m_tabs->setTabVisible(m_tabs->count() - 1, false);  // the rehearsal of what was there before
    m_tabs->setCurrentIndex(0);
    m_table->setCurrentIndex(m_model->index(0, 0));
}

void ComparePage::renderScripts()
{
    const bool isOpen = !m_made->way.open.isEmpty();
    const QString wait = tr("-- There is no way yet: say first what was renamed.");
    m_up->showScript(isOpen ? wait : m_made->up);
    m_down->showScript(isOpen ? wait : m_made->down);
    m_picture->showStates(std::make_shared<const diagram::States>(
        diagram::States{.before = m_made->from, .after = m_made->to}));
    m_findings->setLinted(isOpen ? nullptr : &m_made->linted, {}, false);
    m_findings->setQuestions(m_made->questions);
    QMap<int, QStringList> notes;
    for (const lint::Finding& finding : m_made->linted.report.findings) {
        if (finding.statement >= 0)
            notes[m_made->linted.report.line(finding)].append(lint::classTitle(finding.level()) + u": "_s
                                                              + finding.text);
    }
    m_up->setNotes(notes);
}

/// Where it happens is picked out in the picture.
void ComparePage::showChosen()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || !m_made)
        return;
    const change::Name relation = m_model->relationAt(index.row());
    if (!relation.name.isEmpty())
        m_picture->select(relation.schema, relation.name);
}

void ComparePage::setBusy(bool busy, const QString& text)
{
    m_busy = busy;
    m_progress->setRange(0, 0);
    m_progress->setVisible(busy);
    m_progressText->setText(text);
    refreshButtons();
}

QJsonObject ComparePage::saveState() const
{
    return {{u"from"_s, toJson(m_from->source())},
            {u"to"_s, toJson(m_to->source())},
            {u"privileges"_s, m_withPrivileges}};
}

void ComparePage::restoreState(const QJsonObject& state)
{
    m_withPrivileges = state[u"privileges"_s].toBool();
    if (state.contains(u"from"_s))
        setSources(schemaSourceFrom(state[u"from"_s].toObject()),
                   schemaSourceFrom(state[u"to"_s].toObject()));
    refreshButtons();
}

// A window with a command registry takes the shortcuts before they come here.
void ComparePage::keyPressEvent(QKeyEvent* event)
{
    if (!runByKey(commands(), *event))
        QWidget::keyPressEvent(event);
}

void ComparePage::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_stack->currentIndex() == ReadyPage)
        m_table->setFocus();
    else
        m_from->setFocus();
}

}  // namespace dewpoint::migrate
