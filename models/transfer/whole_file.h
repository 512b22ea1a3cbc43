// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/row_writer.h"

namespace dewpoint::transfer {

Error fileError(const QString& path, const QString& why);

/// A file that has its final name only when all of it was written: else what was there before still is.
Result<> writeWholeFile(const QString& path, const std::function<Result<>(const ByteSink& sink)>& write);

}  // namespace dewpoint::transfer
