// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>

#include <functional>

namespace dewpoint::kit {

/// What is to be kept of a page: taken when it is made, from values alone, and written out whenever it is
/// called, on any thread. Thousands of staged edits, or one of 100 MB, take too long for the window's.
using Later = std::function<QJsonObject()>;

}  // namespace dewpoint::kit
