// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What can be done with a comparison: copied, rehearsed, sent to somebody, made a migration.
#include "apply/scripts.h"
#include "diagram/diagram_scene.h"
#include "kit/ask_bar.h"
#include "migrate/compare_page.h"
#include "migrate/script_view.h"
#include "migrate/source_picker.h"
#include "project/code.h"
#include "project/for_database.h"
#include "rehearsal/rehearsal_view.h"
#include "store/kept_sql.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>
#include <QRegularExpression>
#include <QTabWidget>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

using Kind = SchemaSource::Kind;

QList<kit::Command> ComparePage::commands()
{
    const auto idle = [this] { return !m_busy; };
    const auto planned = [this] { return !m_busy && m_made && m_made->isPlanned(); };
    return {{u"compare.run"_s, tr("Compare the two schemas"), QKeySequence(Qt::Key_F5), idle,
             [this] { compare(); }},
            {u"compare.swap"_s, tr("Swap the two schemas"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_X),
             idle, [this] { swap(); }},
            {u"compare.privileges"_s,
             tr("Compare privileges as well: who may do what"),
             {},
             idle,
             [this] { togglePrivileges(); },
             [this] { return m_withPrivileges; }},
            {u"compare.answer"_s,
             tr("Answer what was renamed…"),
             {},
             [this] { return !m_busy && m_made && !m_made->way.open.isEmpty(); },
             [this] { askOpen(m_answers); }},
            {u"compare.save"_s, tr("Save the way as a migration of the project…"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N),
             [this, planned] { return planned() && saveObstacle().isEmpty(); }, [this] { save(); }},
            {u"compare.rehearse"_s, tr("Rehearse the way on a copy of the first database"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R),
             [this, planned] { return planned() && canRehearse(); }, [this] { rehearse(); }},
            {u"compare.copy"_s, tr("Copy the SQL that is shown"),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), planned, [this] { copy(); }},
            {u"compare.review"_s,
             tr("Export a review of the comparison…"),
             {},
             planned,
             [this] { askForReview(); }},
            {u"compare.cancel"_s, tr("Stop comparing"), QKeySequence(Qt::CTRL | Qt::Key_Period),
             [this] { return m_busy; }, [this] { cancel(); }}};
}

void ComparePage::refreshButtons()
{
    m_buttons.refresh();
    m_buttons.setVisible(u"compare.cancel"_s, m_busy);
    m_buttons.setVisible(u"compare.answer"_s, m_made && !m_made->way.open.isEmpty());
    // Without a way there is nothing that could be done with it.
    const bool some = m_made && m_made->isPlanned();
    for (const auto& id : {u"compare.save"_s, u"compare.rehearse"_s, u"compare.copy"_s, u"compare.review"_s})
        m_buttons.setVisible(id, some);
    m_buttons.setVisible(u"compare.privileges"_s, hasPrivileges());
    if (const QString obstacle = saveObstacle(); !obstacle.isEmpty())
        m_buttons.setToolTip(u"compare.save"_s, obstacle);
    if (!canRehearse())
        m_buttons.setToolTip(u"compare.rehearse"_s,
                             tr("Only a database has rows to rehearse with: choose one as the first."));
}

/// The first is what the project's next migration begins with.
bool ComparePage::mayBeMigration() const
{
    return saveObstacle().isEmpty();
}

QString ComparePage::saveObstacle() const
{
    const SchemaSource from = m_from->source();
    if (!m_project)
        return tr("No migrations project was found. Choose one on the Migrations page.");
    if (project::runsCode(*m_project))
        return tr("This project's migrations are programs, so the SQL cannot be saved as one. Copy it.");
    if (from.kind == Kind::ThisDatabase || (from.kind == Kind::Migrations && from.text.isEmpty()))
        return {};
    return tr("A new migration begins where the project's migrations end: choose this database or all "
              "migrations as the first.");
}

bool ComparePage::hasPrivileges() const
{
    QList<shadow::Side> sides;
    for (const SourcePicker* picker : {m_from, m_to}) {
        sides << sideOf(picker->source(), m_session.target()).value_or(shadow::Side{});
        // Which engine a snapshot is of is in the file, and this only offers the switch.
        if (sides.constLast().kind == shadow::Side::Kind::Snapshot)
            sides.removeLast();
    }
    const auto server = shadow::serverFor(sides, m_session.target());
    return server && server->engine == Engine::Postgres;
}

bool ComparePage::canRehearse() const
{
    const Kind from = m_from->source().kind;
    return from == Kind::ThisDatabase || from == Kind::OtherDatabase;
}

void ComparePage::togglePrivileges()
{
    if (m_busy)
        return;
    m_withPrivileges = !m_withPrivileges;
    Q_EMIT edited();
    const bool again = m_made || m_error;
    clear();
    if (again)
        compare();
}

void ComparePage::copy()
{
    if (!m_made)
        return;
    const bool down = m_tabs->currentWidget() == m_down;
    QGuiApplication::clipboard()->setText(down ? m_made->down : m_made->up);
    Q_EMIT statusText(down ? tr("The SQL of the way back was copied.") : tr("The SQL was copied."));
}

