// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/layout.h"

#include <QHash>

#include <map>
#include <utility>

namespace dewpoint::diagram {

/// Where the tables of several states of one schema stand, so that nothing moves from one to the next: each
/// has a place of its own from the first to the last, as large as it ever is.
class Ground final
{
public:
    /// Makes room for all that is drawn of this state. Before arrange().
    void add(const Layout& collected);
    /// It may take seconds and runs on any thread.
    void arrange(const LayoutOptions& options);

    /// What was collected at its places. What has outgrown them, so that cards would overlap, is arranged anew.
    Layout placed(Layout collected, const LayoutOptions& options) const;

private:
    static QString keyOf(const Card& card);

    QHash<QString, int> m_places;  ///< of the cards
    std::map<std::pair<int, int>, Relation> m_relations;
    Layout m_layout;
};

}  // namespace dewpoint::diagram
