// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

#include <QList>
#include <QString>

namespace dewpoint::migrate {

enum class Sign { Added, Removed, Changed };

/// "+", "−" or "~": colour is never the only sign.
QString signText(Sign sign);

/// A part of a table (column, key, index …) that comes, goes or becomes something else.
struct CardLine {
    Sign sign = Sign::Changed;
    QString name;
    QString before;
    QString after;
    bool operator==(const CardLine&) const = default;
};

/// One changed object of the schema, as the picture draws it.
struct Card {
    Sign sign = Sign::Changed;
    QString kind;  ///< "table", "view" …, for people
    QString title;
    QList<CardLine> lines;
    bool operator==(const Card&) const = default;
};

/// What differs, object by object, by name. A pure function.
QList<Card> cardsOf(const schema::Database& before, const schema::Database& after);

/// The picture in words, one line per part: for screen readers, the clipboard and tests.
QString cardsText(const QList<Card>& cards);

}  // namespace dewpoint::migrate
