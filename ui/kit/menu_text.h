// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::kit {

/// A name as a menu shows it: an ampersand in it is no key of the menu, and behind a tab stands the key to
/// press.
inline QString menuText(QString text, const QString& keys = {})
{
    text.replace(u'&', QStringLiteral("&&"));
    return keys.isEmpty() ? text : text + u'\t' + keys;
}

}  // namespace dewpoint::kit
