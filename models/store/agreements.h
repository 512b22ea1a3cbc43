// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QString>

namespace dewpoint::store {

/// Which projects' own programs the user lets run: a folder and the hash of the commands that were
/// shown. Empty when the user has not agreed, or took it back.
QString agreedCode(const QString& folder);

Result<> rememberAgreement(const QString& folder, const QString& hash);
Result<> revokeAgreement(const QString& folder);

}  // namespace dewpoint::store
