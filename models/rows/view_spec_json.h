// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/view_spec.h"

#include <QJsonObject>

namespace dewpoint::rows {

/// A view's filters and sort, for drafts and saved views.
QJsonObject toJson(const ViewSpec& spec);
ViewSpec viewSpecFrom(const QJsonObject& json);

}  // namespace dewpoint::rows
