// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/metrics.h"

namespace dewpoint::diagram {

qreal Advances::width(QStringView text) const
{
    qreal sum = 0;
    for (const QChar c : text) {
        if (c.isLowSurrogate())
            continue;
        const char16_t code = c.unicode();
        sum += static_cast<qreal>(code < ascii.size() ? ascii[code] : other);
    }
    return sum;
}

}  // namespace dewpoint::diagram
