// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QMap>
#include <QString>

#include <optional>

namespace dewpoint::project {

constexpr QLatin1StringView spread("...");

/// A value of a JavaScript object as its text has it.
struct JsValue {
    enum class Kind { String, Word, Expression };
    Kind kind = Kind::Expression;  ///< a constant of the file stands for its literal
    QString text;  ///< String: unescaped. Word: true, false, null or a number. Expression: as written
    int line = 0;  ///< 1-based

    bool isLiteral() const { return kind != Kind::Expression; }
    bool operator==(const JsValue&) const = default;
};

/// "dbCredentials.url" → its value. Arrays count from 0: "schema.0". Something spread into an object is
/// "dbCredentials....", and what it may replace is an expression.
using JsObject = QMap<QString, JsValue>;

/// The object that a JavaScript, TypeScript or JSON file exports, read as text and never executed:
/// defineConfig({…}), export default {…}, module.exports = {…}, a constant that one of these names, or
/// the whole file. Nothing when it exports anything else.
std::optional<JsObject> exportedObject(const QString& text);

/// The value of a key; where the object does not have it but something spread into it may, that. Nothing
/// where it is surely not there.
std::optional<JsValue> valueOf(const JsObject& object, const QString& key);

}  // namespace dewpoint::project
