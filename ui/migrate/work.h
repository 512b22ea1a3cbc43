// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/executor.h"
#include "diagram/difference.h"
#include "lint/question.h"
#include "migrate/live_output.h"
#include "migrate/schema_cards.h"
#include "park/parking.h"
#include "runtime/job.h"

#include <QObject>

#include <memory>

/// What the migrations page has done on a lane: blocking functions over values.
namespace dewpoint::shadow {
class KeptReplay;
}

namespace dewpoint::migrate {

/// Everything the right side shows of one migration.
struct Details {
    QString up, down;
    bool lacksDown = false;  ///< there is a place for down SQL, and none in it
    QString codeFile;        ///< where the migration is a program: its file, whose text is in `up`
    QList<Card> cards;
    std::shared_ptr<const diagram::States> states;  ///< for the picture; null where nothing changes
    QList<lint::Question> questions;                ///< counted while the migration is pending
    std::optional<Error> pictureError;  ///< the shadow replay failed; the scripts are there all the same
};

Result<Details> readDetails(drivers::Connection& live, const project::Project& project,
                            const apply::MigrationState& migration, shadow::KeptReplay& previews,
                            const runtime::StopToken& stop);

/// An action with what it would do, before anybody agreed to it.
struct Proposal {
    apply::Action action = apply::Action::Run;
    apply::Scope scope;
    QList<apply::Step> steps;
    QStringList passedOver;  ///< what the tool leaves out without a word
    QByteArray digest;       ///< of what their scripts say: apply::Agreed
    int statements = 0;
    QStringList idle;  ///< migrations whose down script has no statement: only their record would go
    QString command;   ///< where migrations are programs: what runs, as one would type it
    QList<lint::Question> questions;  ///< only those that are not known to be harmless
    QStringList emptied;  ///< tables and columns that a revert makes anew, without the values they had
    QList<park::Parcel> parcels;  ///< what of that can be parked, also where nothing is in it yet
    QStringList unparked;         ///< why other values of that cannot be
    QList<park::Parcel> waiting;  ///< parked earlier: it is put back
    QString unknown;              ///< why the risks could not be worked out
};

Result<Proposal> propose(drivers::Connection& live, const apply::Status& status, apply::Action action,
                         const apply::Scope& scope, const runtime::StopToken& stop);

struct RunResult {
    apply::Report report;
    park::Account account;
    QString backup;  ///< the copy made before; empty when none
};

/// Carries progress from the lane to the page.
class RunProgress final : public QObject
{
    Q_OBJECT
public:
    LiveOutput output;

Q_SIGNALS:
    void stepped(const dewpoint::apply::Progress& progress);
};

std::shared_ptr<RunProgress> makeRunProgress();

Result<RunResult> runProposal(drivers::Connection& live, const project::Project& project,
                              const Proposal& proposal, const runtime::StopToken& stop,
                              RunProgress& progress);

}  // namespace dewpoint::migrate
