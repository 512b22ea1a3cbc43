// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFontMetrics>
#include <QString>

namespace dewpoint::cells {

/// A value with the label of the row it points to, elided to a cell's width in pixels. A value stays whole
/// beside its label, but a long key must not push the label out: that is what a person reads.
struct LabelledText {
    QString text;
    QString label;
};
LabelledText fitLabelled(const QFontMetrics& metrics, const QString& text, const QString& label, int width);

}  // namespace dewpoint::cells
