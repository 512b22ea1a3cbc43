// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/squashes.h"

#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "migrate/rename_menu.h"
#include "migrate/repair_panel.h"
#include "migrate/squash_panel.h"
#include "project/code.h"

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString shownSql(const squash::Squash& squash)
{
    QString text = u"-- "_s + Squashes::tr("Up") + u'\n' + QString::fromUtf8(squash.up).trimmed();
    if (!squash.down.isEmpty())
        text += u"\n\n-- "_s + Squashes::tr("Down") + u'\n' + QString::fromUtf8(squash.down).trimmed();
    return text;
}

}  // namespace

Squashes::Squashes(Desk& desk, SquashPanel* panel, QObject* parent)
    : QObject(parent), m_desk(desk), m_panel(panel)
{
    connect(panel, &SquashPanel::wanted, this, [this] {
        review({.from = m_panel->from(), .to = m_panel->to(), .name = m_panel->name(), .answers = {}});
    });
}

void Squashes::dismiss()
{
    m_panel->hide();
    m_kept.reset();
}

void Squashes::lookForKept()
{
    m_kept = m_desk.status ? squash::lastKept(m_desk.status->project) : std::nullopt;
}

QList<kit::Command> Squashes::commands()
{
    return {{u"migrate.squash"_s,
             tr("Squash pending migrations into one…"),
             {},
             [this] {
                 return !m_desk.busy && m_desk.status && !project::runsCode(m_desk.status->project)
                        && SquashPanel::choices(*m_desk.status).size() > 1;
             },
             [this] {
                 Q_EMIT begun();
                 m_panel->begin(*m_desk.status, m_desk.selectedVersion());
             }},
            {u"migrate.unsquash"_s,
             tr("Take the last squash back…"),
             {},
             [this] { return !m_desk.busy && m_desk.project && m_kept; },
             [this] { askBack(); }}};
}

void Squashes::review(const squash::Request& request)
{
    if (m_desk.busy || !m_desk.project)
        return;
    m_desk.ask->dismiss();
    m_desk.confirm->dismiss();
    m_desk.begin(tr("Replaying with one migration instead of several…"));
    m_reviewing = true;
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, request](drivers::Connection& connection,
                                             const runtime::StopToken& stop) {
            return squash::workOut(connection, project, request, [stop] { return stop.stopRequested(); });
        },
        [this, request](const Result<squash::Squash>& worked) {
            end();
            reviewed(request, worked);
        });
}

void Squashes::reviewed(const squash::Request& request, const Result<squash::Squash>& worked)
{
    if (!worked) {
        m_desk.tell(worked.error());
    } else if (!worked->open.isEmpty()) {
        askRenames(m_desk.ask, request.answers, worked->open, [this, request](const shadow::Answers& more) {
            squash::Request again = request;
            again.answers = more;
            review(again);
        });
    } else {
        m_panel->hide();  // a small window has no room for both
        m_desk.confirm->ask(squash::title(*worked), squash::facts(*worked).join(u'\n'), shownSql(*worked),
                            tr("Squash"), [this, agreed = *worked] { squash(agreed); });
    }
}

bool Squashes::giveUp()
{
    if (!m_reviewing)
        return false;
    m_desk.work.cancel();
    end();
    m_desk.ask->tell(kit::AskBar::Tone::Info, tr("Stopped. Nothing was changed."));
    return true;
}

void Squashes::end()
{
    m_reviewing = false;
    m_desk.end();
}

// A few small files: not worth a lane.
void Squashes::squash(const squash::Squash& agreed)
{
    if (m_desk.busy || !m_desk.project)
        return;
    const auto kept = squash::carryOut(*m_desk.project, agreed);
    m_desk.list->setFocus();
    if (!kept) {
        m_desk.ask->tell(kit::AskBar::Tone::Danger, kept.error().message, kept.error().hint);
        m_desk.reload();
        return;
    }
    Q_EMIT squashed(agreed.made.version);
    m_desk.ask->tell(kit::AskBar::Tone::Info,
                     tr("%1 migrations are %2 now.").arg(agreed.old.size()).arg(agreed.made.folder),
                     tr("The old files are in %1").arg(kept->folder), tr("Take it back…"),
                     [this] { askBack(); });
    m_desk.reload();
}

void Squashes::askBack()
{
    if (m_desk.busy || !m_kept)
        return;
    m_desk.ask->ask(kit::AskBar::Tone::Warning, tr("Bring back what %1 was made of?").arg(m_kept->title),
                    m_kept->old.join(u'\n'), tr("Bring back"), [this, kept = *m_kept] { takeBack(kept); });
}

void Squashes::takeBack(const squash::Kept& kept)
{
    if (m_desk.busy || !m_desk.project)
        return;
    m_desk.begin(tr("Bringing the old files back…"));
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_desk.project, kept](drivers::Connection& connection, const runtime::StopToken&) {
            return squash::takeBack(connection, project, kept);
        },
        [this, kept](const Result<>& done) {
            m_desk.end();
            m_desk.list->setFocus();
            if (done)
                m_desk.ask->tell(kit::AskBar::Tone::Info,
                                 tr("%1 is gone, and the old files are back.").arg(kept.title));
            else
                m_desk.ask->tell(kit::AskBar::Tone::Danger, done.error().message, done.error().hint);
            m_desk.reload();
        });
}

}  // namespace dewpoint::migrate
