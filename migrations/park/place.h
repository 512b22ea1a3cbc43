// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "park/warehouse.h"

/// How a parcel is written down where it is kept.
namespace dewpoint::park {

Value jsonOf(const QStringList& names);
QString fateName(Fate fate);

/// Columns of the place: k1…, c1….
QStringList placeColumns(const Parcel& parcel);

}  // namespace dewpoint::park
