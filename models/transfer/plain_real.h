// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <array>
#include <charconv>
#include <cmath>

namespace dewpoint::transfer {

using RealBuffer = std::array<char, 32>;

/// What displayText() says of a number that has a fraction and no need of an exponent, several times as
/// fast; nothing of any other number. Both are the shortest digits that read back as the same double.
inline QByteArrayView plainReal(double number, RealBuffer& buffer)
{
    constexpr double large = 1e15;
    const double size = std::abs(number);
    if (!(size >= 1 && size < large) || std::trunc(number) == number)
        return {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), end.ptr};
}

}  // namespace dewpoint::transfer
