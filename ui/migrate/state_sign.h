// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "theme/theme.h"

namespace dewpoint::migrate {

/// "✓", "○" …: colour is never the only sign of a migration's state.
QString stateSign(apply::State state);
theme::Role stateRole(apply::State state);

}  // namespace dewpoint::migrate
