// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// What a rehearsal found out, in words.
#include "base/words.h"
#include "rehearse/judge.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dewpoint::rehearse {

namespace {

constexpr std::array<std::pair<Verdict, QLatin1StringView>, 7> names{{
    {Verdict::ComesBack, QLatin1StringView("comes-back")},
    {Verdict::LosesValues, QLatin1StringView("loses-values")},
    {Verdict::Differs, QLatin1StringView("differs")},
    {Verdict::NoDown, QLatin1StringView("no-down")},
    {Verdict::DownFails, QLatin1StringView("down-fails")},
    {Verdict::Fails, QLatin1StringView("fails")},
    {Verdict::UpOnly, QLatin1StringView("up-only")},
}};

int badness(Verdict verdict)
{
    switch (verdict) {
    case Verdict::ComesBack: return 0;
    case Verdict::UpOnly: return 1;
    case Verdict::NoDown: return 2;
    case Verdict::LosesValues: return 3;
    case Verdict::Differs: return 4;
    case Verdict::DownFails: return 5;
    case Verdict::Fails: return 6;
    }
    std::unreachable();
}

QString cameBack(const Rehearsal& rehearsal)
{
    return rehearsal.isRevert()
               ? Words::tr("%1: reverted on a copy and run again, and structure and rows came back.")
               : Words::tr("%1: ran on a copy and came back, structure and rows.");
}

QString cameBackParked(const Rehearsal& rehearsal)
{
    return rehearsal.isRevert()
               ? Words::tr("%1: reverted on a copy and run again, and came back with the parked values (%2).")
               : Words::tr("%1: ran on a copy and came back with the parked values (%2).");
}

}  // namespace

QString verdictName(Verdict verdict)
{
    return std::ranges::find(names, verdict, &std::pair<Verdict, QLatin1StringView>::first)->second;
}

Verdict verdictNamed(const QString& name)
{
    const auto* found = std::ranges::find_if(names, [&](const auto& one) { return one.second == name; });
    return found == names.end() ? Verdict::UpOnly : found->first;
}

QString Lock::consequence() const
{
    if (mode == QLatin1String("AccessExclusiveLock"))
        return Words::tr("nobody else reads or writes it meanwhile");
    if (mode == QLatin1String("ExclusiveLock") || mode == QLatin1String("ShareRowExclusiveLock")
        || mode == QLatin1String("ShareLock"))
        return Words::tr("nobody else writes it meanwhile");
    if (mode == QLatin1String("ShareUpdateExclusiveLock"))
        return Words::tr("only other changes of its structure wait");
    return Words::tr("others read and write it as usual");
}

Verdict Rehearsal::verdict() const
{
    Verdict worst = withDown ? Verdict::ComesBack : Verdict::UpOnly;
    for (const Judgement& one : judgements) {
        if (badness(one.verdict) > badness(worst))
            worst = one.verdict;
    }
    return worst;
}

bool Rehearsal::isFine() const
{
    return broken.isEmpty() && verdict() == (withDown ? Verdict::ComesBack : Verdict::UpOnly);
}

QString Rehearsal::sentence() const
{
    const QString count =
        steps.size() == 1 ? steps.first().migration.folder : Words::tr("%1 migrations").arg(steps.size());
    const auto failed = [&] { return failure ? failure->step.migration.folder : QString(); };
    switch (verdict()) {
    case Verdict::ComesBack:
        return parked.isEmpty() ? cameBack(*this).arg(count)
                                : cameBackParked(*this).arg(count, park::sentence(parked));
    case Verdict::UpOnly:
        return (isRevert() ? Words::tr("%1: reverted on a copy.") : Words::tr("%1: ran on a copy."))
            .arg(count);
    case Verdict::NoDown:
        return (isRevert() ? Words::tr("%1: reverted on a copy, but not all of it could be run again: others "
                                       "are pending in front of it.")
                           : Words::tr("%1: ran on a copy, but not every migration has a way back."))
            .arg(count);
    case Verdict::LosesValues:
        return (isRevert() ? Words::tr("%1: running it again restores the structure, but reverting loses %2.")
                           : Words::tr("%1: the way back restores the structure, but loses %2."))
            .arg(count, lostOf(notBack).join(QStringLiteral(", ")));
    case Verdict::Differs: {
        const auto bad = std::ranges::find(judgements, Verdict::Differs, &Judgement::verdict);
        return (isRevert() ? Words::tr("%1, run again, does not restore what was there: %2.")
                           : Words::tr("%1 does not restore what was there: %2."))
            .arg(bad->migration.folder, change::sentence(bad->left.constFirst()));
    }
    case Verdict::DownFails: return Words::tr("The down SQL of %1 fails.").arg(failed());
    case Verdict::Fails:
        return (isRevert() ? Words::tr("%1 was reverted, and fails when it is run again.")
                           : Words::tr("%1 fails."))
            .arg(failed());
    }
    std::unreachable();
}

}  // namespace dewpoint::rehearse
