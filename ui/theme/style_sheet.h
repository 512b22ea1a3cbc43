// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::theme {

/// The program's one style sheet, from the colours and distances of theme.h.
QString styleSheet();

}  // namespace dewpoint::theme
