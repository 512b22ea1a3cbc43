// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::ledger {

/// PostgreSQL: where values are kept that a migration took away. Such tables are Dewpoint's own, as a
/// ledger is its tool's: nobody's drift.
inline constexpr QLatin1StringView parkingSchema("dewpoint");

inline bool isParking(const QString& schema, const QString& table)
{
    return schema == parkingSchema && (table == QLatin1String("parked") || table.startsWith(u"parked_"));
}

}  // namespace dewpoint::ledger
