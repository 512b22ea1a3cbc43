// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace dewpoint::sql {

/// One statement of a script, by its place in the text (UTF-16 code units).
struct Statement {
    qsizetype start = 0;   ///< first character that is not white space or a comment
    qsizetype length = 0;  ///< without the final semicolon
    int line = 1;          ///< 1-based line of start
    bool operator==(const Statement&) const = default;
};

/// Splits a script at its top-level semicolons. Knows strings, quoted names, comments (nested on
/// PostgreSQL), dollar quotes, E'' strings, and SQLite's CREATE TRIGGER … BEGIN … END; as well as
/// PostgreSQL's BEGIN ATOMIC function bodies. Never fails: unfinished text is one last statement.
QList<Statement> split(const QString& script, Engine engine);

/// The statement at a cursor position (a position just behind a semicolon belongs to the one before).
/// Returns an index into `statements`, -1 when there is none.
int statementAt(const QList<Statement>& statements, qsizetype position);

/// First keyword in upper case ("SELECT", "WITH", "INSERT" …); empty for an empty statement.
QString leadingKeyword(const QString& statement);

/// "UPDATE" or "DELETE" where the statement, or a part of it that runs, has one without a WHERE: the caller
/// asks before it runs. Empty otherwise.
QString everyRowVerb(const QString& statement, Engine engine);
bool changesEveryRow(const QString& statement, Engine engine);

}  // namespace dewpoint::sql
