// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>
#include <QtTypes>

#include <array>

namespace dewpoint::diagram {

/// How wide text is, as a value that any thread may ask: fonts themselves belong to the GUI thread.
/// Kerning is left out; cards elide what a sum of advances gets wrong.
struct Advances {
    std::array<float, 128> ascii = filled(7);
    float other = 14;  ///< any character outside ASCII: as wide as the widest script draws it

    qreal width(QStringView text) const;

private:
    static constexpr std::array<float, 128> filled(float width)
    {
        std::array<float, 128> all{};
        all.fill(width);
        return all;
    }
};

/// Sizes of a card in scene units. The defaults suit tests; the page measures its fonts.
struct Metrics {
    Advances title, text, small;
    qreal headerHeight = 28;
    qreal rowHeight = 20;
    qreal padding = 8;
    qreal badgeWidth = 24;  ///< room for "PK"/"FK" before a column's name
    qreal nullWidth = 28;   ///< room for "null" behind its type
    qreal minimumWidth = 140;
    qreal maximumWidth = 420;
    qreal gutter = 24;   ///< room beside a card where an edge's crow's foot is drawn
    qreal spacing = 40;  ///< between cards and between groups of cards
};

}  // namespace dewpoint::diagram
