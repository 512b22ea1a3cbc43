// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// A foreign key with its two ends resolved.
struct Reference {
    const schema::Table* from = nullptr;
    const schema::Table* to = nullptr;
    const schema::Constraint* key = nullptr;
    QStringList targetColumns;  ///< never empty
    bool isUnique = false;      ///< at most one row refers to a target
    bool isRequired = false;    ///< no column of it can be NULL
};

/// All foreign keys whose target is among these tables, in table order.
QList<Reference> referencesOf(const QList<const schema::Table*>& tables);

/// Tables that people made: no ledgers of migration tools.
QList<const schema::Table*> ownTables(const schema::Database& database);

/// True where a key, a unique constraint or a full unique index has exactly these columns.
bool isUnique(const schema::Table& table, const QStringList& columns);

}  // namespace dewpoint::render
