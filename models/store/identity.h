// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

namespace dewpoint::store {

/// The same text for the same database, whatever the spelling of its address and whoever asks: for what is
/// known of the database itself.
QString databaseIdentity(const drivers::Target& target);

}  // namespace dewpoint::store
