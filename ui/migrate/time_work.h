// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "diagram/difference.h"
#include "diagram/ground.h"
#include "migrate/schema_cards.h"
#include "runtime/job.h"
#include "timeline/history.h"

#include <QObject>

#include <memory>

/// What the time machine has done in the background: blocking functions over values.
namespace dewpoint::migrate {

/// The history with what stands of it in the database.
struct TimeReport {
    apply::Status status;
    QByteArray content;  ///< of the scripts
    timeline::History history;

    /// The state of the migration that leads to this step.
    const apply::MigrationState* stateOf(int step) const;
    QStringList notes() const;  ///< what the history does not show as it was
};

using SharedTime = std::shared_ptr<const TimeReport>;

/// Carries what has been replayed so far from the lane to the page.
class TimeProgress final : public QObject
{
    Q_OBJECT
Q_SIGNALS:
    void arrived(const std::shared_ptr<const dewpoint::migrate::TimeReport>& report);
};

std::shared_ptr<TimeProgress> makeTimeProgress();

/// Replays the project, unless `known` is of the same scripts and whole. The database itself is only read.
Result<SharedTime> readTime(drivers::Connection& live, const project::Project& project,
                            const SharedTime& known, const runtime::StopToken& stop, TimeProgress& progress);

/// What is compared: the state after `from` with that after `to`.
struct TimeSpan {
    int from = 0;
    int to = 0;
    bool operator==(const TimeSpan&) const = default;
};

/// Room for all tables that there ever were. It may take seconds; a pure function.
std::shared_ptr<const diagram::Ground> groundOf(const SharedTime& report,
                                                const diagram::LayoutOptions& options);

/// All that is shown of a span; without `ground` there is no drawing yet. A pure function.
struct TimePicture {
    std::shared_ptr<const diagram::States> states;
    diagram::Layout layout;
    QList<Card> cards;
    QString textDiff;  ///< of the whole schema as SQL, equal runs folded
};

TimePicture pictureOf(const SharedTime& report, const TimeSpan& span,
                      const std::shared_ptr<const diagram::Ground>& ground,
                      const diagram::LayoutOptions& options);

}  // namespace dewpoint::migrate
