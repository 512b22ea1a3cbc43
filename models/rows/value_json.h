// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QJsonValue>

namespace dewpoint::rows {

/// A value in JSON, exactly: null, {"i": "12"}, {"d": bits in hex}, {"t": text}, {"t64": base64 of invalid
/// UTF-8} or {"b": base64}. Numbers are texts, because JSON's own are doubles.
QJsonValue toJson(const Value& value);
Value valueFrom(const QJsonValue& json);

}  // namespace dewpoint::rows
