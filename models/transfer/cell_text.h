// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "values/row_batch.h"

#include <QByteArray>

namespace dewpoint::transfer {

/// A column as a file names it, and what may stand in it besides text.
struct OutColumn {
    QString name;
    bool number = false;   ///< a text in it that looks like a number is one
    bool boolean = false;  ///< PostgreSQL's t and f
    bool json = false;
    bool generated = false;  ///< the database computes it: no INSERT names it
    bool operator==(const OutColumn&) const = default;
};

OutColumn outColumnOf(const rows::RelationColumn& column, Engine engine);
OutColumn outColumnOf(const ColumnInfo& column);

/// The database's text; a blob as hex ("\\x00ff"), which both engines' imports read; NULL is empty.
QByteArray plainText(const Value& value);

/// A number only where JSON holds it with the same digits, an object or array of a JSON column as
/// itself, everything else as a string: so it is read back as it was.
QByteArray jsonCell(const OutColumn& column, const Value& value);
QByteArray jsonText(const QString& text);
/// A name for each column that no other has: two members of one name are one of them lost.
QList<QByteArray> jsonNames(const QList<OutColumn>& columns);

/// As RFC 4180 wants it; NULL is empty, an empty text is "". A text like nullText is quoted.
void appendCsvCell(QByteArray& out, const Value& value, char delimiter, const QByteArray& nullText);

QByteArray markdownLine(const QList<QByteArray>& cells);

/// A column that the database computes, and that may not be named in an INSERT.
bool isGenerated(const rows::RelationColumn& column);

}  // namespace dewpoint::transfer
