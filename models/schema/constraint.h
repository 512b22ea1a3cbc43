// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace dewpoint::schema {

enum class ConstraintKind { PrimaryKey, Unique, ForeignKey, Check, Exclusion, NotNull };

/// A table constraint of either engine. Foreign keys name their target; nothing points.
struct Constraint {
    ConstraintKind kind = ConstraintKind::Check;
    QString name;         ///< empty where SQLite's was not named
    QStringList columns;  ///< in key order
    QString definition;   ///< pg_get_constraintdef() / SQLite's text of CHECK's expression
    // Foreign keys:
    QString targetSchema;  ///< empty on SQLite
    QString targetTable;
    QStringList targetColumns;  ///< empty = the target's primary key, not resolved
    QString onUpdate;           ///< "NO ACTION", "CASCADE", …
    QString onDelete;
    QString match;  ///< "SIMPLE" | "FULL"; SQLite "NONE"
    bool deferrable = false;
    bool initiallyDeferred = false;
    bool validated = true;       ///< PostgreSQL NOT VALID = false
    bool autoIncrement = false;  ///< SQLite primary key only
    QString comment;

    bool operator==(const Constraint&) const = default;
};

}  // namespace dewpoint::schema
