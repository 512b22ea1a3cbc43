// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay_range.h"

#include <algorithm>
#include <functional>

namespace dewpoint::shadow {

namespace {

/// In the middle of the range a summary is passed over, as the tool does then.
Range withSummaries(Range range)
{
    if (range.inside.first().summary)
        range.before.clear();
    beginAtSummary(range.before);
    const auto rest = std::ranges::remove_if(range.inside.begin() + 1, range.inside.end(), std::identity{},
                                             &project::Migration::summary);
    range.inside.erase(rest.begin(), rest.end());
    return range;
}

}  // namespace

void beginAtSummary(QList<project::Migration>& migrations)
{
    const auto newest = std::ranges::find_last_if(migrations, &project::Migration::summary);
    if (!newest.empty())
        migrations.erase(migrations.begin(), newest.begin());
}

Result<Range> findRange(const project::Project& project, const QString& from, const QString& to)
{
    const auto all = project::list(project);
    if (!all)
        return fail(all.error());
    const auto first = project::indexOf(*all, from);
    if (!first)
        return fail(first.error());
    const auto last = project::indexOf(*all, to);
    if (!last)
        return fail(last.error());
    return withSummaries({.before = all->first(*first),
                          .inside = all->mid(*first, std::max<qsizetype>(0, *last + 1 - *first))});
}

}  // namespace dewpoint::shadow
