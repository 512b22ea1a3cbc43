// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace dewpoint {

/// A decimal number of any size, exactly: ±digits × 10^-scale. For sums over numeric texts, where a
/// double would round.
class Decimal final
{
public:
    Decimal() = default;

    /// "-12.50", "1e3", "+7"; nothing for NaN, infinities and anything that is no number, and for an
    /// exponent so large that its digits would fill the memory.
    static std::optional<Decimal> parse(QByteArrayView text);

    Decimal operator+(const Decimal& other) const;
    bool operator<(const Decimal& other) const;
    bool operator==(const Decimal& other) const;
    /// Rounded half up to `digits` places after the point, without trailing zeros.
    Decimal dividedBy(qint64 divisor, int digits) const;
    bool isWhole() const { return m_scale == 0; }

    /// As it was written: "12.50" stays "12.50".
    QByteArray toText() const;

private:
    Decimal scaledTo(qsizetype scale) const;

    QByteArray m_digits = QByteArrayLiteral("0");  ///< without leading zeros
    qsizetype m_scale = 0;
    bool m_negative = false;
};

}  // namespace dewpoint
