// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/time_text.h"

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

QString momentText(const QDateTime& at)
{
    const QDateTime local = at.toLocalTime();
    return local.date() == QDate::currentDate() ? Words::tr("today %1").arg(local.toString(u"HH:mm:ss"))
                                                : local.toString(u"yyyy-MM-dd HH:mm");
}

}  // namespace dewpoint::kit
