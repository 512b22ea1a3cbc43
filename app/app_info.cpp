// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "app_info.h"

namespace dewpoint {

QString version()
{
    return QStringLiteral("0.1.0");
}

}  // namespace dewpoint
