// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/plan.h"
#include "session/send.h"

#include <functional>

namespace dewpoint::apply {

/// A step that is done and stands in the database.
struct Done {
    Step step;
    qint64 microseconds = 0;  ///< -1: not known, several were one call of the project's command
    bool byOthers = false;    ///< another program did it in between; nothing was run here
};

/// Where and why it stopped, and what stands.
struct Failure {
    Error error;  ///< error.position counts in the script's text
    Step step;
    QString file;        ///< the script
    int line = 0;        ///< 1-based; 0 when the engine tells no place
    int column = 0;      ///< 1-based, in characters
    int scriptLine = 0;  ///< the same line, counted in what that direction sends
    QString statement;   ///< the failing statement's text; empty when unknown
    QString standing;    ///< sentences for a person: what was and what was not committed

    QString oneLine() const;  ///< file:line:column, message, statement and standing, for a terminal
};

struct Report {
    QList<Done> done;                       ///< committed, in order
    std::optional<Failure> failure;         ///< also when a statement was interrupted (ErrorKind::Cancelled)
    bool stopped = false;                   ///< given up between two migrations; nothing is half done
    QStringList sideFiles;                  ///< rewritten because the schema changed
    std::optional<Error> sideFilesProblem;  ///< why they could not be; the migrations stand all the same
};

struct Progress {
    enum class Phase { Started, Finished };
    Phase phase = Phase::Started;
    Step step;
    int index = 0;  ///< 0-based
    int total = 0;
    qint64 microseconds = 0;  ///< when finished
    bool byOthers = false;    ///< when finished: as Done::byOthers
};

/// What somebody agreed to: the steps, and a digest of what their scripts said.
struct Agreed {
    QList<Step> steps;
    QByteArray digest;
};

/// The agreement to these steps as their files are now.
Result<Agreed> agreementTo(const project::Project& project, const QList<Step>& steps);

/// Who goes along with each step. Not called where the project's own program runs.
struct Escort {
    /// Inside the step's transaction, where it has one: an error undoes the step.
    std::function<Result<>(const Step&)> before;
    std::function<Result<>(const Step&)> after;  ///< with the ledger's row, before the commit
    std::function<void(const Step&, const session::Sent&)> sent;  ///< each statement that ran, as it is done
};

/// Callbacks come on the calling thread (the lane's).
struct Watch {
    std::function<bool()> stopRequested;  ///< asked between migrations, never inside one
    std::function<void(const Progress&)> progress;
    std::function<void(const QStringList& lines)> output;  ///< of the project's own program
    Escort escort = {};
    bool leavesFiles = false;  ///< the tool's schema file stays as it is: what runs is only tried
};

/// Runs the action by the owning tool's rules: each script together with its ledger row in one
/// transaction unless the migration says otherwise; a redo, and a run of tools that do so, in one
/// transaction altogether unless a script commits by itself.
/// A project whose migrations are programs runs its own command; what stands is told from the ledger.
/// Where something was agreed to, nothing else runs: not another step, nor a script that changed meanwhile;
/// of its first steps, others may have been faster: Done::byOthers.
/// An Error means that nothing was begun; a failing migration comes back in Report::failure.
/// Blocking: for a lane. Interrupt the connection to stop inside a migration.
Result<Report> execute(drivers::Connection& connection, const project::Project& project, Action action,
                       const Scope& scope, const Watch& watch = {}, const std::optional<Agreed>& agreed = {});

}  // namespace dewpoint::apply
