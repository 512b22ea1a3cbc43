// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "emit/outputs.h"

namespace dewpoint::emit {

/// Entities as `sea-orm-cli generate entity` writes them in its compact form: a file for each table,
/// prelude.rs, mod.rs, and sea_orm_active_enums.rs where there are enums.
QList<File> seaOrm(const schema::Database& database);

}  // namespace dewpoint::emit
