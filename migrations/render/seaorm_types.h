// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

/// SeaORM's Rust types and names for those of a database.
namespace dewpoint::render::seaorm_schema {

struct RustType {
    QString name;        ///< "i32", "DateTimeWithTimeZone", an enum's name
    QString columnType;  ///< what column_type = "…" says; empty where the Rust type is enough
    bool isEnum = false;
    bool isArray = false;

    QString written() const { return isArray ? QStringLiteral("Vec<%1>").arg(name) : name; }
};

RustType rustType(const schema::Database& database, const schema::Column& column);
bool isFloat(const QString& rustType);
bool countsUp(const schema::Database& database, const schema::Table& table, const schema::Column& column);
QString fieldName(const QString& name);
QString variantName(const QString& label);

}  // namespace dewpoint::render::seaorm_schema
