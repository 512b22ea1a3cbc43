// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::kit {

/// "under 0.1 ms", "3.2 ms", "240 ms", "1.24 s"
QString durationText(qint64 microseconds);

}  // namespace dewpoint::kit
