// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/time_work.h"

#include "base/words.h"
#include "project/for_database.h"
#include "render/line_diff.h"
#include "render/sql.h"
#include "theme/measures.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QString titlesOf(const apply::Status& status, apply::State state)
{
    QStringList titles;
    for (const apply::MigrationState& each : status.migrations) {
        if (each.state == state)
            titles << (each.migration.folder.isEmpty() ? each.migration.version : each.migration.folder);
    }
    return titles.join(u", "_s);
}

SharedTime shared(const TimeReport& known, const timeline::History& history)
{
    TimeReport report{.status = known.status, .content = known.content, .history = history};
    return std::make_shared<const TimeReport>(std::move(report));
}

}  // namespace

const apply::MigrationState* TimeReport::stateOf(int step) const
{
    if (step < 1 || step > history.migrations.size())
        return nullptr;
    const QString& version = history.migrations.at(step - 1).version;
    const auto found = std::ranges::find(
        status.migrations, version, [](const apply::MigrationState& each) { return each.migration.version; });
    return found == status.migrations.end() ? nullptr : &*found;
}

QStringList TimeReport::notes() const
{
    QStringList notes;
    if (const QString gone = titlesOf(status, apply::State::Missing); !gone.isEmpty())
        notes << Words::tr("Applied, but the file is gone, so what it made is not shown: %1.").arg(gone);
    if (const QString edited = titlesOf(status, apply::State::Modified); !edited.isEmpty())
        notes << Words::tr("Edited since it ran: what is shown is what the file says now: %1.").arg(edited);
    if (history.passedOver > 0)
        notes << Words::tr("%1 stands for the migrations before it, so the history begins there.")
                     .arg(history.titleOf(1));
    return notes;
}

std::shared_ptr<TimeProgress> makeTimeProgress()
{
    return {new TimeProgress, [](TimeProgress* progress) { progress->deleteLater(); }};
}

Result<SharedTime> readTime(drivers::Connection& live, const project::Project& project,
                            const SharedTime& known, const runtime::StopToken& stop, TimeProgress& progress)
{
    const project::Project there = project::forDatabase(project, live.target());
    auto status = apply::status(live, there);
    if (!status)
        return fail(status.error());
    auto content = timeline::contentOf(live.target(), there);
    if (!content)
        return fail(content.error());
    TimeReport report{.status = *std::move(status), .content = *std::move(content), .history = {}};
    if (known && known->content == report.content && known->history.isWhole())
        return shared(report, known->history);
    QElapsedTimer told;
    const auto arrived = [&](const timeline::History& history) {
        if (told.isValid() && told.elapsed() < theme::time::progress)
            return;
        told.start();
        Q_EMIT progress.arrived(shared(report, history));
    };
    auto history = timeline::replay(live.target(), there, [stop] { return stop.stopRequested(); }, arrived);
    if (!history)
        return fail(history.error());
    return shared(report, *history);
}

std::shared_ptr<const diagram::Ground> groundOf(const SharedTime& report,
                                                const diagram::LayoutOptions& options)
{
    auto ground = std::make_shared<diagram::Ground>();
    schema::Database before = report->history.states.at(0);
    for (int step = 0; step <= report->history.lastStep(); ++step) {
        schema::Database after = report->history.states.at(step);
        ground->add(diagram::collectDifference(before, after, options, diagram::Extent::Whole));
        before = std::move(after);
    }
    ground->arrange(options);
    return ground;
}

TimePicture pictureOf(const SharedTime& report, const TimeSpan& span,
                      const std::shared_ptr<const diagram::Ground>& ground,
                      const diagram::LayoutOptions& options)
{
    const auto states = std::make_shared<const diagram::States>(diagram::States{
        .before = report->history.states.at(span.from), .after = report->history.states.at(span.to)});
    TimePicture picture{.states = states, .layout = {}, .cards = cardsOf(states->before, states->after)};
    if (ground)
        picture.layout = ground->placed(
            diagram::collectDifference(states->before, states->after, options, diagram::Extent::Whole),
            options);
    const auto lines = [](const schema::Database& database) { return render::sql(database).split(u'\n'); };
    if (!picture.cards.isEmpty())
        picture.textDiff =
            render::diffText(render::folded(render::lineDiff(lines(states->before), lines(states->after))));
    return picture;
}

}  // namespace dewpoint::migrate
