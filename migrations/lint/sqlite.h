// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/bench.h"
#include "lint/words.h"

#include <QSet>

/// SQLite's rules (manual: ALTER TABLE, Foreign Keys, PRAGMA).
namespace dewpoint::lint::sqlite {

/// What the statements do together: a table that is made again is dropped, and nothing of it is lost.
struct Rebuilds {
    QHash<QString, QString> newNames;  ///< the new table as it is made → the name that it gets
    QSet<QString> rebuilt;             ///< the names of tables that are made again
    QSet<QString> movedAway;           ///< those of them whose old one is renamed first
};

Rebuilds rebuildsOf(const Report& report);

/// All statements of the bench's report.
void judge(Bench& bench);

/// Tables that were there before and refer to this one.
QStringList referring(const Known& known, const RelationName& table);

void alterTable(Bench& bench, const WordList& words, const Rebuilds& rebuilds, const QString& sql);

/// ADD COLUMN with the value that its type begins with.
std::optional<Rewrite> withDefault(const QString& sql, const QString& type);

}  // namespace dewpoint::lint::sqlite
