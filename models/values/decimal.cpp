// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "values/decimal.h"

#include <algorithm>
#include <utility>

namespace dewpoint {

namespace {

constexpr int mostExponent = 5000;

QByteArray withoutLeadingZeros(QByteArray digits)
{
    qsizetype zeros = 0;
    while (zeros + 1 < digits.size() && digits[zeros] == '0')
        ++zeros;
    return digits.mid(zeros);
}

bool isSmaller(const QByteArray& a, const QByteArray& b)
{
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

int digitAt(const QByteArray& digits, qsizetype fromEnd)
{
    return fromEnd < digits.size() ? digits[digits.size() - 1 - fromEnd] - '0' : 0;
}

QByteArray sum(const QByteArray& a, const QByteArray& b)
{
    QByteArray out;
    int carry = 0;
    for (qsizetype i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
        const int digit = digitAt(a, i) + digitAt(b, i) + carry;
        out.append(static_cast<char>('0' + digit % 10));
        carry = digit / 10;
    }
    std::ranges::reverse(out);
    return withoutLeadingZeros(out);
}

/// a - b where a is not the smaller one.
QByteArray difference(const QByteArray& a, const QByteArray& b)
{
    QByteArray out;
    int borrow = 0;
    for (qsizetype i = 0; i < a.size(); ++i) {
        int digit = digitAt(a, i) - digitAt(b, i) - borrow;
        borrow = digit < 0 ? 1 : 0;
        digit += borrow * 10;
        out.append(static_cast<char>('0' + digit));
    }
    std::ranges::reverse(out);
    return withoutLeadingZeros(out);
}

}  // namespace

std::optional<Decimal> Decimal::parse(QByteArrayView text)
{
    Decimal number;
    qsizetype at = 0;
    if (!text.isEmpty() && (text[0] == '-' || text[0] == '+'))
        number.m_negative = text[at++] == '-';
    QByteArray digits;
    bool point = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9') {
            digits.append(c);
            number.m_scale += point ? 1 : 0;
        } else if (c == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    if (digits.isEmpty())
        return {};
    if (at < text.size()) {
        bool ok = false;
        const int exponent = text[at] == 'e' || text[at] == 'E' ? text.sliced(at + 1).toInt(&ok) : 0;
        if (!ok || std::abs(exponent) > mostExponent)
            return {};
        number.m_scale -= exponent;
        if (number.m_scale < 0)
            digits.append(QByteArray(-std::exchange(number.m_scale, 0), '0'));
    }
    number.m_digits = withoutLeadingZeros(digits);
    if (number.m_digits == "0")
        number.m_negative = false;
    return number;
}

Decimal Decimal::scaledTo(qsizetype scale) const
{
    Decimal out = *this;
    if (scale > m_scale && m_digits != "0")
        out.m_digits.append(QByteArray(scale - m_scale, '0'));
    out.m_scale = std::max(scale, m_scale);
    return out;
}

Decimal Decimal::operator+(const Decimal& other) const
{
    const qsizetype scale = std::max(m_scale, other.m_scale);
    const Decimal a = scaledTo(scale);
    const Decimal b = other.scaledTo(scale);
    Decimal out;
    out.m_scale = scale;
    if (a.m_negative == b.m_negative) {
        out.m_digits = sum(a.m_digits, b.m_digits);
        out.m_negative = a.m_negative;
    } else {
        const bool swap = isSmaller(a.m_digits, b.m_digits);
        out.m_digits = swap ? difference(b.m_digits, a.m_digits) : difference(a.m_digits, b.m_digits);
        out.m_negative = swap ? b.m_negative : a.m_negative;
    }
    if (out.m_digits == "0")
        out.m_negative = false;
    return out;
}

bool Decimal::operator<(const Decimal& other) const
{
    if (m_negative != other.m_negative)
        return m_negative;
    const qsizetype scale = std::max(m_scale, other.m_scale);
    const QByteArray a = scaledTo(scale).m_digits;
    const QByteArray b = other.scaledTo(scale).m_digits;
    return m_negative ? isSmaller(b, a) : isSmaller(a, b);
}

bool Decimal::operator==(const Decimal& other) const
{
    return !(*this < other) && !(other < *this);
}

Decimal Decimal::dividedBy(qint64 divisor, int digits) const
{
    // One place more than wanted, to round by it; digit by digit, as on paper.
    const Decimal wide = scaledTo(std::max<qsizetype>(m_scale, digits + 1));
    QByteArray quotient;
    qint64 rest = 0;
    for (const char c : wide.m_digits) {
        rest = rest * 10 + (c - '0');
        quotient.append(static_cast<char>('0' + rest / divisor));
        rest %= divisor;
    }
    Decimal out;
    out.m_scale = wide.m_scale;
    out.m_digits = withoutLeadingZeros(quotient);
    out.m_negative = m_negative;
    const qsizetype cut = out.m_scale - digits;
    if (out.m_digits.size() <= cut)
        out.m_digits.prepend(QByteArray(cut + 1 - out.m_digits.size(), '0'));
    const bool up = out.m_digits[out.m_digits.size() - cut] >= '5';
    out.m_digits.chop(cut);
    out.m_digits = sum(out.m_digits, up ? QByteArrayLiteral("1") : QByteArrayLiteral("0"));
    out.m_scale = digits;
    while (out.m_scale > 0 && out.m_digits.size() > 1 && out.m_digits.endsWith('0')) {
        out.m_digits.chop(1);
        --out.m_scale;
    }
    if (out.m_digits == "0")
        out = {};
    return out;
}

QByteArray Decimal::toText() const
{
    QByteArray text = m_digits;
    if (text.size() <= m_scale)
        text.prepend(QByteArray(m_scale + 1 - text.size(), '0'));
    if (m_scale > 0)
        text.insert(text.size() - m_scale, '.');
    return m_negative ? '-' + text : text;
}

}  // namespace dewpoint
