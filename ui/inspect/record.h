// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/related.h"
#include "runtime/job.h"
#include "values/row_batch.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace dewpoint::inspect {

enum class FieldState { Unchanged, Changed, Inserted, Deleted };

/// One column of the row that is looked at.
struct Field {
    QString name;
    QString type;
    Value value;
    bool isKey = false;
    QString label;              ///< what the referenced row is called, where that is known
    QString foreignTarget;      ///< "users.id" for a foreign key, else empty
    qint64 truncatedSize = -1;  ///< full size in bytes where only the beginning was read; -1 whole
    FieldState state = FieldState::Unchanged;
    bool editable = false;
    bool takesBytes = false;                      ///< editable, and a binary column
    bool isDefault = false;                       ///< not given: the server will choose the value
    bool isOwn = true;                            ///< of the grid's row, not of one that it points to
    bool isJson = false;                          ///< the column takes nothing but JSON
    bool isJsonb = false;                         ///< and keeps it as PostgreSQL's jsonb does
    std::optional<rows::RelationColumn> element;  ///< what an array of PostgreSQL is made of
};

/// Other rows that point to this one through one of their keys.
struct Referrer {
    QString title;  ///< "orders.customer_id"
    QString count;  ///< empty while it is not known yet
    rows::Link link;
};

/// How the inspector gets at other rows.
struct RelatedSource {
    std::function<QList<rows::Link>(const rows::Relation&, const QString& column, const rows::ValueOf&)>
        links;
    using Answer = std::function<void(const Result<RowBatch>&)>;
    /// At most so many rows. The answer does not come when the job is forgotten.
    std::function<runtime::Job(const rows::Link&, qint64 limit, const Answer&)> read;
    /// The ways in which rows point to one; whether a table has any is asked before.
    std::function<QList<rows::Link>(const rows::Relation&, const rows::ValueOf&)> pointing = {};
    std::function<bool(const rows::Relation&)> isPointedAt = {};
    using Counts = std::function<void(const Result<QList<qint64>>&)>;
    /// Spare work: Cancelled where something else was wanted meanwhile.
    std::function<runtime::Job(const QList<rows::Link>&, const Counts&)> count = {};
};

/// The row under the cursor of a grid, as the inspector shows it.
struct Record {
    QString tableTitle;
    rows::Relation relation;
    QString place;  ///< the same for the same row, whatever its values: what is edited belongs to it
    QList<Field> fields;
    int current = -1;  ///< the focused field; -1 none
};

}  // namespace dewpoint::inspect
