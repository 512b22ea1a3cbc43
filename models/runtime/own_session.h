// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/session.h"

#include <memory>

namespace dewpoint::runtime {

/// A session beside the window's, for work that takes its time: the window's lanes stay free. Opened when it
/// is wanted; its statements count as the window's. What is in memory is in one session only, so there it is
/// the window's. On the GUI thread.
class OwnSession final
{
public:
    /// Read: PostgreSQL's server refuses what writes; SQLite is told with each piece of work.
    enum class Use { Read, Write };

    explicit OwnSession(Session& shared, Use use = Use::Write) : m_shared(shared), m_use(use) {}
    Session* operator->();
    /// What runs is given up, and clears up behind for as long as the server takes; the next work has a session
    /// of its own again. Within an answer, too.
    void letGo();
    /// Dies on that lane's thread: what holds connections that were opened there. Not for what is in memory.
    void bury(Session::Lane lane, std::shared_ptr<void> what);

private:
    Session& m_shared;
    Use m_use;
    std::unique_ptr<Session> m_own;
};

}  // namespace dewpoint::runtime
