// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/creations.h"

#include "apply/generate.h"
#include "apply/scripts.h"
#include "kit/ask_bar.h"
#include "migrate/new_migration.h"
#include "migrate/rename_menu.h"
#include "migrate/repairs.h"
#include "project/code.h"
#include "project/for_database.h"
#include "shadow/replay.h"

#include <QDesktopServices>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString nameWanted()
{
    return Creations::tr("Give the migration a name and create it.");
}

}  // namespace

Creations::Creations(Desk& desk, NewMigration* panel, Repairs* repairs, QObject* parent)
    : QObject(parent), m_desk(desk), m_panel(panel), m_repairs(repairs)
{
    connect(panel, &NewMigration::wanted, this, &Creations::create);
    connect(panel, &NewMigration::differenceWanted, this, [this] { fillFromDatabase({}); });
    connect(panel, &NewMigration::wayBackWanted, this, [this] { fillWayBack({}); });
    // What was said of it goes with it.
    const auto hush = [this] {
        if (!m_desk.ask->isHidden() && m_desk.ask->title() == nameWanted())
            m_desk.ask->dismiss();
    };
    connect(panel, &NewMigration::left, this, hush);
    connect(panel, &NewMigration::discarded, this, hush);
    connect(panel, &NewMigration::discarded, this, [this] {
        if (std::exchange(m_baselining, false))
            fillDraft();
        else
            m_draft.reset();
    });
}

kit::Command Creations::command()
{
    return {u"migrate.new"_s, tr("New migration…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N),
            [this] { return !m_desk.busy && m_desk.project; }, [this] { m_panel->begin(); }};
}

void Creations::begin(const QByteArray& up, const QByteArray& down)
{
    m_panel->fill(QString::fromUtf8(up), QString::fromUtf8(down));
    m_panel->setStands(true);
    m_panel->begin();
    m_desk.ask->tell(kit::AskBar::Tone::Info, nameWanted(),
                     tr("What it does is in this database already: mark it as applied here."));
}

void Creations::draft(const Draft& draft)
{
    m_draft = draft;
    m_draftTold = false;
    Q_EMIT waitingChanged();
    fillDraft();
}

void Creations::projectChanged()
{
    m_panel->setTakesSql(!m_desk.project || !project::runsCode(*m_desk.project));
    fillDraft();
}

/// The scripts are the project's own, so they wait for it.
void Creations::fillDraft()
{
    if (!m_draft || !m_desk.project || !m_desk.project->unknowns.isEmpty())
        return;
    m_panel->fill(QString::fromUtf8(apply::migrationScript(m_draft->up, *m_desk.project)),
                  QString::fromUtf8(apply::migrationScript(m_draft->down, *m_desk.project)));
    m_panel->suggestName(m_draft->name);
    m_panel->begin();
    tellDraft();
}

/// The project has nothing yet, and the database something.
bool Creations::isBeforeBaseline() const
{
    if (!m_draft || !m_draft->overTables || !m_desk.project || project::runsCode(*m_desk.project))
        return false;
    const auto there = apply::migrationsThere(*m_desk.project);
    return there && there->isEmpty();
}

/// What comes first, where something does: what the database has already is some migration's, too.
void Creations::tellDraft()
{
    const QString then = m_draft->run
                             ? tr("It runs as soon as it is there. What it loses is asked about first.")
                             : tr("It is pending then, and runs when you say so.");
    m_draftTold = m_desk.status.has_value();
    if (isBeforeBaseline())
        return m_desk.ask->tell(
            kit::AskBar::Tone::Warning, tr("No migration makes what is in this database already."),
            tr("A baseline is a first migration with all of that; it counts as applied here, and "
               "your edits come behind it. Or create this one without."),
            tr("Begin with a baseline…"), [this] { beginBaseline(); });
    if (m_draft->overTables && m_desk.canChangeLedger() && m_desk.status->appliedCount() == 0
        && m_desk.status->pendingCount() > 0)
        return m_desk.ask->tell(
            kit::AskBar::Tone::Warning,
            tr("None of the project's migrations counts as applied here, though the database "
               "has tables."),
            tr("If they have made those, say so first (a baseline). Your edits wait here."), tr("Baseline…"),
            [this] { m_repairs->repair({.kind = apply::RepairKind::Baseline}); });
    m_desk.ask->tell(kit::AskBar::Tone::Info, nameWanted(), then);
}

/// The draft is kept, and filled in again when the baseline is there.
void Creations::beginBaseline()
{
    m_panel->finish();
    m_baselining = true;
    m_panel->begin();
    m_panel->suggestName(u"baseline"_s);
    fillFromDatabase({});
}

void Creations::statusRead(bool folderRests)
{
    if (const QString version = folderRests ? std::exchange(m_toRun, {}) : QString(); !version.isEmpty())
        Q_EMIT runWanted(version);
    const bool resumes = std::exchange(m_resumes, false);
    if (!m_draft || m_baselining)
        return;
    if (resumes && m_panel->isBlank())
        fillDraft();
    else if (!m_draftTold && !m_panel->isBlank())
        tellDraft();
}

void Creations::create()
{
    if (!m_desk.project || m_desk.busy)
        return;
    const project::Project project = *m_desk.project;
    const apply::NewMigration wanted{.name = m_panel->name(),
                                     .version = {},
                                     .up = m_panel->up().toUtf8(),
                                     .down = m_panel->down().toUtf8(),
                                     .change = {}};
    if (project::runsCode(project))
        Q_EMIT codeWanted(wanted.name);
    else if (apply::replays(project, wanted))
        createBySql(project, wanted);
    else  // a few small files: not worth a lane
        created(apply::generate(project, wanted));
}

void Creations::createBySql(const project::Project& project, const project::NewMigration& wanted)
{
    m_desk.begin(tr("Working out what the schema is then…"));
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [project, wanted](const drivers::Connection& connection, const runtime::StopToken& stop) {
            return apply::generate(project::forDatabase(project, connection.target()), wanted,
                                   {.stopRequested = [stop] { return stop.stopRequested(); }, .output = {}},
                                   connection.target());
        },
        [this](const Result<project::Migration>& made) {
            m_desk.end();
            created(made);
        });
}

