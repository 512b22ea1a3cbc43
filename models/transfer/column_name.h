// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::transfer {

/// "First Name" and "first_name" are one name for two programs: its letters and digits, in lower case.
QString plainName(const QString& name);

}  // namespace dewpoint::transfer
