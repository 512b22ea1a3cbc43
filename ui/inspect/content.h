// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QImage>

#include <variant>

namespace dewpoint::inspect {

struct NullContent {};
struct TextContent {
    QString text;        ///< may be empty, which is not NULL
    bool isCut = false;  ///< only its beginning: more would hold up the window
};
struct JsonContent {
    QByteArray text;  ///< the server's own
};
struct ImageContent {
    QImage image;
    QString format;  ///< "PNG"
    QSize size;      ///< the picture's own, which the preview may not have
};
struct BinaryContent {
    QString dump;    ///< the beginning as hex and characters
    QString format;  ///< what the first bytes say, empty when unknown
};

/// How a value is best looked at.
using Content = std::variant<NullContent, TextContent, JsonContent, ImageContent, BinaryContent>;

/// A text that is an object or array is JSON; so is any text where the column holds nothing else.
Content contentOf(const Value& value, bool jsonColumn = false);

/// A text as it stands, whatever it looks like.
TextContent plainContent(const Value& value);

/// "0010  48 65 6c 6c 6f …  Hello", eight bytes a line.
QString hexDump(const QByteArray& bytes);

}  // namespace dewpoint::inspect