void Creations::created(const Result<project::Migration>& made)
{
    if (!made)
        return m_desk.tell(made.error());
    const bool stands = m_panel->stands() && m_desk.canChangeLedger();
    const bool isBaseline = std::exchange(m_baselining, false);
    m_panel->finish();
    QStringList paths{made->upPath, made->downPath};
    paths.removeDuplicates();  // some tools have both in one file
    paths.removeAll(QString());
    const QString files = paths.join(u'\n');
    if (stands)
        m_desk.ask->tell(kit::AskBar::Tone::Info, tr("%1 was created.").arg(made->folder),
                         files + u'\n' + tr("What it does is in this database already."),
                         tr("Mark as applied…"), [this, version = made->version] {
                             m_repairs->repair(
                                 {.kind = apply::RepairKind::MarkApplied, .versions = {version}});
                         });
    else
        m_desk.ask->tell(kit::AskBar::Tone::Info, tr("%1 was created.").arg(made->folder), files,
                         tr("Open folder"),
                         [path = made->path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
    Q_EMIT migrationMade(made->version);
    if (isBaseline)
        m_resumes = !stands;
    else if (const auto draft = std::exchange(m_draft, std::nullopt)) {
        m_toRun = draft->run ? made->version : QString();
        Q_EMIT draftMade();
    }
    m_desk.reload();
}

void Creations::fillFromDatabase(const shadow::Answers& answers)
{
    if (m_desk.busy || !m_desk.project)
        return;
    m_desk.ask->dismiss();
    m_desk.begin(tr("Comparing the database with its migrations…"));
    m_panel->setWaiting(true);
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, answers, extent = m_extent ? m_extent() : catalog::Extent::Structure](
            drivers::Connection& connection, const runtime::StopToken& stop) {
            const auto known = project::forDatabase(project, connection.target());
            return shadow::inspectWithoutLedger(connection, known, extent)
                .and_then([&](const schema::Database& goal) {
                    return apply::scriptsTo(goal, connection.target(), known, answers,
                                            [stop] { return stop.stopRequested(); });
                });
        },
        [this, answers](const Result<apply::Scripts>& scripts) {
            m_desk.end();
            m_panel->setWaiting(false);
            if (!scripts)
                m_desk.tell(scripts.error());
            else if (!scripts->open.isEmpty())
                askRenames(m_desk.ask, answers, scripts->open,
                           [this](const shadow::Answers& more) { fillFromDatabase(more); });
            else if (scripts->up.isEmpty())
                m_desk.ask->tell(kit::AskBar::Tone::Info,
                                 tr("The database has nothing that the migrations do not make."),
                                 tr("Pending migrations count as made."));
            else {
                m_panel->fill(QString::fromUtf8(scripts->up), QString::fromUtf8(scripts->down));
                m_panel->setStands(true);
            }
        });
}

void Creations::fillWayBack(const shadow::Answers& answers)
{
    if (m_desk.busy || !m_desk.project)
        return;
    m_desk.ask->dismiss();
    m_desk.begin(tr("Working out the way back…"));
    m_panel->setWaiting(true);
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, up = m_panel->up().toUtf8(),
         answers](const drivers::Connection& connection, const runtime::StopToken& stop) {
            return apply::wayBackOf(up, connection.target(), project, answers,
                                    [stop] { return stop.stopRequested(); });
        },
        [this, answers](const Result<apply::WayBack>& way) {
            m_desk.end();
            m_panel->setWaiting(false);
            if (!way)
                m_desk.tell(way.error());
            else if (!way->open.isEmpty())
                askRenames(m_desk.ask, answers, way->open,
                           [this](const shadow::Answers& more) { fillWayBack(more); });
            else if (way->script.isEmpty())
                m_desk.ask->tell(kit::AskBar::Tone::Info, tr("This SQL changes nothing in the schema."),
                                 tr("What it does to rows is taken back by SQL that you write."));
            else
                m_panel->fillDown(QString::fromUtf8(way->script));
        });
}

}  // namespace dewpoint::migrate
