// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/duration.h"

#include "base/words.h"

#include <QLocale>

namespace dewpoint::kit {

QString durationText(qint64 microseconds)
{
    const QLocale locale;
    if (microseconds < 100)
        return Words::tr("under 0.1 ms");
    if (microseconds < 10'000)
        return Words::tr("%1 ms").arg(locale.toString(static_cast<double>(microseconds) / 1000.0, 'f', 1));
    if (microseconds < 1'000'000)
        return Words::tr("%1 ms").arg(locale.toString(microseconds / 1000));
    return Words::tr("%1 s").arg(locale.toString(static_cast<double>(microseconds) / 1e6, 'f', 2));
}

}  // namespace dewpoint::kit
