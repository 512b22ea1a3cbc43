// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/json_node.h"
#include "values/value.h"

#include <QImage>

#include <variant>

namespace dewpoint::inspect {

struct NullContent {};
struct TextContent {
    QString text;  ///< may be empty, which is not NULL
};
struct JsonContent {
    QString text;  ///< the server's own
    JsonNode root;
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

Content contentOf(const Value& value);

/// "0010  48 65 6c 6c 6f …  Hello", eight bytes a line.
QString hexDump(const QByteArray& bytes);

}  // namespace dewpoint::inspect
