// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "schema/database.h"

#include <QList>

namespace dewpoint::diff {

/// A table (or view) as it is written and as it is compared.
template <class T>
struct Sides {
    const T& from;
    const T& to;
    const T& plainFrom;  ///< normalised, members in the same order
    const T& plainTo;
};

/// Changes inside one table that is on both sides.
void compareTable(const Sides<schema::Table>& table, Engine engine, QList<change::Change>& changes);

/// Changes inside one view: its definition, indexes, triggers, comments.
void compareView(const Sides<schema::View>& view, Engine engine, QList<change::Change>& changes);

/// The table alone, without its name and what it holds.
schema::Table bare(schema::Table table);

}  // namespace dewpoint::diff
