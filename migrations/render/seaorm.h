// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/outputs.h"

namespace dewpoint::render {

/// Entities as `sea-orm-cli generate entity` writes them in its compact form: a file for each table,
/// prelude.rs, mod.rs, and sea_orm_active_enums.rs where there are enums.
QList<File> seaOrm(const schema::Database& database);

}  // namespace dewpoint::render
