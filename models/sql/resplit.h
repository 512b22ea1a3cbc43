// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/statements.h"

namespace dewpoint::sql {

/// At `position`, so many characters were taken away and so many came.
struct TextChange {
    qsizetype position = 0;
    qsizetype removed = 0;
    qsizetype added = 0;
};

/// What split() gives for the script, from the statements that it had before one change: read again is only
/// what the change can have altered, so that typing in a script of megabytes costs what a statement costs.
QList<Statement> resplit(const QList<Statement>& before, const QString& script, const TextChange& change,
                         Engine engine);

}  // namespace dewpoint::sql
