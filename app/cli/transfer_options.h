// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/relation.h"

#include <QCommandLineParser>

namespace dewpoint::cli {

/// A table or view by "name" or "schema.name"; of one name in several schemas the first on the search path.
Result<rows::Relation> findRelation(drivers::Connection& connection, const QString& name);
Result<rows::Relation> findRelation(drivers::Connection& connection, const schema::Database& database,
                                    const QString& name);

/// "tab", "\t", ";" … as the one byte it stands for.
Result<char> singleByte(const QString& text, const QString& option);

/// The parts of "a,b", each without the space around it.
QStringList listOf(const QString& text);

}  // namespace dewpoint::cli
