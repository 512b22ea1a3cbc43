// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

/// Distances and durations that only one part of the window needs; the common ones are in theme.h.
namespace dewpoint::theme {

namespace space {
inline constexpr int areaWidth = 460, areaHeight = 196;  ///< of the editor of long texts
inline constexpr int editorWidth = 120;                  ///< the least of a cell's editor
inline constexpr int pickerWidth = 380, pickerHeight = 280;
inline constexpr int jsonLeast = 280;  ///< of the tree, where the text stands beside it
inline constexpr int formWidth = 640;  ///< of a page that asks for a few things
}  // namespace space

namespace time {
inline constexpr int remark = 2500, remarkLetter = 40;  ///< how long a passing remark stands, and per letter
inline constexpr int searchDelay = 150;
inline constexpr int peekDelay = 450;  ///< the mouse rests on a cell
inline constexpr int progress = 100;   ///< between two looks at how far a transfer is
inline constexpr int tick = 1000;      ///< between two steps of a clock that a person watches
inline constexpr int saveLeast = 20;
}  // namespace time

}  // namespace dewpoint::theme
