// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay_range.h"

#include "base/words.h"

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
    const qsizetype first = project::indexOf(*all, from);
    const qsizetype last = project::indexOf(*all, to);
    for (const auto& [place, version] : {std::pair(first, from), std::pair(last, to)}) {
        if (place < 0)
            return fail(ErrorKind::NotFound,
                        Words::tr("There is no migration with version %1.").arg(version));
    }
    return withSummaries(
        {.before = all->first(first), .inside = all->mid(first, std::max<qsizetype>(0, last + 1 - first))});
}

}  // namespace dewpoint::shadow
