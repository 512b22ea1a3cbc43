// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "schema/database.h"

#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::diff {

enum class State { Same, Added, Removed, Changed };

/// One row of a table's picture: before and after; `difference` says what changed, in words.
struct ColumnDiff {
    State state = State::Same;
    std::optional<schema::Column> before;
    std::optional<schema::Column> after;
    QString difference;
};

/// A table or view as a visual diff draws it: every column in the order of the newer side (removed
/// ones where they were), and below them a line for each change that is not a column's.
struct TableDiff {
    struct Line {
        State state = State::Changed;
        QString text;
    };

    QString schema;
    QString name;  ///< empty for the last group: what belongs to no table (types, sequences, routines …)
    bool isView = false;
    State state = State::Changed;
    QList<ColumnDiff> columns;
    QList<Line> lines;
    QList<change::Change> changes;
};

/// The changes of compare(from, to) grouped by table, in the order in which the tables first occur.
QList<TableDiff> byTable(const QList<change::Change>& changes, const schema::Database& from,
                         const schema::Database& to);

}  // namespace dewpoint::diff
