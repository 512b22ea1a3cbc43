// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "plan/postgres_objects.h"

/// How PostgreSQL's objects are called: for people, and behind COMMENT ON.
namespace dewpoint::plan {

/// For a step's sentence: "index users_email of users".
QString described(const PostgresObjects& objects, const schema::ObjectId& id);

/// What COMMENT ON names: "COLUMN users.email".
QString commentTarget(const change::SetComment& comment, const PostgresObjects& objects);

/// What the comment belongs to, as an object.
schema::ObjectId commentedId(const change::SetComment& comment);

}  // namespace dewpoint::plan
