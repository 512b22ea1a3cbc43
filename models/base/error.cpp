// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/error.h"

#include <QString>

using namespace Qt::StringLiterals;

namespace dewpoint {

QString Error::oneLine() const
{
    QString line;
    for (const QString& part : {message, detail, hint}) {
        const QString text = part.simplified();
        if (text.isEmpty())
            continue;
        // A server's own words have no full stop; sentences that follow need one.
        if (!line.isEmpty())
            line += u".!?:;…"_s.contains(line.back()) ? u" "_s : u". "_s;
        line += text;
    }
    return line;
}

}  // namespace dewpoint
