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

}  // namespace dewpoint::runtime
