// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "json/document.h"

#include <QString>

#include <optional>

namespace dewpoint::json {

/// Where the next name or value begins that holds the text, whatever its case; behind the last one the
/// search begins anew. `from` is where the search stands: -1 at the start.
std::optional<qsizetype> findText(QByteArrayView valid, const QString& needle, qsizetype from,
                                  bool backwards = false);

/// The deepest value that covers the place, or whose name does.
Path pathAt(QByteArrayView valid, qsizetype offset);

/// "$.items[0].\"a name\"": what SQLite's and PostgreSQL's path functions read.
QString pathText(const Document& document, const Node& node);

/// A name that appears more than once in the object, if there is one.
std::optional<QString> repeatedName(const Document& document, const Node& object);

}  // namespace dewpoint::json
