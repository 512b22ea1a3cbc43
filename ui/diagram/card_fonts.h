// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/metrics.h"

#include <QFont>

namespace dewpoint::diagram {

/// The theme's fonts in scene units, so that a drawing looks the same on any screen and in a file.
struct CardFonts {
    QFont title, text, small;

    static CardFonts fromTheme();
};

/// Measures the fonts once, on the GUI thread.
Metrics measured(const CardFonts& fonts);

}  // namespace dewpoint::diagram
