// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// The migrations page where migrations are programs: asking whether they may run, and showing them run.
#include "apply/generate.h"
#include "kit/ask_bar.h"
#include "migrate/code_question.h"
#include "migrate/creations.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_preview.h"
#include "migrate/output_panel.h"
#include "migrate/texts.h"
#include "project/code.h"
#include "store/agreements.h"

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

bool MigratePage::runsCode() const
{
    return m_desk.project && project::runsCode(*m_desk.project);
}

void MigratePage::takeAgreement()
{
    if (m_desk.project && project::runsCode(*m_desk.project))
        m_desk.project->agreedCode = store::agreedCode(m_desk.project->root);
}

void MigratePage::setAgreedCode(const QString& hash)
{
    if (m_desk.project)
        m_desk.project->agreedCode = hash;
    if (m_desk.status)
        m_desk.status->project.agreedCode = hash;
    refreshButtons();
    reload();
    showSelected();
}

bool MigratePage::wantCode(std::function<void()> next)
{
    return !m_desk.project
           || migrate::wantCode(*m_desk.ask, *m_desk.project,
                                [this, next = std::move(next)](const QString& hash) {
                                    setAgreedCode(hash);
                                    next();
                                });
}

kit::Command MigratePage::codeCommand()
{
    const bool may =
        m_desk.project && project::runsCode(*m_desk.project) && project::mayRunCode(*m_desk.project);
    return {u"migrate.code"_s,
            may ? tr("Let this project's code run no more…") : tr("Let this project's code run…"),
            {},
            [this] { return !m_desk.busy && runsCode(); },
            [this] { toggleCode(); }};
}

void MigratePage::toggleCode()
{
    if (wantCode([] {})) {
        m_desk.ask->ask(
            kit::AskBar::Tone::Warning, tr("Let this project's code run no more?"),
            tr("Its migrations can then be listed and read, and Dewpoint asks again before it runs them."),
            tr("Take it back"), [this] {
                if (!m_desk.project)
                    return;
                const auto revoked = store::revokeAgreement(m_desk.project->root);
                setAgreedCode({});
                if (!revoked)
                    m_desk.ask->tell(kit::AskBar::Tone::Danger, revoked.error().message,
                                     revoked.error().detail);
            });
    }
}

void MigratePage::showOutput(const QString& command, const std::shared_ptr<RunProgress>& progress)
{
    // The output lives as long as the progress that it is a part of.
    m_output->begin(command, std::shared_ptr<LiveOutput>(progress, &progress->output));
}

/// At once: the picture may have to wait until the program is compiled.
void MigratePage::showSource(const project::Migration& migration)
{
    if (const Result<QString> text = project::sourceOf(migration))
        m_desk.preview->showSource(*text, migration.path);
}

void MigratePage::createByCode(const QString& name)
{
    if (m_desk.busy || !m_desk.project || !wantCode([this, name] { createByCode(name); }))
        return;
    const std::shared_ptr<RunProgress> progress = makeRunProgress();
    const auto code = project::codeOf(*m_desk.project);
    showOutput(code ? code->lines.last() : QString(), progress);
    m_desk.begin(tr("Making a new migration…"));
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, name, progress](drivers::Connection&, const runtime::StopToken& stop) {
            return apply::generate(
                project, {.name = name},
                {.stopRequested = [stop] { return stop.stopRequested(); },
                 .output = [progress](const QStringList& lines) { progress->output.append(lines); }});
        },
        [this](const Result<project::Migration>& made) {
            m_desk.end();
            m_output->end();
            m_creations->created(made);
        });
}

}  // namespace dewpoint::migrate
