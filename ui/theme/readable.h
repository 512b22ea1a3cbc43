// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

namespace dewpoint::theme {

/// From 1 to 21 (Web Content Accessibility Guidelines 2.2, "contrast ratio").
double contrastRatio(const QColor& one, const QColor& other);

/// The colour itself, or as much lighter or darker as text has to be on this background (success criterion 1.4.3,
/// and 1.4.6 in high contrast).
QColor readable(QColor text, const QColor& background);

}  // namespace dewpoint::theme
