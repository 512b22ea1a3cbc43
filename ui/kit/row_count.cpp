// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/row_count.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace dewpoint::kit {

QString roughCount(qint64 rows)
{
    const QLocale locale;
    const auto scaled = [&](double unit, const QString& suffix) {
        const double amount = static_cast<double>(rows) / unit;
        return locale.toString(amount, 'f', amount < 10 ? 1 : 0) + suffix;
    };
    if (rows >= 1'000'000)
        return scaled(1e6, u" M"_s);
    if (rows >= 10'000)
        return scaled(1e3, u" k"_s);
    return locale.toString(rows);
}

}  // namespace dewpoint::kit
