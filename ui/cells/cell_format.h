// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "values/value.h"

#include <QList>
#include <QString>

namespace dewpoint::cells {

/// Another way to show a column's values. Nothing but the drawing follows it: copies, edits, filters and
/// sums are of what is stored.
enum class CellFormat { Stored, Thousands, Bytes, Seconds, Milliseconds, Date };

/// The formats that fit a column, Stored first.
QList<CellFormat> formatsFor(const rows::RelationColumn& column);
QString titleOf(CellFormat format);  ///< for a menu
QString noteOf(CellFormat format);   ///< behind the column's name
QString idOf(CellFormat format);     ///< in settings
CellFormat formatCalled(const QString& id);

/// Empty where the value does not fit the format: then it is shown as it is.
QString formatted(const Value& value, CellFormat format);

}  // namespace dewpoint::cells
