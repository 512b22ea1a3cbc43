// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/record.h"

#include <functional>

namespace dewpoint::transfer {

// JSON (RFC 8259) by its bytes: numbers keep their digits, nested values their spelling.

/// Where the value that begins at `at` ends; -1 where it is not all there yet.
qsizetype jsonValueEnd(QByteArrayView data, qsizetype at);

/// A name, and the place its value goes to.
using JsonMember = std::function<Field*(const QByteArray& name)>;

/// Takes one object apart; what is wrong with it, or nothing. A member without a place is left to the
/// caller to judge.
QString readJsonObject(QByteArrayView object, const JsonMember& placeOf);

}  // namespace dewpoint::transfer
