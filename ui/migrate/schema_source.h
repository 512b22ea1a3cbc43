// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "shadow/side.h"

#include <QJsonObject>

namespace dewpoint::migrate {

/// One of the two schemas of the compare tab, as it is chosen and remembered.
struct SchemaSource {
    enum class Kind { ThisDatabase, OtherDatabase, Sql, Migrations, Empty };

    Kind kind = Kind::ThisDatabase;
    QString text;      ///< the address, the path, or the version of the last migration
    QString password;  ///< of another database; never remembered

    bool operator==(const SchemaSource&) const = default;
};

QString titleOf(SchemaSource::Kind kind);

/// "shop.sqlite", "schema.sql", "the migrations up to 0003", in the middle of a sentence.
QString titleOf(const SchemaSource& source, const drivers::Target& own);

/// What the comparison takes; `own` is the database of the window. InvalidInput where something was left out.
Result<shadow::Side> sideOf(const SchemaSource& source, const drivers::Target& own);

/// What can be done where it could not be read, beside what the error itself has to say of that.
QString wayOut(SchemaSource::Kind kind, const Error& error);

QJsonObject toJson(const SchemaSource& source);
SchemaSource schemaSourceFrom(const QJsonObject& object);

}  // namespace dewpoint::migrate
