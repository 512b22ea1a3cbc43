// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::kit {

/// A number of rows with no more digits than a guess has: "1.2 M", "340 k", "9,120".
QString roughCount(qint64 rows);

}  // namespace dewpoint::kit
