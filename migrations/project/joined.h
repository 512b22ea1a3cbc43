// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/migration.h"

/// The SQL of several migrations in one text. All of it in bytes: a script need not be UTF-8.
namespace dewpoint::project {

/// With a semicolon behind the last statement, before the comments behind it, and a line end.
QByteArray terminated(QByteArray script, Engine engine);

/// The pieces one below the other, each of them a statement that ends.
QByteArray ofPieces(const Script& script, Engine engine);

QByteArray belowFirstLine(const QByteArray& text);

/// One direction's SQL as it can stand in a file with others.
Result<QByteArray> bodyOf(const Project& project, const Migration& migration, Direction direction);

/// The version as its file's name has it, which generate takes.
QString spelledVersion(const Project& project, const Migration& migration);

}  // namespace dewpoint::project
