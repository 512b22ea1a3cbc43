// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>

namespace dewpoint::kit {

/// "under 0.1 ms", "3.2 ms", "240 ms", "1.24 s"
QString durationText(qint64 microseconds);

/// When something was kept or committed, in local time: "today 14:03:22", "2026-11-20 09:15".
QString momentText(const QDateTime& at);

}  // namespace dewpoint::kit
