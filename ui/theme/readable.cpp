// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "theme/readable.h"

#include "theme/theme.h"

#include <algorithm>
#include <cmath>

namespace dewpoint::theme {

namespace {

constexpr double leastRatio = 4.5;
constexpr double leastRatioInHighContrast = 7;
constexpr float step = 0.05F;  ///< of the way to white or black

double linear(float part)
{
    return part <= 0.04045F ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor towards(const QColor& color, float end)
{
    const auto part = [end](float value) { return value + (end - value) * step; };
    return QColor::fromRgbF(part(color.redF()), part(color.greenF()), part(color.blueF()));
}

}  // namespace

double contrastRatio(const QColor& one, const QColor& other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor readable(QColor text, const QColor& background)
{
    const double least = isHighContrast() ? leastRatioInHighContrast : leastRatio;
    const float end = contrastRatio(background, QColor::fromRgbF(1, 1, 1))
                              > contrastRatio(background, QColor::fromRgbF(0, 0, 0))
                          ? 1
                          : 0;
    constexpr int steps = 60;
    for (int i = 0; i < steps && contrastRatio(text, background) < least; ++i)
        text = towards(text, end);
    return text;
}

}  // namespace dewpoint::theme
