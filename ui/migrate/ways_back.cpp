// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/ways_back.h"

#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "migrate/rename_menu.h"
#include "migrate/repair_panel.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

kit::Command WaysBack::command()
{
    return {u"migrate.writeDown"_s,
            tr("Work out the missing down SQL of the selected migration…"),
            {},
            [this] { return !m_desk.busy && m_desk.status && m_desk.list->selected() && m_lacking; },
            [this] {
                if (const apply::MigrationState* selected = m_desk.list->selected())
                    workOut(selected->migration, {});
            }};
}

void WaysBack::workOut(const project::Migration& migration, const shadow::Answers& answers)
{
    if (m_desk.busy || !m_desk.project)
        return;
    m_desk.begin(tr("Working out the way back…"));
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, version = migration.version, answers](drivers::Connection& connection,
                                                                          const runtime::StopToken& stop) {
            return apply::workOutDown(connection, project, version, answers,
                                      [stop] { return stop.stopRequested(); });
        },
        [this, migration, answers](const Result<apply::WayBack>& down) {
            m_desk.end();
            m_desk.list->setFocus();
            if (!down && down.error().kind != ErrorKind::Cancelled)
                m_desk.ask->tell(kit::AskBar::Tone::Danger, down.error().message, down.error().hint);
            else if (down && !down->open.isEmpty())
                askRenames(m_desk.ask, answers, down->open,
                           [this, migration](const shadow::Answers& more) { workOut(migration, more); });
            else if (down)
                ask(migration, *down);
        });
}

void WaysBack::ask(const project::Migration& migration, const apply::WayBack& way)
{
    const QString detail =
        way.losesData ? tr("Going back drops what the migration added, with the rows and values in it. "
                           "What it did to rows is not undone.")
                      : tr("What the migration did to rows is not undone.");
    m_desk.confirm->ask(
        tr("Write %1?").arg(QFileInfo(migration.downPlace).fileName()), detail, QString::fromUtf8(way.script),
        tr("Write"), [this, migration, script = way.script] {
            if (!m_desk.project)
                return;
            const auto path =
                apply::writeDown(*m_desk.project, migration.version, m_desk.session.target().engine, script);
            m_desk.list->setFocus();
            if (path)
                m_desk.ask->tell(kit::AskBar::Tone::Info, tr("%1 can be reverted now.").arg(migration.folder),
                                 *path);
            else
                m_desk.ask->tell(kit::AskBar::Tone::Danger, path.error().message, path.error().hint);
            m_desk.reload();
        });
}

}  // namespace dewpoint::migrate
