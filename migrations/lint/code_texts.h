// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/codes.h"

/// The documentation of the codes, by what they are about.
namespace dewpoint::lint {

QList<Code> lossTexts();         ///< rows, values and what programs rely on
QList<Code> lockTexts();         ///< who waits, and for how long
QList<Code> failTexts();         ///< what the rows of now may refuse
QList<Code> transactionTexts();  ///< what cannot come or go as a whole

}  // namespace dewpoint::lint
