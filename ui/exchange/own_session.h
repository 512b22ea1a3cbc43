// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/session.h"

#include <memory>

namespace dewpoint::exchange {

/// A session of a page's own: an hour of reading or writing leaves the window's lanes free. What is in
/// memory is in one session only, so there it is the window's.
class OwnSession final
{
public:
    enum class Use { Read, Write };

    OwnSession(runtime::Session& shared, Use use)
    {
        if (shared.target().isInMemory()) {
            m_session = &shared;
            return;
        }
        auto target = shared.target();
        target.create = false;
        // PostgreSQL's server then refuses what writes; SQLite is told with each piece of work.
        if (use == Use::Read && target.engine == Engine::Postgres)
            target.guard = drivers::Guard::ReadOnly;
        m_own = std::make_unique<runtime::Session>(target);
        m_session = m_own.get();
        QObject::connect(m_session, &runtime::Session::statementRun, &shared,
                         &runtime::Session::statementRun);
    }
    runtime::Session* operator->() const { return m_session; }

private:
    std::unique_ptr<runtime::Session> m_own;
    runtime::Session* m_session = nullptr;
};

}  // namespace dewpoint::exchange
