// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <expected>
#include <utility>

namespace dewpoint {

/// A value, or the error that prevented it. Nothing throws across a lane.
template <class T = void>
using Result = std::expected<T, Error>;

/// `return fail(ErrorKind::NotFound, tr("…"));`
inline std::unexpected<Error> fail(ErrorKind kind, QString message, QString hint = {})
{
    return std::unexpected(Error{.kind = kind, .message = std::move(message), .hint = std::move(hint)});
}

inline std::unexpected<Error> fail(Error error)
{
    return std::unexpected(std::move(error));
}

}  // namespace dewpoint
