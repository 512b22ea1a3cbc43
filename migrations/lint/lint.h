// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/known.h"
#include "lint/report.h"

namespace dewpoint::lint {

/// How a script runs, as far as its text does not say it.
struct Setting {
    Engine engine = Engine::Sqlite;
    bool inTransaction = true;  ///< the tool opens one around it
    bool pieceByPiece = false;  ///< the tool sends statement by statement
    bool foreignKeys = true;    ///< SQLite: they are enforced until a script switches them off
    bool wantsDown = false;     ///< there is none, and the project's other migrations have one
};

/// Judges a script statement by statement. `known` is what stands before it, and what stands after it
/// when this returns. PostgreSQL's statements are read by its own grammar, SQLite's by their words.
/// A pure function: no database is asked.
Report judge(const QString& script, const Setting& setting, Known& known);

/// What a SQLite script that makes tables again lost on the way, told from the schemas before and after;
/// `renames`: those that judge() found in it.
void judgeRebuilds(Report& report, const QString& script, const schema::Database& before,
                   const schema::Database& after, const QList<ColumnRename>& renames);

}  // namespace dewpoint::lint
