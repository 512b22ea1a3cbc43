// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <atomic>
#include <functional>

namespace dewpoint::drivers {

/// Asked before every statement and while one runs; yes ends it and refuses all that follow.
using StopAsked = std::function<bool()>;

/// Whether the work on a connection is to end. A cancel between two statements must not get lost, so
/// it is a question that stays answered, not an event; clean-up (ROLLBACK) is sheltered from it.
class Stopping final
{
public:
    // On the connection's own thread.
    void setAsked(StopAsked asked) { m_asked = std::move(asked); }
    const StopAsked& asked() const { return m_asked; }
    bool requested() const { return !isSheltered() && isWanted(); }
    bool isWanted() const { return m_asked && m_asked(); }  ///< though clean-up may have to come first
    void shelter() { ++m_shelters; }
    void unshelter() { --m_shelters; }

    // From any thread.
    bool isSheltered() const { return m_shelters > 0; }

private:
    StopAsked m_asked;
    std::atomic<int> m_shelters = 0;
};

/// What a statement answers that was stopped, or never sent.
Error cancelledError();

}  // namespace dewpoint::drivers
