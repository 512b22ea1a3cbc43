// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// A PostgreSQL type taken apart: "character varying(120)[]" is varchar, {"120"}, an array.
struct TypeName {
    QString schema;         ///< "pg_catalog" for built-in ones
    QString name;           ///< pg_type.typname: "int4", "varchar", "mood"
    QStringList arguments;  ///< length, precision, scale …
    bool isArray = false;
    bool operator==(const TypeName&) const = default;
};

/// From format_type() under an empty search path, as the catalog has it.
TypeName typeName(const QString& formatted);

/// The user-defined type that it names; null for built-in ones.
const schema::Type* userType(const schema::Database& database, const TypeName& type);

}  // namespace dewpoint::render
