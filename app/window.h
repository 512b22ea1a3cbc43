// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

class QApplication;

namespace dewpoint {

/// `dewpoint [demo | DATABASE | FOLDER] [--screenshot FILE] …`: the window until it is closed.
int runWindow(QApplication& application);

}  // namespace dewpoint
