// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/drizzle.h"
#include "render/drizzle/json.h"

#include <utility>

namespace dewpoint::render::drizzle {

/// A schema as the snapshots of drizzle-kit have it: what it would write for our own schema.ts. 0.x: the
/// members tables, views, enums … of the file. 1.0: its rows, each under its key. What drizzle has no words
/// for (triggers, routines, partitions …) is not in it.
Json snapshotOf(const schema::Database& database, DrizzleRelease release, bool usualOpclasses);

/// "columns", NUL, ["public","users","id"]: how a row of 1.0 is known.
QString rowKey(const Json& row);

Json sqliteSnapshot(const schema::Database& database, DrizzleRelease release);
Json postgresSnapshot(const schema::Database& database, DrizzleRelease release, bool usualOpclasses);

/// An object of 1.0's list, filled in the order of its members.
class Row final
{
public:
    explicit Row(QString entity) : m_entity(std::move(entity)) {}

    Row& set(const QString& name, Json value);
    void addTo(Json& rows);  ///< the kind last, as the tool writes it

private:
    QString m_entity;
    Json m_json = Json::object();
};

/// 'a''b'
QString sqlLiteral(const QString& value);

}  // namespace dewpoint::render::drizzle
