// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// The compare tab's two sides: what keeps one from being read, what is asked before, and stopping it.
#include "kit/ask_bar.h"
#include "migrate/code_question.h"
#include "migrate/compare_page.h"
#include "migrate/source_picker.h"
#include "project/code.h"
#include "store/agreements.h"

#include <QLabel>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

/// Says it where it can be put right.
void ComparePage::markSide(int side)
{
    if (!m_error || side == 0 || m_error->kind == ErrorKind::Cancelled)
        return;
    SourcePicker* picker = side == 1 ? m_from : m_to;
    const SchemaSource::Kind kind = picker->source().kind;
    picker->setProblem(u"⚠ "_s + m_error->message + u'\n' + wayOut(kind, *m_error));
    if (m_error->kind == ErrorKind::Authentication && kind == SchemaSource::Kind::OtherDatabase)
        picker->askPassword();
}

/// What migrations that are programs make, only running them tells.
bool ComparePage::mayReadMigrations(const std::function<void()>& next)
{
    const bool isWanted = std::ranges::any_of(std::array{m_from, m_to}, [](const SourcePicker* picker) {
        return picker->source().kind == SchemaSource::Kind::Migrations;
    });
    if (!isWanted || !m_project || !project::runsCode(*m_project))
        return true;
    m_project->agreedCode = store::agreedCode(m_project->root);
    return wantCode(*m_ask, *m_project, [this, next](const QString& hash) {
        m_project->agreedCode = hash;
        next();
    });
}

/// Making and dropping a scratch database are not to be interrupted, and a loaded server takes seconds for
/// them: a comparison only reads, so it clears up behind itself while the page goes on.
void ComparePage::cancel()
{
    if (m_rehearsals && m_rehearsals->isRunning()) {
        m_rehearsals->stop();
        m_progressText->setText(tr("Stopping…"));
        return;
    }
    if (m_made) {  // what is stopped is the writing of its review
        m_job.stop();
        m_progressText->setText(tr("Stopping…"));
        return;
    }
    if (!m_busy)
        return;
    m_job.cancel();
    m_slow.letGo();
    setBusy(false);
    take(Compared(std::unexpected(ComparisonFailure{.error = {.kind = ErrorKind::Cancelled}})), m_answers);
}

}  // namespace dewpoint::migrate
