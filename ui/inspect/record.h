// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QList>
#include <QString>

namespace dewpoint::inspect {

enum class FieldState { Unchanged, Changed, Inserted, Deleted };

/// One column of the row that is looked at.
struct Field {
    QString name;
    QString type;
    Value value;
    bool isKey = false;
    QString label;              ///< what the referenced row is called, where that is known
    QString foreignTarget;      ///< "users.id" for a foreign key, else empty
    qint64 truncatedSize = -1;  ///< full size in bytes where only the beginning was read; -1 whole
    FieldState state = FieldState::Unchanged;
    bool editable = false;
    bool takesBytes = false;  ///< editable, and a binary column
    bool isDefault = false;   ///< not given: the server will choose the value
};

/// Other rows that point to this one through one of their keys.
struct Referrer {
    QString title;  ///< "orders.customer_id"
    QString count;  ///< empty while it is not known yet
};

/// The row under the cursor of a grid, as the inspector shows it.
struct Record {
    QString tableTitle;
    QList<Field> fields;
    int current = -1;  ///< the focused field; -1 none
};

}  // namespace dewpoint::inspect
