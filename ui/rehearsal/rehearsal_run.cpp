// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rehearsal/rehearsal_run.h"

#include <utility>

namespace dewpoint::rehearsal {

std::shared_ptr<Progress> Progress::make()
{
    return {new Progress, [](Progress* progress) { progress->deleteLater(); }};
}

RehearsalRun::RehearsalRun(runtime::Session& session, QObject* parent) : QObject(parent), m_session(session)
{}

void RehearsalRun::start(Work work)
{
    const auto progress = Progress::make();
    connect(progress.get(), &Progress::staged, this, &RehearsalRun::staged, Qt::QueuedConnection);
    m_running = true;
    m_job = m_session->run(
        runtime::Session::Lane::Main, this,
        [work = std::move(work), progress](drivers::Connection& connection, const runtime::StopToken& stop) {
            return work(connection, {.stop = [stop] { return stop.stopRequested(); },
                                     .stage =
                                         [&](const rehearse::Stage& stage) {
                                             Q_EMIT progress->staged(stage.text, stage.index, stage.total);
                                         }})
                .transform([](rehearse::Rehearsal done) -> SharedRehearsal {
                    return std::make_shared<const rehearse::Rehearsal>(std::move(done));
                });
        },
        [this](const Result<SharedRehearsal>& done) {
            end();
            Q_EMIT finished(done);
        });
}

void RehearsalRun::forget()
{
    if (!m_running)
        return;
    m_job.cancel();
    end();
}

void RehearsalRun::end()
{
    m_running = false;
    m_session.letGo();
}

}  // namespace dewpoint::rehearsal
