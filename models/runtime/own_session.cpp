// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "runtime/own_session.h"

namespace dewpoint::runtime {

Session* OwnSession::operator->()
{
    if (m_shared.target().isInMemory())
        return &m_shared;
    if (!m_own) {
        drivers::Target target = m_shared.target();
        target.create = false;
        if (m_use == Use::Read && target.engine == Engine::Postgres)
            target.guard = drivers::Guard::ReadOnly;
        m_own = std::make_unique<Session>(target);
        QObject::connect(m_own.get(), &Session::statementRun, &m_shared, &Session::statementRun);
    }
    m_own->setPassword(m_shared.target().password);
    return m_own.get();
}

void OwnSession::letGo()
{
    if (m_own)
        m_own.release()->deleteLater();
}

// Work that nobody waits for any more is not done, but thrown away by the lane. The shared session may be gone.
void OwnSession::bury(Session::Lane lane, std::shared_ptr<void> what)
{
    if (what && m_own)
        (void)m_own->run(
            lane, nullptr,
            [what = std::move(what)](drivers::Connection&, const StopToken&) { return Result<>(); },
            [](const Result<>&) {});
}

}  // namespace dewpoint::runtime
