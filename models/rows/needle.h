// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QString>

#include <optional>

namespace dewpoint::rows {

/// A span of time that a text names: a day, a minute, a second or less. The end is outside.
struct TimeSpan {
    QString from;
    QString to;
    bool isDay = false;  ///< a date without a time
    bool zoned = false;  ///< the text names its time zone
    bool operator==(const TimeSpan&) const = default;
};

/// What a person looks for in the whole database, read as every type that it may be.
struct Needle {
    QString text;
    bool whole = false;  ///< texts are to equal it; otherwise they are to contain it
    bool operator==(const Needle&) const = default;

    /// As SQLite compares it: an integer or a double; nothing where it is no number.
    std::optional<Value> number() const;
    std::optional<QString> uuid() const;      ///< with dashes, in lower case
    std::optional<QByteArray> bytes() const;  ///< X'00ff', 0x00ff or \x00ff
    std::optional<TimeSpan> time() const;
    std::optional<bool> boolean() const;
    /// Only what dates and times are written with, so that a part of one is worth looking for.
    bool looksTemporal() const;
    bool looksHex() const;  ///< the same of UUIDs
};

}  // namespace dewpoint::rows
