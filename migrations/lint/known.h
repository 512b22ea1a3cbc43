// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/row_flow.h"
#include "schema/database.h"

#include <QHash>
#include <QMap>
#include <QSet>

#include <optional>

namespace dewpoint::lint {

struct KnownColumn {
    QString type;  ///< as format_type() or SQLite's declaration has it
    bool notNull = false;
    bool fresh = false;  ///< made by this migration
};

struct KnownConstraint {
    schema::ConstraintKind kind = schema::ConstraintKind::Check;
    bool validated = true;
    bool fresh = false;
    QStringList provesNotNull;           ///< columns of which it says IS NOT NULL
    std::optional<RelationName> target;  ///< of a foreign key
};

struct KnownTable {
    bool fresh = false;  ///< made by this migration: empty, and seen by nobody else
    bool partitioned = false;
    QMap<QString, KnownColumn> columns;
    QMap<QString, KnownConstraint> constraints;
    QSet<QString> indexes;

    bool isProvenNotNull(const QString& column) const;
};

/// A column, and with an empty `from` a table, that has another name since; a goneName() where it is gone.
struct ColumnRename {
    RelationName table;
    QString from;
    QString to;
    QString schema = {};  ///< of a table: where it is then; a bare name's is left out
};

/// What something dropped is called from then on, which nothing is: what comes later may have its name.
QString goneName(const QString& name);
bool isGone(const QString& name);

/// What lint knows of the schema while it reads a script: what was there, and what the statements so far
/// have made of it. What is not in it may be there all the same, unless it is whole.
struct Known {
    bool whole = false;  ///< what is not in it is not there
    QMap<RelationName, KnownTable> tables;
    QMap<QString, RelationName> indexTables;  ///< by the index's name
    QSet<RelationName> freshViews;
    QSet<QString> freshTypes;
    QMap<QString, QString> freshLabels;  ///< value of an enum → its type, added by this migration
    QSet<QString> constrainedDomains;
    QList<ColumnRename> renames;  ///< of all scripts so far, in order
    RowFlow rows;                 ///< of all scripts so far

    static Known of(const schema::Database& database);

    /// For questionsOf(): the renames, and the tables whose rows are gone though their names may be there.
    QList<ColumnRename> carried() const;

    /// What stands now was there before the next migration.
    void beginMigration();

    bool isFresh(const RelationName& name) const;
    const KnownTable* table(const RelationName& name) const;
    const KnownColumn* column(const RelationName& name, const QString& column) const;
    void rename(const RelationName& from, const RelationName& to);
    void drop(const RelationName& name);
};

}  // namespace dewpoint::lint
