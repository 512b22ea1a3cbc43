// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/rehearse_work.h"

#include "base/words.h"
#include "kit/time_text.h"

namespace dewpoint::migrate {

namespace {

DownNote noteOf(const rehearse::Stamp& stamp)
{
    using rehearse::Verdict;
    DownNote note{.more = Words::tr("%1 (rehearsed %2)").arg(stamp.title(), kit::momentText(stamp.at))};
    switch (stamp.verdict) {
    case Verdict::ComesBack:
        note.text = stamp.parked ? Words::tr("comes back, parked") : Words::tr("comes back");
        break;
    case Verdict::LosesValues:
        note.tone = DownNote::Tone::Warning;
        note.text = Words::tr("loses values");
        break;
    case Verdict::Differs:
        note.tone = DownNote::Tone::Bad;
        note.text = Words::tr("does not restore");
        break;
    case Verdict::NoDown:
        note.tone = DownNote::Tone::Warning;
        note.text = Words::tr("no");
        break;
    case Verdict::DownFails:
        note.tone = DownNote::Tone::Bad;
        note.text = Words::tr("fails");
        break;
    case Verdict::Fails:
        note.tone = DownNote::Tone::Bad;
        note.text = Words::tr("its up fails");
        break;
    case Verdict::UpOnly: note.text = Words::tr("not rehearsed"); break;
    }
    return note;
}

}  // namespace

DownNotes readNotes(const drivers::Target& live, const apply::Status& status)
{
    QList<project::Migration> migrations;
    for (const apply::MigrationState& state : status.migrations)
        migrations << state.migration;
    return notesOf(rehearse::stampsOf(live, status.project, migrations),
                   rehearse::knownDowns(status.project, status.engine));
}

DownNotes notesOf(const QHash<QString, rehearse::Stamp>& stamps, const rehearse::DownResults& downs)
{
    DownNotes notes;
    for (auto down = downs.constBegin(); down != downs.constEnd(); ++down) {
        notes.insert(
            down.key(),
            down->restores
                ? DownNote{.text = Words::tr("restores"),
                           .more = Words::tr("The down restores the structure; tried without rows."),
                           .withoutRows = true}
                : DownNote{.tone = DownNote::Tone::Bad,
                           .text = Words::tr("does not restore"),
                           .more =
                               Words::tr("The down does not restore what was there: %1").arg(down->text)});
    }
    for (auto stamp = stamps.constBegin(); stamp != stamps.constEnd(); ++stamp)
        notes.insert(stamp.key(), noteOf(*stamp));
    return notes;
}

}  // namespace dewpoint::migrate
