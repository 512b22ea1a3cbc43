// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::inspect {

enum class JsonKind { Object, Array, String, Number, Word };

/// A JSON value for a tree: members keep their order, numbers keep their digits.
struct JsonNode {
    QString key;   ///< member name, or place in the array; empty at the root
    QString text;  ///< a leaf's text: strings unescaped, numbers and words as written
    JsonKind kind = JsonKind::Word;
    QList<JsonNode> children;
};

/// The tree of an object or array; nothing when the text is something else, is not valid JSON, or has
/// more values than a tree is good for.
std::optional<JsonNode> parseJsonTree(const QByteArray& utf8);

}  // namespace dewpoint::inspect
