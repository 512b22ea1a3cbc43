// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QStringList>

/// The JSON that drizzle-kit keeps beside each migration: what the schema is after it. Edited as text,
/// so that everything but the identities stays byte for byte.
namespace dewpoint::project::drizzle::snapshot {

QString newId();  ///< a random UUID

QString idOf(const QByteArray& text);           ///< empty when it is not a snapshot
QStringList parentsOf(const QByteArray& text);  ///< prevId or prevIds

/// The nothing that comes before the first migration.
QString origin();

/// 0.x: `previous` with new identities; an empty schema when there is none.
Result<QByteArray> afterJournal(const QByteArray& previous, const QString& dialect, const QString& id);

/// 1.0: what follows `previous` without a change to the schema.
Result<QByteArray> afterFolder(const QByteArray& previous, bool postgres, const QString& id);

}  // namespace dewpoint::project::drizzle::snapshot
