// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QPlainTextEdit;

namespace dewpoint::kit {

// A text editor knows one kind of line end and toPlainText() one kind of space; what was filled in comes out
// of it again character by character.

void fillExactly(QPlainTextEdit& area, const QString& text);
QString exactText(const QPlainTextEdit& area);

/// Whether a line edit would join what are several lines to a text editor.
bool hasSeveralLines(const QString& text);

}  // namespace dewpoint::kit
