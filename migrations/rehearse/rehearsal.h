// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/draft.h"
#include "change/change.h"
#include "park/parking.h"
#include "rehearse/broken_sql.h"
#include "rehearse/table_rows.h"

namespace dewpoint::rehearse {

/// What a rehearsal found out about one migration, the best first.
enum class Verdict {
    ComesBack,    ///< the way back brought catalog and rows back
    LosesValues,  ///< the catalog came back, some rows did not
    Differs,      ///< the catalog did not come back as it was
    NoDown,       ///< nothing takes it back; of a revert: it is not run again
    DownFails,    ///< also where a revert is rehearsed, which begins with it
    Fails,        ///< its up fails
    UpOnly,       ///< nobody asked for the way back
};

QString verdictName(Verdict verdict);  ///< "comes-back": what JSON and files use
Verdict verdictNamed(const QString& name);

/// A lock on something that was there before, from when it was taken until the end of the step.
struct Lock {
    QString relation;
    QString mode;  ///< "AccessExclusiveLock"

    QString consequence() const;  ///< "nobody else reads or writes it meanwhile"
    bool operator==(const Lock&) const = default;
};

struct StatementRun {
    session::Sent sent;
    QList<Lock> locks;  ///< that it was the first to take
};

/// One script as it ran on the copy.
struct StepRun {
    apply::Step step;
    qint64 microseconds = 0;
    QList<StatementRun> statements;
};

/// One migration's way there and back: up and down, or down and up where a revert is rehearsed.
struct Judgement {
    project::Migration migration;
    Verdict verdict = Verdict::UpOnly;
    QList<change::Change> changes;  ///< what the way there did to the catalog
    QList<change::Change> left;     ///< what would have to be done after the way back
    QStringList lost;               ///< "312 values of users.phone"
};

struct Options {
    apply::Action action = apply::Action::Run;  ///< or Revert
    apply::Scope scope;
    bool withDown = true;  ///< the way back as well
    bool parks = false;    ///< parks what would be lost, as the run would
    QString shadow;        ///< PostgreSQL: the server for the copies
    qsizetype shownRows = 50;
    QList<store::KeptSql> kept;  ///< tried before and after the way there
};

/// Where it is; comes on the calling thread.
struct Stage {
    QString text;
    int index = 0;  ///< of `total`; 0 of 0: nobody knows how long
    int total = 0;
};

struct Watch {
    drivers::StopAsked stop;
    std::function<void(const Stage&)> stage;
};

struct Rehearsal {
    QList<apply::Step> steps;  ///< the way there
    apply::Direction there = apply::Direction::Up;
    QList<StepRun> runs;  ///< there, then back, as far as they came
    std::optional<apply::Failure> failure;
    schema::Database before, after;
    QList<TableRows> rows;        ///< what the way there did
    QList<TableRows> notBack;     ///< what is not as before after the way back
    QList<Judgement> judgements;  ///< in the order of running
    QStringList broken;           ///< views that can no longer be read
    QList<BrokenSql> brokenSql;   ///< no fault of the migrations, and so without a part in the verdict
    QList<park::Parcel> parked;
    QList<park::PutBack> putBack;
    QString checksumBefore, checksumAfter;  ///< of the live database
    bool withDown = true;

    bool liveIsUntouched() const { return checksumBefore == checksumAfter; }
    bool isRevert() const { return there == apply::Direction::Down; }
    bool failedBack() const { return failure && failure->step.direction != there; }
    Verdict verdict() const;   ///< the worst of all
    bool isFine() const;       ///< everything that was asked for came back
    QString sentence() const;  ///< the verdict for a person
};

/// Runs what is pending, or reverts what is applied, on a copy of the live database through the executor of
/// a real run, then takes that back, and compares each time. The live database is only read: its checksum before and after is in the answer.
/// An Error means that nothing could be rehearsed. Blocking: for a lane of its own.
Result<Rehearsal> rehearse(drivers::Connection& live, const project::Project& project, const Options& options,
                           const Watch& watch = {});

/// The same with a change that is no migration yet, on what is there now: neither Options::action and scope
/// nor what is pending has a part in it, and nothing is parked. `project` is whose ledger is left out.
Result<Rehearsal> rehearse(drivers::Connection& live, const apply::Draft& draft,
                           const std::optional<project::Project>& project, const Options& options,
                           const Watch& watch = {});

}  // namespace dewpoint::rehearse
