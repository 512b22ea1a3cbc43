// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Several pending migrations become one, and that is taken back.
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/new_migration.h"
#include "migrate/rename_menu.h"
#include "migrate/repair_panel.h"
#include "migrate/squash_panel.h"

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString shownSql(const squash::Squash& squash)
{
    QString text = u"-- "_s + MigratePage::tr("Up") + u'\n' + QString::fromUtf8(squash.up).trimmed();
    if (!squash.down.isEmpty())
        text += u"\n\n-- "_s + MigratePage::tr("Down") + u'\n' + QString::fromUtf8(squash.down).trimmed();
    return text;
}

}  // namespace

QList<kit::Command> MigratePage::squashCommands()
{
    return {
        {u"migrate.squash"_s,
         tr("Squash pending migrations into one…"),
         {},
         [this] { return !m_busy && m_status && !runsCode() && SquashPanel::choices(*m_status).size() > 1; },
         [this] {
             m_new->hide();
             m_repair->dismiss();
             m_squash->begin(*m_status, selectedVersion());
         }},
        {u"migrate.unsquash"_s,
         tr("Take the last squash back…"),
         {},
         [this] { return !m_busy && m_project && m_kept; },
         [this] { askUnsquash(); }}};
}

void MigratePage::reviewSquash(const squash::Request& request)
{
    if (m_busy || !m_project)
        return;
    m_ask->dismiss();
    m_repair->dismiss();
    setBusy(true, tr("Replaying with one migration instead of several…"));
    m_actionJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project, request](drivers::Connection& connection, const runtime::StopToken& stop) {
            return squash::workOut(connection, project, request, [stop] { return stop.stopRequested(); });
        },
        [this, request](const Result<squash::Squash>& worked) {
            setBusy(false);
            if (!worked && worked.error().kind != ErrorKind::Cancelled)
                m_ask->tell(kit::AskBar::Tone::Danger, worked.error().message, worked.error().hint);
            else if (worked && !worked->open.isEmpty())
                askRenames(m_ask, request.answers, worked->open,
                           [this, request](const shadow::Answers& more) {
                               squash::Request again = request;
                               again.answers = more;
                               reviewSquash(again);
                           });
            else if (worked) {
                m_squash->hide();  // a small window has no room for both
                m_repair->ask(squash::title(*worked), squash::facts(*worked).join(u'\n'), shownSql(*worked),
                              tr("Squash"), [this, agreed = *worked] { squash(agreed); });
            }
        });
}

// A few small files: not worth a lane.
void MigratePage::squash(const squash::Squash& agreed)
{
    if (m_busy || !m_project)
        return;
    const auto kept = squash::carryOut(*m_project, agreed);
    m_list->setFocus();
    if (!kept) {
        m_ask->tell(kit::AskBar::Tone::Danger, kept.error().message, kept.error().hint);
        reload();
        return;
    }
    m_toReveal = agreed.made.version;
    m_ask->tell(kit::AskBar::Tone::Info,
                tr("%1 migrations are %2 now.").arg(agreed.old.size()).arg(agreed.made.folder),
                tr("The old files are in %1").arg(kept->folder), tr("Take it back…"),
                [this] { askUnsquash(); });
    reload();
}

void MigratePage::askUnsquash()
{
    if (m_busy || !m_kept)
        return;
    m_ask->ask(kit::AskBar::Tone::Warning, tr("Bring back what %1 was made of?").arg(m_kept->title),
               m_kept->old.join(u'\n'), tr("Bring back"), [this, kept = *m_kept] { unsquash(kept); });
}

void MigratePage::unsquash(const squash::Kept& kept)
{
    if (m_busy || !m_project)
        return;
    setBusy(true, tr("Bringing the old files back…"));
    m_actionJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project, kept](drivers::Connection& connection, const runtime::StopToken&) {
            return squash::takeBack(connection, project, kept);
        },
        [this, kept](const Result<>& done) {
            setBusy(false);
            m_list->setFocus();
            if (done)
                m_ask->tell(kit::AskBar::Tone::Info,
                            tr("%1 is gone, and the old files are back.").arg(kept.title));
            else
                m_ask->tell(kit::AskBar::Tone::Danger, done.error().message, done.error().hint);
            reload();
        });
}

}  // namespace dewpoint::migrate
