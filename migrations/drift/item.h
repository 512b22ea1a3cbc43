// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"

#include <QList>
#include <QString>

namespace dewpoint::drift {

enum class Kind {
    Extra,     ///< the database has it, and no migration makes it
    Missing,   ///< the migrations make it, and the database has it not
    Different  ///< both have it, otherwise
};

/// One thing in which a database is not what its migrations make. What cannot be told apart is one thing:
/// a new object with its comment and privileges, and on SQLite everything in the text of a table.
struct Item {
    QString key;  ///< the same as long as it is this difference: what is remembered of it goes by it
    Kind kind = Kind::Different;
    QString text;                   ///< "Column nick of users is only in the database."
    QList<change::Change> changes;  ///< from what the migrations make to what is there

    bool operator==(const Item& other) const { return key == other.key; }
};

/// What compare() says of the two, as items, in its order.
QList<Item> itemsOf(const QList<change::Change>& changes, Engine engine);

/// "Column nick of users", as a sentence begins.
QString thingOf(const change::Change& change);

}  // namespace dewpoint::drift
