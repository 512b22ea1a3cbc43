// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/labelled_text.h"

#include <algorithm>

namespace dewpoint::cells {

LabelledText fitLabelled(const QFontMetrics& metrics, const QString& text, const QString& label, int width)
{
    const int whole = metrics.horizontalAdvance(text);
    const bool fits = label.isEmpty() ? whole <= width : whole <= width * 2 / 3;
    const int room = fits ? width - whole : width / 2;
    const int labelled = std::min(metrics.horizontalAdvance(label), room);
    // The room, and not just the label's own width: that is a whole number, and could be a hair too small.
    return {fits ? text : metrics.elidedText(text, Qt::ElideRight, width - labelled),
            metrics.elidedText(label, Qt::ElideRight, room)};
}

}  // namespace dewpoint::cells
