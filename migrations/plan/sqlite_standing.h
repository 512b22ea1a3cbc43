// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "schema/database.h"

#include <QStringList>

namespace dewpoint::plan {

/// Views and triggers of SQLite that a plan neither drops nor changes. ALTER TABLE reads all of them again, and
/// refuses where one is broken at that moment (sqlite.org/lang_altertable.html).
class Standing final
{
public:
    Standing(const schema::Database& from, const QList<change::Change>& changes);

    /// Whether one names a view that is out of the way meanwhile, or is broken anyway.
    bool isBroken() const;
    /// The texts of those that name the table, themselves or by way of a view.
    QStringList about(const schema::Table& table) const;

private:
    const schema::Database& m_from;
    QStringList m_texts;
    QStringList m_viewsAway;
};

}  // namespace dewpoint::plan
