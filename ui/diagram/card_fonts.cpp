// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/card_fonts.h"

#include "theme/theme.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

QFont inPixels(QFont font)
{
    font.setPixelSize(QFontInfo(font).pixelSize());
    return font;
}

Advances advancesOf(const QFont& font)
{
    const QFontMetricsF metrics(font);
    Advances advances;
    for (size_t code = 32; code < advances.ascii.size(); ++code)
        advances.ascii[code] =
            static_cast<float>(metrics.horizontalAdvance(QChar(static_cast<char16_t>(code))));
    advances.other =
        static_cast<float>(std::max(metrics.horizontalAdvance(u"東"_s), metrics.horizontalAdvance(u"W"_s)));
    return advances;
}

}  // namespace

CardFonts CardFonts::fromTheme()
{
    CardFonts fonts{.title = inPixels(theme::textFont()),
                    .text = inPixels(theme::textFont()),
                    .small = inPixels(theme::smallFont())};
    fonts.title.setWeight(QFont::DemiBold);
    return fonts;
}

Metrics measured(const CardFonts& fonts)
{
    using namespace theme;
    const qreal line = QFontMetricsF(fonts.text).height();
    const QFontMetricsF small(fonts.small);
    Metrics metrics;
    metrics.title = advancesOf(fonts.title);
    metrics.text = advancesOf(fonts.text);
    metrics.small = advancesOf(fonts.small);
    metrics.headerHeight = std::max<qreal>(space::rowHeight, std::ceil(line) + space::m);
    metrics.rowHeight = std::max<qreal>(space::l + space::xs, std::ceil(line) + space::xs);
    metrics.padding = space::s;
    metrics.badgeWidth = std::ceil(small.horizontalAdvance(u"PK"_s)) + space::m;
    metrics.nullWidth = std::ceil(small.horizontalAdvance(u"null"_s)) + space::s;
    metrics.minimumWidth = space::xxl * 4;
    metrics.maximumWidth = space::xxl * 10;
    metrics.gutter = space::xl;
    metrics.spacing = space::xxl;
    return metrics;
}

}  // namespace dewpoint::diagram
