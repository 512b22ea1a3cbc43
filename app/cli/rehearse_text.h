// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/rehearsal.h"

#include <QJsonArray>
#include <QJsonObject>

namespace dewpoint::cli {

QString rehearsalText(const rehearse::Rehearsal& rehearsal);
QJsonObject rehearsalJson(const rehearse::Rehearsal& rehearsal);

/// "Parked 312 values of users.phone", "Put back 312 values of users.phone, then removed the parking".
QStringList accountLines(const park::Account& account);
QJsonArray parcelsJson(const QList<park::Parcel>& parcels);
QJsonArray putBackJson(const QList<park::PutBack>& putBack);

}  // namespace dewpoint::cli
