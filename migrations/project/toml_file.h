// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"

#include <QString>

#include <toml++/toml.hpp>

namespace dewpoint::project {

/// A TOML file as a table. Here and nowhere else toml++'s exception becomes a value.
Result<toml::table> readToml(const QString& path);

}  // namespace dewpoint::project