QString ComparePage::nameOfBoth() const
{
    return u"%1 → %2"_s.arg(titleOf(m_from->source(), m_session.target()),
                            titleOf(m_to->source(), m_session.target()));
}

/// A name to begin with: what it leads to.
QString ComparePage::migrationName() const
{
    static const QRegularExpression others(u"[^a-z0-9]+"_s);
    const QString goal = titleOf(m_to->source(), m_session.target()).toLower();
    return (u"match "_s + goal).replace(others, u"_"_s);
}

/// What this database has already is marked as applied afterwards; else it is pending.
void ComparePage::save()
{
    if (!m_made || !m_project || !m_made->isPlanned() || !saveObstacle().isEmpty())
        return;
    const bool stands =
        m_from->source().kind == Kind::Migrations && m_to->source().kind == Kind::ThisDatabase;
    if (stands)
        Q_EMIT migrationRequested(apply::migrationScript(m_made->way.up, *m_project),
                                  apply::migrationScript(m_made->way.down, *m_project));
    else
        Q_EMIT draftRequested(migrationName(), m_made->way.up, m_made->way.down,
                              m_from->source().kind == Kind::ThisDatabase && !m_made->from.tables.isEmpty());
}

void ComparePage::rehearse()
{
    if (m_busy || !m_made || !m_made->isPlanned() || !canRehearse())
        return;
    const bool own = m_from->source().kind == Kind::ThisDatabase;
    const auto side = sideOf(m_from->source(), m_session.target());
    if (!side)
        return;
    m_rehearsals.reset();
    m_other = own ? nullptr : std::make_unique<runtime::Session>(side->target);
    m_rehearsals = std::make_unique<rehearsal::RehearsalRun>(own ? m_session : *m_other, nullptr);
    connect(m_rehearsals.get(), &rehearsal::RehearsalRun::staged, this,
            [this](const QString& text, int index, int total) {
                m_progressText->setText(text);
                m_progress->setMaximum(total);
                m_progress->setValue(index);
            });
    connect(m_rehearsals.get(), &rehearsal::RehearsalRun::finished, this, &ComparePage::rehearsed);
    m_ask->dismiss();
    setBusy(true, tr("Rehearsing…"));
    m_rehearsals->start([project = mayBeMigration() ? m_project : std::nullopt, name = migrationName(),
                         made = m_made](drivers::Connection& live, const rehearse::Watch& watch) {
        const auto known =
            project ? std::optional(project::forDatabase(*project, live.target())) : std::nullopt;
        return rehearse::rehearse(live, apply::draftOf(name, made->way.up, made->way.down, known), known,
                                  {.kept = store::keptSql(live.target())}, watch);
    });
}

void ComparePage::rehearsed(const Result<rehearsal::SharedRehearsal>& done)
{
    setBusy(false);
    if (!done) {
        if (done.error().kind == ErrorKind::Cancelled)
            m_ask->tell(kit::AskBar::Tone::Info, tr("The rehearsal was stopped; its copies are gone."));
        else
            tellFailure(tr("It could not be rehearsed: %1"), done.error());
        return;
    }
    m_rehearsal->show(*done);
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), true);
    m_tabs->setCurrentWidget(m_rehearsal);
    Q_EMIT statusText((*done)->sentence());
}

void ComparePage::tellFailure(const QString& what, const Error& error)
{
    m_ask->tell(kit::AskBar::Tone::Danger, what.arg(error.message),
                QStringList{error.detail, error.hint}.join(u'\n').trimmed());
}

void ComparePage::askForReview()
{
    auto* dialog = new QFileDialog(this, tr("Save the review"), u"review-%1.html"_s.arg(migrationName()),
                                   tr("Web page (*.html)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ComparePage::saveReview);
    dialog->open();
}

void ComparePage::saveReview(const QString& path)
{
    if (!m_made || !m_made->isPlanned() || m_busy)
        return;
    m_ask->dismiss();
    setBusy(true, tr("Writing the review…"));
    diagram::LayoutOptions options;
    options.metrics = diagram::DiagramScene::measureFonts();
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [made = m_made, name = nameOfBoth(), options](const drivers::Connection& connection,
                                                      const runtime::StopToken&) -> Result<DrawnReview> {
            return drawnReview(reviewOf(*made, name, connection.target().displayName()), options);
        },
        [this, path](const Result<DrawnReview>& drawn) {
            setBusy(false);
            m_slow.letGo();
            const Result<> written = drawn ? writeReview(path, *drawn) : Result<>(fail(drawn.error()));
            if (written)
                m_ask->tell(kit::AskBar::Tone::Info, tr("The review was saved."), path, tr("Open"),
                            [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
            else if (written.error().kind != ErrorKind::Cancelled)
                tellFailure(u"%1"_s, written.error());
        });
}

}  // namespace dewpoint::migrate
