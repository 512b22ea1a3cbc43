// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/session.h"
#include "schema/database.h"

#include <QList>

namespace dewpoint::migrate {

/// Something a change of the schema may take away or stumble on.
struct Risk {
    QString text;       ///< "Drops the column users.phone"
    QString countSql;   ///< how much it concerns on the live database; empty when nothing can be counted
    QString countText;  ///< "%1 values are lost"
    qint64 count = -1;  ///< -1 not counted

    bool isHarmless() const { return count == 0; }
    QString sentence() const;
};

/// What going from one structure to the other puts at risk. A pure function.
QList<Risk> risksOf(const schema::Database& before, const schema::Database& after);

/// Counts on the live database; what is not there (yet) stays uncounted. Blocking.
void countRisks(drivers::Connection& live, QList<Risk>& risks);

}  // namespace dewpoint::migrate
