// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/state_sign.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

QString stateSign(apply::State state)
{
    switch (state) {
    case apply::State::Applied: return u"✓"_s;
    case apply::State::Pending: return u"○"_s;
    case apply::State::OutOfOrder: return u"⇅"_s;
    case apply::State::Missing: return u"?"_s;
    case apply::State::Modified: return u"✎"_s;
    case apply::State::Failed: return u"✕"_s;
    case apply::State::Partial: return u"◐"_s;
    case apply::State::Baseline: return u"▁"_s;
    case apply::State::Skipped: return u"⤼"_s;
    case apply::State::Unknown: return u"·"_s;
    }
    std::unreachable();
}

theme::Role stateRole(apply::State state)
{
    switch (state) {
    case apply::State::Applied:
    case apply::State::Baseline: return theme::Role::Added;
    case apply::State::Pending: return theme::Role::Accent;
    case apply::State::OutOfOrder:
    case apply::State::Modified:
    case apply::State::Unknown:
    case apply::State::Skipped: return theme::Role::Warning;
    case apply::State::Missing:
    case apply::State::Failed:
    case apply::State::Partial: return theme::Role::Danger;
    }
    std::unreachable();
}

}  // namespace dewpoint::migrate
