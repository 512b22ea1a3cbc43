// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/risks.h"

#include "apply/generate.h"
#include "apply/preflight.h"
#include "kit/ask_bar.h"
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

Risks::Risks(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk)
{
    connect(m_desk.preview, &MigrationPreview::rewriteRequested, this, &Risks::askRewrite);
    connect(m_desk.preview, &MigrationPreview::backfillRequested, this, &Risks::askBackfill);
    connect(m_desk.preview, &MigrationPreview::checkRequested, this, &Risks::checkRequested);
    connect(m_desk.preview, &MigrationPreview::rowsRequested, this, [this](const lint::Question& question) {
        Q_EMIT rowsRequested(question.schema, question.table, question.rows);
    });
}

void Risks::forget()
{
    m_job.cancel();
    m_linted.clear();
    m_key.clear();
    m_desk.list->setClasses({});
}

void Risks::lintAll()
{
    if (!m_desk.project)
        return;
    m_job = m_lane.run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, engine = m_desk.session.target().engine, known = m_key](
            drivers::Connection&, const runtime::StopToken& stop) -> Result<std::optional<LintResult>> {
            const auto key = apply::lintKey(project, engine);
            if (!key)
                return fail(key.error());
            if (*key == known)
                return std::nullopt;
            return apply::lintProject(project, engine, [stop] { return stop.stopRequested(); })
                .transform([&](const QList<apply::Linted>& linted) {
                    return std::optional(LintResult{.key = *key, .linted = linted});
                });
        },
        [this](const Result<std::optional<LintResult>>& result) {
            if (!result || !*result)
                return;
            m_key = (*result)->key;
            m_linted = (*result)->linted;
            Classes classes;
            for (const apply::Linted& one : std::as_const(m_linted)) {
                const lint::Class worst = one.report.worst();
                const bool known = one.replayed || worst != lint::Class::Safe;
                if (!one.unreadable)
                    classes.insert(one.migration.version, known ? std::optional(worst) : std::nullopt);
            }
            m_desk.list->setClasses(classes);
            show();
        });
}

const apply::Linted* Risks::selected() const
{
    const auto found = std::ranges::find_if(m_linted, [&](const apply::Linted& one) {
        return one.migration.version == m_desk.selectedVersion() && !one.unreadable;
    });
    return found == m_linted.end() ? nullptr : &*found;
}

void Risks::show()
{
    const apply::MigrationState* shown = m_desk.list->selected();
    const bool editable = shown && shown->isPending();
    m_desk.preview->showFindings(selected(), m_desk.project.value_or(project::Project{}), editable);
}

void Risks::askRewrite(const lint::Finding& finding)
{
    const apply::Linted* linted = selected();
    if (!linted || !m_desk.project || m_desk.busy)
        return;
    const auto change = apply::rewritten(*m_desk.project, *linted, finding);
    if (!change || !finding.rewrite) {
        m_desk.ask->tell(kit::AskBar::Tone::Danger, change ? QString() : change.error().message,
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
    m_desk.confirm->ask(
        tr("Change %1?").arg(QFileInfo(change->path).fileName()), detail, shown, tr("Write"),
        [this, change = *change, rewrite] { writeChange(change, rewrite.nextName, rewrite.nextSql); });
}

void Risks::askBackfill(const lint::Question& question)
{
    const apply::Linted* linted = selected();
    if (!linted || m_desk.busy)
        return;
    const auto change = apply::withStatementFirst(*linted, question.backfill);
    if (!change) {
        m_desk.ask->tell(kit::AskBar::Tone::Danger, change.error().message, change.error().hint);
        return;
    }
    m_desk.confirm->ask(tr("Fill the rows in %1?").arg(QFileInfo(change->path).fileName()),
                        tr("The value is only a beginning: change it in the file if another one is right."),
                        apply::shownDifference(*change), tr("Write"),
                        [this, change = *change] { writeChange(change, {}, {}); });
}

void Risks::writeChange(const apply::FileChange& change, const QString& nextName, const QString& nextSql)
{
    if (!m_desk.project || m_desk.busy)
        return;
    if (const auto written = apply::write(change); !written) {
        m_desk.ask->tell(kit::AskBar::Tone::Danger, written.error().message, written.error().hint);
        return;
    }
    m_desk.list->setFocus();
    if (nextSql.isEmpty()) {
        m_desk.ask->tell(kit::AskBar::Tone::Info,
                         tr("%1 was written.").arg(QFileInfo(change.path).fileName()), change.path);
        m_desk.reload();
        return;
    }
    m_desk.begin(tr("Writing…"));
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_desk.project, nextName, nextSql](drivers::Connection& connection,
                                                       const runtime::StopToken&) {
            return apply::generate(project::forEngine(project, connection.engine()),
                                   {.name = nextName, .withDown = false, .up = nextSql.toUtf8()}, {},
                                   connection.target());
        },
        [this](const Result<project::Migration>& made) {
            m_desk.end();
            if (made)
                m_desk.ask->tell(kit::AskBar::Tone::Info, tr("%1 follows it.").arg(made->folder),
                                 made->upPath);
            else
                m_desk.ask->tell(kit::AskBar::Tone::Danger, made.error().oneLine(), made.error().hint);
            m_desk.reload();
        });
}

}  // namespace dewpoint::migrate
