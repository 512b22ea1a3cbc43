// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "migrate/desk.h"
#include "rehearsal/rehearsal_run.h"

#include <QObject>

#include <memory>

namespace dewpoint::migrate {

struct Proposal;

/// Rehearsals of the migrations page: what is pending, or a revert, on a copy of the database; what is known of
/// each way back; and whether only what was rehearsed may run.
class Rehearsals final : public QObject
{
    Q_OBJECT
public:
    Rehearsals(Desk& desk, QObject* parent);

    QList<kit::Command> commands();
    void rehearse(apply::Action action, const apply::Scope& scope);
    /// False where a rehearsal is demanded first, which is said then.
    bool isRehearsedEnough(const Proposal& proposal);
    void look();  ///< anew, at the demand and at each way back
    /// Scratch databases may be made on its server unasked; true at first.
    void setMayMakeScratch(bool may) { m_mayMakeScratch = may; }
    void stop() { m_run->stop(); }
    void forget();  ///< all of it was about another project

Q_SIGNALS:
    void staged(const QString& text, int index, int total);
    void rehearsed(const QString& sentence);
    void demandChanged();

private:
    void finish(const Result<rehearsal::SharedRehearsal>& done);
    void tryDowns();
    void toggleDemand();

    Desk& m_desk;
    rehearsal::RehearsalRun* m_run;
    std::unique_ptr<runtime::Session> m_downs;
    runtime::Job m_notesJob, m_downsJob;
    bool m_demanded = false;  ///< only what was rehearsed may run
    bool m_mayMakeScratch = true;
};

}  // namespace dewpoint::migrate
