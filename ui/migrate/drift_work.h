// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drift/way.h"
#include "runtime/job.h"

#include <memory>

/// What the drift page has done on a lane: blocking functions over values.
namespace dewpoint::migrate {

using SharedReport = std::shared_ptr<const drift::Report>;

/// Compares, and remembers the answer for the next look in the background.
Result<SharedReport> findDrift(drivers::Connection& live, const project::Project& project,
                               const store::DriftMemory& memory, const runtime::StopToken& stop,
                               const std::shared_ptr<const drift::Made>& known);

/// What is to be read of some items before anybody decides.
struct DriftDetails {
    QString text;   ///< the items, what comes along with each way, what may have been renamed
    QString adopt;  ///< SQL, or a comment that says why there is none
    QString undo;
};

Result<DriftDetails> driftDetails(const drift::Report& report, const QList<drift::Item>& items);

/// What is asked before a database is changed: what happens, and what is lost.
QString undoConsequences(const drift::Undoing& undoing, Engine engine);

}  // namespace dewpoint::migrate
