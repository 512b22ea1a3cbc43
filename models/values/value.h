// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <compare>
#include <variant>

namespace dewpoint {

struct Null {
    bool operator==(const Null&) const = default;
};

/// UTF-8 bytes exactly as the server holds them (SQLite may hold invalid UTF-8 in a TEXT cell).
struct Text {
    QByteArray utf8;
    bool operator==(const Text&) const = default;
};

struct Blob {
    QByteArray bytes;
    bool operator==(const Blob&) const = default;
};

/// One cell, exactly. SQLite cells keep their own storage class; PostgreSQL cells are the server's
/// text (Text), except bytea (Blob): a number, date or array is never converted on the way.
using Value = std::variant<Null, qint64, double, Text, Blob>;

/// The text a grid, CSV or log shows: NULL gives an empty string (ask isNull() first), a blob X'…'.
/// A double gives the shortest text that reads back as the same double ("1.0" keeps its ".0").
QString displayText(const Value& value);

/// The value as a literal of standard SQL for a preview or a script: NULL, 1, 'it''s', X'00ff'.
/// (For PostgreSQL blobs use Dialect::literal.)
QString sqlLiteral(const Value& value);

Value textValue(const QString& text);

inline bool isNull(const Value& value)
{
    return std::holds_alternative<Null>(value);
}

}  // namespace dewpoint
