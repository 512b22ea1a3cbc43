// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/query_builder.h"
#include "rows/staged_edits.h"

#include <QRegularExpression>

#include <optional>

namespace dewpoint::rows {

/// What is looked for in one column, and what it becomes.
struct Replacement {
    QString column;
    QString find;
    QString with;             ///< of an expression with \1 … for its groups
    bool expression = false;  ///< a regular expression
    bool matchCase = false;
    bool wholeCell = false;
    bool operator==(const Replacement&) const = default;
};

/// A replacement made ready for many texts.
class Replacer final
{
public:
    /// Fails for an expression that is none, and when there is nothing to look for.
    static Result<Replacer> of(const Replacement& replacement);
    /// The text with everything replaced; nothing where it holds no match.
    std::optional<QString> replaced(const QString& text) const;
    const QString& column() const { return m_what.column; }

private:
    explicit Replacer(Replacement what) : m_what(std::move(what)) {}

    Replacement m_what;
    QRegularExpression m_pattern;
};

/// A cell that holds a match.
struct FoundCell {
    RowKey key;     ///< of an existing row
    int newId = 0;  ///< of a new one
    RowImage original;
    Value after;
};

/// How far the search is; between two slices it may rest, and another work be done.
struct ReplaceScan {
    std::optional<RowKey> from;  ///< the last row that was read
    qint64 rows = 0;             ///< rows that were looked at
    qint64 matches = 0;
    qint64 refused = 0;      ///< matches of which the replaced text is no value of the column
    qint64 tooLong = 0;      ///< cells that were not looked into
    QList<FoundCell> cells;  ///< matches that can be staged, up to mostCells
    bool done = false;

    static constexpr qsizetype mostCells = 50'000;
};

/// Looks at some more rows of the view, as they are with the edits; sorted by key, whatever the view's order.
Result<> searchOn(drivers::Connection& connection, const Relation& relation, const ViewSpec& spec,
                  const Replacer& replacer, const StagedEdits& edits, ReplaceScan& scan);

/// The edits with the found cells replaced, as one step for undo.
StagedEdits withReplaced(StagedEdits edits, const QString& column, const QList<FoundCell>& cells);

}  // namespace dewpoint::rows
