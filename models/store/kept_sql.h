// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

#include <QList>
#include <QString>

namespace dewpoint::store {

/// A query that a person would miss when it runs no more.
struct KeptSql {
    enum class Kind {
        Tab,     ///< stands in a query tab
        View,    ///< what a view that is kept of a table by name asks for
        Recent,  ///< ran lately
    };
    Kind kind = Kind::Tab;
    QString title;  ///< "Query 1, line 3", "big of orders"; empty for a recent one
    QString sql;
    bool operator==(const KeptSql&) const = default;
};

QString kindName(KeptSql::Kind kind);  ///< "tab", "view", "recent": what JSON uses

/// All that is kept of this database on this machine, each text once: queries and statements that change rows.
/// Others cannot be tried without being run.
QList<KeptSql> keptSql(const drivers::Target& target);

}  // namespace dewpoint::store
