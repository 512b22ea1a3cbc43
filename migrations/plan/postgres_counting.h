// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

/// A column that is numbered by another sequence than before goes on where the old one stood: the highest
/// number in the table may be lower, and a number that a deleted row had is never given again.
namespace dewpoint::plan::postgres {

/// The old sequence is gone by the time the new one is there: a setting of the session carries the number.
QString rememberSequence(const schema::ObjectId& column, const schema::Sequence& sequence);
QString rememberIdentity(const schema::ObjectId& column, const schema::Column& from);

QString remembered(const schema::ObjectId& column);  ///< what one of those two has kept, as SQL
QString lastOf(const schema::Sequence& sequence);    ///< of one that stays, as SQL

/// Which way a sequence counts, and from where.
struct Counting {
    bool down = false;
    QString first;  ///< MINVALUE, of one that counts down MAXVALUE; empty for 1 or -1

    static Counting of(const schema::Sequence& sequence);
    static Counting of(const schema::Column& identity);
};

/// Moves the sequence behind the numbers in the column and behind `kept` (SQL; empty for nothing kept).
QString countOn(const QString& sequence, const schema::ObjectId& column, const Counting& counting,
                const QString& kept);

}  // namespace dewpoint::plan::postgres
