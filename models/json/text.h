// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace dewpoint::json {

/// What stands between the quotes, with its escapes read. False where an escape is none, or half a
/// character.
bool decode(QByteArrayView between, QByteArray& out);

/// A text as a JSON value: only what must be is escaped.
QByteArray quoted(const QString& text);

/// What a quoted text says, for people: where it cannot be decoded, as it is written.
QString readable(QByteArrayView quotedText);
bool isDecodable(QByteArrayView quotedText);

/// Each value on a line of its own. Only spaces between values change: every value is as it was.
QByteArray formatted(QByteArrayView valid);
QByteArray minified(QByteArrayView valid);

}  // namespace dewpoint::json
