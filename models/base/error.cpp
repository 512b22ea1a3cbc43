// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/error.h"

#include <QStringList>

namespace dewpoint {

QString Error::oneLine() const
{
    QStringList parts{message};
    if (!detail.isEmpty())
        parts << detail;
    if (!hint.isEmpty())
        parts << hint;
    return parts.join(QStringLiteral(" ")).simplified();
}

}  // namespace dewpoint
