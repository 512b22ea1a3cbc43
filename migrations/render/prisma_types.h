// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

/// Prisma's names, types and values for those of a database (Prisma reference, Schema).
namespace dewpoint::render::prisma_schema {

struct ScalarType {
    QString name;    ///< "String", an enum's name, Unsupported("tsvector")
    QString native;  ///< "@db.VarChar(120)"; empty where it is the usual one
    bool isList = false;
};

QString identifier(const QString& name);
QString text(const QString& value);
ScalarType scalarType(const schema::Database& database, const schema::Column& column);

/// What stands in @default(…); empty when there is none.
QString defaultValue(const schema::Database& database, const schema::Table& table,
                     const schema::Column& column);

}  // namespace dewpoint::render::prisma_schema
