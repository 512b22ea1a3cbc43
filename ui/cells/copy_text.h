// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "values/value.h"

#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::cells {

enum class CopyFormat { Tsv, TsvWithHeader, Csv, Json, Insert, Markdown };

/// Cells of a table as they are copied: a rectangle of values, nothing where a cell is DEFAULT.
struct CopiedCells {
    rows::Relation relation;
    QList<int> columns;  ///< of the relation, as they stand on the screen
    QList<QList<std::optional<Value>>> rows;
};

/// Values exactly; NULL is an empty field in TSV and CSV, null in JSON, NULL in SQL.
QString copyText(const CopiedCells& cells, CopyFormat format);

}  // namespace dewpoint::cells
