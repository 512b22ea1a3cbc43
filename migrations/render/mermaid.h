// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::render {

/// A Mermaid erDiagram: tables with their columns, and a line for each foreign key.
QString mermaid(const schema::Database& database);

}  // namespace dewpoint::render
