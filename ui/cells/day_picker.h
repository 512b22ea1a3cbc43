// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"

#include <QDate>

class QLineEdit;

namespace dewpoint::cells {

/// Whether the column's values are or begin with a day: dates and timestamps of both engines.
bool holdsDay(const rows::RelationColumn& column, Engine engine);

/// The text with another day; the time and the zone behind it stay as they are.
QString withDay(const QString& text, QDate day);

/// A calendar for a line in which a day is edited: behind an icon, and Alt+Down.
void addDayPicker(QLineEdit& line);

}  // namespace dewpoint::cells
