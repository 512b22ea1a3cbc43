// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTextCursor>

/// Edits of whole lines, each one step of the document's undo.
namespace dewpoint::query::editing {

/// "-- " before every line of the selection, or away from it where all of them have one.
void toggleComment(QTextCursor cursor);

/// A selection over lines moves right; otherwise spaces up to the next stop.
void indent(QTextCursor cursor, int columns);
void outdent(QTextCursor cursor, int columns);

/// A new line that starts under the present one's first character.
void newLine(QTextCursor cursor);

}  // namespace dewpoint::query::editing
