// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/bench.h"
#include "lint/tree.h"

/// PostgreSQL's rules. Which lock a statement takes and what it rewrites is from the manual (ALTER TABLE,
/// Explicit Locking) and from the server's own AlterTableGetLockLevel; lint_truth_test holds it against a
/// server.
namespace dewpoint::lint::postgres {

/// All statements of the bench's report.
void judge(Bench& bench);

void alterTable(Bench& bench, const QString& sql, const QJsonObject& node);
void renameObject(Bench& bench, const QJsonObject& node);
void alterObjectSchema(Bench& bench, const QJsonObject& node);
void createTable(Bench& bench, const QJsonObject& node);
void createTableAs(Bench& bench, const QJsonObject& node);
void selectInto(Bench& bench, const QJsonObject& node);
void createIndex(Bench& bench, const QString& sql, const QJsonObject& node);
void dropObjects(Bench& bench, const QString& sql, const QJsonObject& node);
void changeRows(Bench& bench, const QString& kind, const QJsonObject& node);

/// INSERT … SELECT, CREATE TABLE … AS, SELECT INTO: whose rows are in `table` from then on, and what of them
/// is left out. `select` is nothing where it cannot be a copy of all rows.
void copyRows(Bench& bench, const RelationName& table, const QJsonValue& statement, const QJsonValue& select,
              const QJsonValue& columns = {});
/// At the end of a script: who is made again with its rows was not lost, but for what was left out of them.
void judgeRebuilds(Bench& bench);

RelationName relation(const QJsonValue& rangeVar);
QList<RelationName> relationsIn(const QJsonValue& tree);  ///< whatever it reads from
RelationName relationOf(const QStringList& parts);        ///< {"app", "users"}

/// What ADD COLUMN and CREATE TABLE say of a column.
struct ColumnFacts {
    QString name;
    KnownColumn column;
    bool hasValue = false;     ///< rows that are there get one: a default, an identity, an expression
    bool variesByRow = false;  ///< that value has to be written into each row
    bool isKey = false;
    bool isUnique = false;
    bool hasCheck = false;
    std::optional<RelationName> target;
};
ColumnFacts factsOf(const QJsonValue& columnDef, const Known& known);

}  // namespace dewpoint::lint::postgres
