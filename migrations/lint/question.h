// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/known.h"

#include <QList>

namespace dewpoint::lint {

/// Something about a change that only the rows of the real database can answer.
struct Question {
    enum class Means {
        Lost,       ///< so much is gone afterwards
        Converted,  ///< so much becomes something else
        Blocks,     ///< one such row, and the change fails
    };

    Means means = Means::Blocks;
    QString code;    ///< the lint code that tells more
    QString schema;  ///< as the database has them
    QString table;
    QString column;           ///< that is lost; empty where all of the table is
    bool comesAgain = false;  ///< of what is lost: something of that name is there afterwards
    QString text;             ///< "Makes users.phone NOT NULL"
    QString rows;             ///< condition of the rows in question, for a filter; empty for all
    QString countSql;         ///< empty when nothing can be counted
    QString countText;        ///< "%1 rows hold NULL now"
    QString backfill;         ///< a statement that would put them right; empty where nobody can say
    qint64 count = -1;        ///< -1 not counted
    QString problem;          ///< why it could not be counted
    bool mended = false;      ///< the migration writes the table itself, so it may be fine by then

    bool isHarmless() const { return count == 0; }
    bool blocks() const { return means == Means::Blocks && count > 0 && !mended; }
    QString sentence() const;
    bool operator==(const Question&) const = default;
};

/// What going from one schema to the other asks of the rows. `renames`: columns and tables that are only
/// called differently afterwards, as the scripts say it one after the other. A pure function.
QList<Question> questionsOf(const schema::Database& before, const schema::Database& after,
                            const QList<ColumnRename>& renames = {});

}  // namespace dewpoint::lint
