// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QMap>
#include <QString>

#include <optional>

namespace dewpoint::project {

/// A value of a JavaScript object as its text has it.
struct JsValue {
    enum class Kind { String, Word, Expression };
    Kind kind = Kind::Expression;
    QString text;  ///< String: unescaped. Word: true, false, null or a number. Expression: as written
    int line = 0;  ///< 1-based

    bool isLiteral() const { return kind != Kind::Expression; }
    bool operator==(const JsValue&) const = default;
};

/// "dbCredentials.url" → its value. Arrays count from 0: "schema.0".
using JsObject = QMap<QString, JsValue>;

/// The object that a JavaScript, TypeScript or JSON file exports, read as text and never executed:
/// defineConfig({…}), export default {…}, module.exports = {…}, a constant that one of these names, or
/// the whole file. Nothing when it exports anything else.
std::optional<JsObject> exportedObject(const QString& text);

}  // namespace dewpoint::project
