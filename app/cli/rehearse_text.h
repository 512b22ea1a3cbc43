// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/rehearsal.h"

#include <QJsonArray>
#include <QJsonObject>

namespace dewpoint::cli {

QString rehearsalText(const rehearse::Rehearsal& rehearsal);
QJsonObject rehearsalJson(const rehearse::Rehearsal& rehearsal);

QJsonArray parcelsJson(const QList<park::Parcel>& parcels);
QJsonArray putBackJson(const QList<park::PutBack>& putBack);

}  // namespace dewpoint::cli
