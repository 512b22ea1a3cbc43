// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "shadow/difference.h"

#include <functional>

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::migrate {

/// Says that something may have been renamed; the bar's button has a menu of answers, and each goes on with
/// what is known by then.
void askRenames(kit::AskBar* bar, const shadow::Answers& answers, const QList<plan::Question>& open,
                std::function<void(const shadow::Answers&)> again);

}  // namespace dewpoint::migrate
