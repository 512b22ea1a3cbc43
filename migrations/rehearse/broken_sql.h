// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "store/kept_sql.h"

namespace dewpoint::rehearse {

/// A query that is kept and would run no more.
struct BrokenSql {
    store::KeptSql kept;
    QString message;  ///< the server's
    QString sentence() const;
};

/// Those that `before` understands and `after` does not. None of them is run: the server only parses and
/// plans it. What `before` does not understand either is nobody's news.
QList<BrokenSql> brokenSql(drivers::Connection& before, drivers::Connection& after,
                           const QList<store::KeptSql>& kept);

}  // namespace dewpoint::rehearse
