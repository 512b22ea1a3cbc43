// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/target.h"

#include <QString>

namespace dewpoint {

/// A scratch copy of the sample shop: a project folder with its migrations, and a database with all
/// but the last two applied and its rows loaded.
struct Demo {
    drivers::Target target;
    QString folder;  ///< holds diesel.toml, migrations/ and (SQLite) shop.sqlite
};

/// Builds it in a new scratch folder. With a PostgreSQL target the shop is built in that database,
/// which must be empty. Blocking (under a second); works without a display.
Result<Demo> makeDemo(const drivers::Target& postgres = {});

}  // namespace dewpoint
