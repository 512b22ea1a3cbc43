// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::kit {

/// A tool tip that shows this text as it is: Qt takes a text for HTML as soon as it looks like that, and shows
/// "&lt;" where it does not.
inline QString plainTip(const QString& text)
{
    return text.isEmpty() ? QString()
                          : QLatin1String("<p style=\"white-space:pre-wrap\">") + text.toHtmlEscaped()
                                + QLatin1String("</p>");
}

}  // namespace dewpoint::kit
