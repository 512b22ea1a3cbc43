// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "transfer/read_options.h"
#include "transfer/record.h"

#include <QHash>
#include <QSet>

namespace dewpoint::transfer {

enum class ImportMode {
    Insert,   ///< all rows are new
    Upsert,   ///< a row whose key is there already replaces the mapped columns of that one
    Replace,  ///< all rows that are there are deleted first
};

/// Everything that an import is going to do.
struct ImportPlan {
    rows::Relation relation;
    QString path;
    ReadOptions options;
    QList<int> mapping;  ///< column of the file → column of the relation; -1: left out
    ImportMode mode = ImportMode::Insert;
    QStringList key;       ///< Upsert: what rows are told apart by; empty: the relation's key
    bool skipBad = false;  ///< write the others although some are bad
    bool dryRun = false;   ///< everything but COMMIT
    QHash<qint64, std::vector<Field>> fixes;  ///< by the record's number: what stands there instead
    QSet<qint64> leftOut;                     ///< records that are not wanted
    bool keepOdd = false;                     ///< SQLite: what it would keep as text is no bad row
    QSet<qint64> kept;                        ///< records of which that is so
};

/// A row that could not be written, as it is in the file.
struct BadRow {
    Record record;
    int column = -1;     ///< of the relation; -1 where it is about the whole row
    QList<int> further;  ///< other columns with a fault; then the message names each
    QString message;
    bool odd = false;  ///< SQLite would take it, but not as what its column is for
};

/// What can take a value: everything but what the database computes.
bool isImportable(const rows::RelationColumn& column);

/// By name: exactly, then whatever their case and punctuation; without names by place.
QList<int> proposedMapping(const QStringList& fileColumns, const rows::Relation& relation, bool named);

/// Nothing, or why this plan cannot work on any data.
QString planProblem(const ImportPlan& plan);

/// The columns of the relation that are written, in the order of the file, and where their fields are.
struct MappedColumn {
    int field = 0;
    int column = 0;
};
QList<MappedColumn> mappedColumns(const ImportPlan& plan);

/// The key of an upsert, given or the relation's own.
QStringList upsertKey(const ImportPlan& plan);

}  // namespace dewpoint::transfer
