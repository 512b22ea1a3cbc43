// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/known.h"
#include "lint/report.h"

#include <QJsonObject>

/// The same with less risk, as text: what a person wrote stays as it is wherever it can.
namespace dewpoint::lint::postgres {

/// The name that the constraint has, or that the server gives it; empty where that cannot be told.
QString constraintName(const RelationName& table, const QJsonValue& constraint);

/// ADD CONSTRAINT … NOT VALID now, VALIDATE CONSTRAINT in the next migration.
std::optional<Rewrite> validatedLater(const QString& sql, const RelationName& table,
                                      const QJsonObject& command, const Known& known, bool alone);

/// A CHECK that proves it, and SET NOT NULL in the next migration.
std::optional<Rewrite> withProof(const RelationName& table, const QString& column, const Known& known,
                                 bool alone);

/// CREATE UNIQUE INDEX CONCURRENTLY now, ADD CONSTRAINT … USING INDEX in the next migration.
std::optional<Rewrite> withIndexFirst(const RelationName& table, const QStringList& columns,
                                      const QJsonObject& command, const Known& known, bool alone);

/// CONCURRENTLY behind the word that it belongs to.
std::optional<Rewrite> concurrently(const QString& sql, const QString& behind);

/// ADD COLUMN … NOT NULL with the value that its type begins with.
std::optional<Rewrite> withDefault(const QString& sql, const QJsonObject& command, bool alone);

}  // namespace dewpoint::lint::postgres
