// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/drizzle.h"
#include "render/type_name.h"

#include <QStringList>

/// PostgreSQL's types as pg-core has them.
namespace dewpoint::render::drizzle {

/// A function of pg-core, and what it is told; no function: there is none for the type.
struct Builder {
    QString function;
    QStringList options;
};

Builder builderOf(const TypeName& type, const schema::Column& column);

/// Whether pg-core has a function for it, or it is an enum.
bool hasBuilder(const schema::Database& database, const schema::Column& column);

/// What pg-core says the column's type is in SQL, without what makes it an array; what it has no function
/// for as the database names it.
QString sqlType(const schema::Database& database, const schema::Column& column, DrizzleRelease release);

}  // namespace dewpoint::render::drizzle
