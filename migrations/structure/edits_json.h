// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "structure/edits.h"

#include <QJsonObject>

namespace dewpoint::structure {

/// For the workspace's state: a restart loses nothing.
QJsonObject toJson(const Edits& edits);

/// What is not understood is left out.
Edits editsFromJson(const QJsonObject& json);

}  // namespace dewpoint::structure
