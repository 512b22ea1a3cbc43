// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"

#include <QString>

namespace dewpoint::change {

/// How people name things in sentences: without the schema where it is the usual one.
QString called(const QString& schema, const QString& name);

/// "varchar(32), not null, default 'x'".
QString words(const schema::Column& column);

/// "primary key (id)", "foreign key (user_id) to users (id)", "check price >= 0", with its name in front.
QString words(const schema::Constraint& constraint);

/// "unique index users_email_key on lower(email)".
QString words(const schema::Index& index);

/// "collation app.blind", "rule logged on users".
QString words(const schema::OtherObject& object);

/// What they are of: "schema app", "users", "new tables of alice".
QString words(const schema::Privileges& object);

/// What differs, part by part: "type integer → bigint; now not null".
QString difference(const schema::Column& from, const schema::Column& to);
QString difference(const schema::Table& from, const schema::Table& to);
QString difference(const schema::Sequence& from, const schema::Sequence& to);

/// Whether what is in the column gives way to something computed.
bool losesValues(const AlterColumn& change);

/// "revoke INSERT from PUBLIC; grant SELECT to app".
QString difference(const schema::Privileges& from, const schema::Privileges& to);

}  // namespace dewpoint::change
