// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What migrations put at risk: judged in the background, shown beside them, and put right in their files.
#include "apply/file_change.h"
#include "apply/generate.h"
#include "apply/preflight.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/repair_panel.h"

#include <QFileInfo>

#include <algorithm>

namespace dewpoint::migrate {

namespace {

/// All that lint says, with what it was made from.
struct LintResult {
    QByteArray key;
    QList<apply::Linted> linted;
};

}  // namespace

void MigratePage::lintAll()
{
    if (!m_project)
        return;
    m_lintJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project,
         known = m_lintKey](drivers::Connection& connection,
                            const runtime::StopToken& stop) -> Result<std::optional<LintResult>> {
            const auto key = apply::lintKey(project, connection.engine());
            if (!key)
                return fail(key.error());
            if (*key == known)
                return std::nullopt;
            return apply::lintProject(project, connection.engine(), [stop] { return stop.stopRequested(); })
                .transform([&](const QList<apply::Linted>& linted) {
                    return std::optional(LintResult{.key = *key, .linted = linted});
                });
        },
        [this](const Result<std::optional<LintResult>>& result) {
            if (!result || !*result)
                return;
            m_lintKey = (*result)->key;
            m_linted = (*result)->linted;
            QHash<QString, lint::Class> classes;
            for (const apply::Linted& one : std::as_const(m_linted)) {
                if (!one.unreadable)
                    classes.insert(one.migration.version, one.report.worst());
            }
            m_list->setClasses(classes);
            showFindings();
        });
}

const apply::Linted* MigratePage::lintedSelected() const
{
    const auto found = std::ranges::find_if(m_linted, [&](const apply::Linted& one) {
        return one.migration.version == selectedVersion() && !one.unreadable;
    });
    return found == m_linted.end() ? nullptr : &*found;
}

void MigratePage::showFindings()
{
    const apply::MigrationState* selected = m_list->selected();
    const bool editable = selected && selected->isPending();
    m_preview->showFindings(lintedSelected(), m_project.value_or(project::Project{}), editable);
}

void MigratePage::connectFindings()
{
    connect(m_preview, &MigrationPreview::rewriteRequested, this, &MigratePage::askRewrite);
    connect(m_preview, &MigrationPreview::backfillRequested, this, &MigratePage::askBackfill);
    connect(m_preview, &MigrationPreview::checkRequested, this, &MigratePage::showSelected);
    connect(m_preview, &MigrationPreview::rowsRequested, this, [this](const lint::Question& question) {
        Q_EMIT rowsRequested(question.schema, question.table, question.rows);
    });
}

void MigratePage::askRewrite(const lint::Finding& finding)
{
    const apply::Linted* linted = lintedSelected();
    if (!linted || !m_project || m_busy)
        return;
    const auto change = apply::rewritten(*m_project, *linted, finding);
    if (!change || !finding.rewrite) {
        m_ask->tell(kit::AskBar::Tone::Danger, change ? QString() : change.error().message,
                    change ? QString() : change.error().hint);
        return;
    }
    const lint::Rewrite rewrite = *finding.rewrite;
    QString shown = apply::shownDifference(*change);
    if (!rewrite.nextSql.isEmpty())
        shown += u'\n' + tr("-- and a new migration, %1:").arg(rewrite.nextName) + u'\n'
                 + rewrite.nextSql.trimmed();
    const QString detail =
        rewrite.nextSql.isEmpty()
            ? lint::codeNamed(finding.code).instead
            : tr("It takes two migrations, so that the lock of the first is gone by the second.");
    m_repair->ask(
        tr("Change %1?").arg(QFileInfo(change->path).fileName()), detail, shown, tr("Write"),
        [this, change = *change, rewrite] { writeChange(change, rewrite.nextName, rewrite.nextSql); });
}

void MigratePage::askBackfill(const lint::Question& question)
{
    const apply::Linted* linted = lintedSelected();
    if (!linted || m_busy)
        return;
    const auto change = apply::withStatementFirst(*linted, question.backfill);
    if (!change) {
        m_ask->tell(kit::AskBar::Tone::Danger, change.error().message, change.error().hint);
        return;
    }
    m_repair->ask(tr("Fill the rows in %1?").arg(QFileInfo(change->path).fileName()),
                  tr("The value is only a beginning: change it in the file if another one is right."),
                  apply::shownDifference(*change), tr("Write"),
                  [this, change = *change] { writeChange(change, {}, {}); });
}

void MigratePage::writeChange(const apply::FileChange& change, const QString& nextName,
                              const QString& nextSql)
{
    if (!m_project)
        return;
    if (const auto written = apply::write(change); !written) {
        m_ask->tell(kit::AskBar::Tone::Danger, written.error().message, written.error().hint);
        return;
    }
    m_list->setFocus();
    if (nextSql.isEmpty()) {
        m_ask->tell(kit::AskBar::Tone::Info, tr("%1 was written.").arg(QFileInfo(change.path).fileName()),
                    change.path);
        reload();
        return;
    }
    setBusy(true, tr("Writing…"));
    m_actionJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project, nextName, nextSql](drivers::Connection& connection,
                                                  const runtime::StopToken&) {
            return apply::generate(project::forEngine(project, connection.engine()),
                                   {.name = nextName, .withDown = false, .up = nextSql.toUtf8()}, {},
                                   connection.target());
        },
        [this](const Result<project::Migration>& made) {
            setBusy(false);
            if (made)
                m_ask->tell(kit::AskBar::Tone::Info, tr("%1 follows it.").arg(made->folder), made->upPath);
            else
                m_ask->tell(kit::AskBar::Tone::Danger, made.error().oneLine(), made.error().hint);
            reload();
        });
}

}  // namespace dewpoint::migrate
