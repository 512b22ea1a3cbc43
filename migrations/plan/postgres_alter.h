// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QStringList>

#include <optional>

/// ALTER … in place, from the object as it was to the object as it shall be.
namespace dewpoint::plan::postgres {

/// Type (with USING), identity, NOT NULL; a column that stops being generated keeps its values. Defaults
/// are not touched here: they may have to wait for something else. `kept`: where the column's numbers stood
/// until now, as SQL, for an identity to go on from; `remembers`: another sequence will want to know.
QStringList alterColumn(const schema::ObjectId& id, const schema::Column& from, const schema::Column& to,
                        const QString& kept = {}, bool remembers = false);

/// What stands after USING: "c::text::mood" where there is no direct cast; empty where the server converts.
QString conversion(const QString& column, const QString& from, const QString& to);

/// False where the column must be dropped and added: a computed one cannot get another expression.
bool canAlter(const schema::Column& from, const schema::Column& to);
bool changesType(const schema::Column& from, const schema::Column& to);

/// Options, row security, parents. What cannot be changed (partition key, kind) is Unsupported.
Result<QStringList> alterTable(const schema::Table& from, const schema::Table& to);

QStringList alterSequence(const schema::Sequence& from, const schema::Sequence& to);

/// In place: validated, or a foreign key deferred. Nothing where it must be made anew.
std::optional<QString> alterConstraint(const QString& table, const schema::Constraint& from,
                                       const schema::Constraint& to);

/// Roles and conditions; another command, or a condition less, needs a new policy.
std::optional<QString> alterPolicy(const QString& table, const schema::Policy& from,
                                   const schema::Policy& to);

}  // namespace dewpoint::plan::postgres
