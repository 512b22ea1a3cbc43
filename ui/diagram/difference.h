// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/layout.h"

namespace dewpoint::diagram {

/// A schema before and after.
struct States {
    schema::Database before, after;
};

enum class Extent {
    Differing,  ///< the tables and views that differ, and the keys of what these are related to
    Whole,      ///< all tables and views
};

/// A schema in which what comes, goes and changes is marked. Sized but not placed. A pure function.
Layout collectDifference(const schema::Database& before, const schema::Database& after,
                         const LayoutOptions& options, Extent extent = Extent::Differing);

/// What differs, placed. It may take seconds for hundreds of tables and runs on any thread.
Layout layoutDifference(const schema::Database& before, const schema::Database& after,
                        const LayoutOptions& options);

/// The drawing in words, for a screen reader: "~ table users: + column phone, …".
QString differenceText(const Layout& layout);

}  // namespace dewpoint::diagram
