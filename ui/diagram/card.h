// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/mark.h"

#include <QList>
#include <QRectF>
#include <QString>

namespace dewpoint::diagram {

enum class CardKind { Table, Partitioned, Foreign, Virtual, View, MaterializedView };

/// A column as the diagram draws it.
struct CardRow {
    QString name;
    QString type;
    QString comment;
    QString target;  ///< "users.id" for a foreign key column, else empty
    bool key = false;
    bool nullable = false;
    Mark mark = Mark::None;
    QString before;       ///< of a changed column: what its type and rules were
    bool isNote = false;  ///< no column: a key, index … that comes or goes, in words
};

/// A table or view with its place in the scene.
struct Card {
    QString schema;
    QString name;
    QString comment;
    CardKind kind = CardKind::Table;
    QList<CardRow> rows;
    int hiddenRows = 0;  ///< columns that the options leave out of the drawing
    Mark mark = Mark::None;
    bool showsSchema = false;  ///< the schema is not the one every name is looked up in
    QRectF rect;

    bool isView() const { return kind == CardKind::View || kind == CardKind::MaterializedView; }
};

}  // namespace dewpoint::diagram
