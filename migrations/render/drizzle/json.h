// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace dewpoint::render::drizzle {

/// JSON whose objects keep the order of their members, so that a file can be changed in one place and stays
/// as it is everywhere else. QJsonObject sorts.
struct Json {
    enum class Kind { Null, Bool, Number, Text, List, Object };

    Kind kind = Kind::Null;
    QString text;       ///< a number or a boolean as it is written; a text's value
    QStringList names;  ///< of an object's members, which are in `items`
    QList<Json> items;

    static Json of(const QString& value);
    static Json of(const QStringList& values);
    static Json boolean(bool value);
    static Json number(const QString& written);
    static Json list(QList<Json> items = {});
    static Json object() { return {.kind = Kind::Object, .text = {}, .names = {}, .items = {}}; }

    const Json* member(QAnyStringView name) const;  ///< null where there is none
    QString value(QAnyStringView name) const;       ///< its text; empty where there is none

    Json& set(const QString& name, Json value);  ///< behind the others, or in its old place; this object
    void remove(const QString& name);

    /// The order of members means nothing.
    bool operator==(const Json& other) const;
};

/// Nothing where it is not JSON.
std::optional<Json> parseJson(const QByteArray& text);

/// As JSON.stringify(value, null, 2) writes it.
QByteArray written(const Json& value);

/// As JSON.stringify(value).
QString compact(const Json& value);

}  // namespace dewpoint::render::drizzle
