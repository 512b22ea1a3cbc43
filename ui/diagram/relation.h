// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/mark.h"

#include <QPainterPath>
#include <QString>

namespace dewpoint::diagram {

enum class Side { Left, Right };

/// Where an edge meets a card: a point on the card's border and which way is out.
struct Anchor {
    QPointF point;
    Side side = Side::Right;
};

/// A foreign key between two cards, by their places in the layout's list.
struct Relation {
    int child = -1;  ///< the card that holds the foreign key
    int parent = -1;
    int childRow = -1;  ///< first column of the key; -1 when its row is not drawn
    int parentRow = -1;
    bool many = true;        ///< several child rows may share a parent; false when the key is unique
    bool mandatory = false;  ///< a child row must have a parent: none of the key's columns is nullable
    QString name;            ///< the constraint's; may be empty
    Mark mark = Mark::None;
    QString description;  ///< "orders.user_id → users.id, ON DELETE CASCADE"

    Anchor childEnd, parentEnd;
    QPainterPath path;  ///< from the child's border to the parent's

    bool isLoop() const { return child == parent; }
};

}  // namespace dewpoint::diagram
