// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "project/format.h"
#include "project/schema_script.h"
#include "render/drizzle/json.h"

#include <QByteArray>
#include <QStringList>

/// The JSON that drizzle-kit keeps beside each migration: what the schema is after it. A new one is the one
/// before with new identities and what the new migration changes; everything else stays byte for byte.
namespace dewpoint::project::drizzle::snapshot {

QString newId();  ///< a random UUID

QString idOf(const QByteArray& text);           ///< empty when it is not a snapshot
QStringList parentsOf(const QByteArray& text);  ///< prevId or prevIds

/// The nothing that comes before the first migration.
QString origin();

/// 0.x. An empty `previous` is an empty schema; without a change the schema stays as it is.
Result<QByteArray> afterJournal(const QByteArray& previous, const QString& dialect, const QString& id,
                                const std::optional<SchemaChange>& change = {});

/// 1.0: what follows the snapshot `head` of `all`, which are in the order of their folders. No head: the first.
Result<QByteArray> afterFolder(const QList<QByteArray>& all, const QByteArray& head, bool postgres,
                               const QString& id, const std::optional<SchemaChange>& change = {});

/// What stands in the place of all from `first` to `last`: the last one, behind what the first one is behind.
/// Empty where one of them is none, or says only what is different from the one before.
QByteArray inPlaceOf(const QByteArray& first, const QByteArray& last);

/// The rows of 1.0 after the snapshot of that id, which may only be a difference to others.
render::drizzle::Json rowsAfter(const QList<render::drizzle::Json>& all, const QString& id);

/// The SQL of a snapshot's schema, of either generation; one that is a difference takes the others from the
/// folders beside its own. Nothing where the file is no snapshot.
Result<std::optional<SchemaScript>> script(const QString& path);

}  // namespace dewpoint::project::drizzle::snapshot
