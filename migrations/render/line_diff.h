// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

namespace dewpoint::render {

/// A line of a comparison of two texts, or a run of equal lines that nobody wants to read.
struct DiffLine {
    enum class Kind { Same, Added, Removed, Folded };
    Kind kind = Kind::Same;
    QString text;
    int count = 1;  ///< lines that a folded one stands for
    bool operator==(const DiffLine&) const = default;
};

/// As few added and removed lines as possible (Myers, 1986); where two texts have too little in common for
/// that to be worth the time, all of one and then all of the other.
QList<DiffLine> lineDiff(const QStringList& before, const QStringList& after);

/// Equal lines farther than `context` from a difference are folded.
QList<DiffLine> folded(const QList<DiffLine>& lines, int context = 3);

/// "+ ", "− " or "  " before each line, "⋯" for what is folded.
QString diffText(const QList<DiffLine>& lines);

}  // namespace dewpoint::render
