// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "testdata/column_rule.h"

namespace dewpoint::testdata {

/// Made-up rows for one table.
struct FillPlan {
    rows::Relation relation;
    QList<ColumnRule> rules;    ///< one for each column of the relation
    QList<QStringList> unique;  ///< columns that tell rows apart
    qint64 rows = 100;
    quint64 seed = 1;
    bool dryRun = false;  ///< everything but COMMIT
};

/// A rule for each column, by what refers, by type, checks and names, in this order.
FillPlan proposedPlan(const schema::Database& database, const schema::Table& table);

/// Nothing, or why this plan cannot work.
QString problemOf(const FillPlan& plan);

/// What the database sets itself: no rule can.
bool takesRule(const rows::RelationColumn& column);

/// Of "varchar(20)"; 0 where there is none.
int textLimit(const rows::RelationColumn& column);

}  // namespace dewpoint::testdata
