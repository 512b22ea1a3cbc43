// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <functional>

class QObject;

namespace dewpoint::kit {

/// Puts the text of values that take so many bytes on the clipboard: at once, or where that would stop the
/// window, when it was made aside. `then` is called when it is there; neither happens if `context` goes before
/// or something else was copied meanwhile.
void copyLater(QObject* context, qint64 bytes, const std::function<QString()>& make,
               const std::function<void()>& then = {});

}  // namespace dewpoint::kit
