// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/table.h"

#include <optional>

namespace dewpoint::testdata {

/// What a table's CHECKs say of one column, as far as it reads at a glance; the database knows the rest.
struct CheckHint {
    QStringList choices;
    std::optional<double> least;
    std::optional<double> most;
    bool operator==(const CheckHint&) const = default;
};

CheckHint checkHint(const schema::Table& table, const QString& column);

}  // namespace dewpoint::testdata
