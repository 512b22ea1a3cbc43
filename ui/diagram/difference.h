// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/layout.h"

namespace dewpoint::diagram {

/// A schema before and after.
struct States {
    schema::Database before, after;
};

/// The tables and views that differ, with what they refer to and what refers to them: what comes, goes and
/// changes is marked, and of the neighbours only the keys are drawn. Sized but not placed. A pure function.
Layout collectDifference(const schema::Database& before, const schema::Database& after,
                         const LayoutOptions& options);

/// The same, placed. It may take seconds for hundreds of tables and runs on any thread.
Layout layoutDifference(const schema::Database& before, const schema::Database& after,
                        const LayoutOptions& options);

/// The drawing in words, for a screen reader: "~ table users: + column phone, …".
QString differenceText(const Layout& layout);

}  // namespace dewpoint::diagram
