// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace dewpoint::kit {

/// What comes into sight away from the focus is said to a screen reader: at the next pause, or at once where
/// it is about something that failed or asks.
enum class Urgency { Pause, AtOnce };

/// `about` is what shows it.
void announce(QWidget* about, const QString& text, Urgency urgency = Urgency::Pause);

/// Each new text of the label is announced when it comes into sight. Not for a text that counts.
void announceTexts(QLabel* label, Urgency urgency = Urgency::Pause);

}  // namespace dewpoint::kit
