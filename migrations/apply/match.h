// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"

namespace dewpoint::apply {

/// The same migrations under two tools.
struct Matching {
    struct Pair {
        MigrationState from;
        MigrationState to;
        bool sameName = true;  ///< false: only their numbers agree
        bool operator==(const Pair&) const = default;
    };

    QList<Pair> pairs;
    QStringList unmatched;  ///< names of applied ones that nothing on the other side is
    QStringList ambiguous;  ///< "name: candidate, candidate": several, or one that has only its number
    bool operator==(const Matching&) const = default;
};

/// Each applied migration of one tool with the one of the other that has its number, and else its name;
/// tools write both differently ("2025-01-01-000000", "create users"). A pure function.
Matching matchByName(const QList<MigrationState>& applied, const QList<MigrationState>& others);

/// The first with the first, the second with the second.
Matching matchByOrder(const QList<MigrationState>& applied, const QList<MigrationState>& others);

/// All up to the number, for a ledger that keeps nothing but that.
Matching matchUpTo(const MigrationState& newest, const QList<MigrationState>& others);

}  // namespace dewpoint::apply
