// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/migration.h"
#include "timeline/provenance.h"
#include "timeline/snapshots.h"

#include <functional>
#include <optional>

/// What each migration of a project made of the schema, and where each thing of it comes from.
namespace dewpoint::timeline {

struct History {
    QList<project::Migration> migrations;  ///< in the tool's order; the n-th leads to state n
    qsizetype passedOver = 0;              ///< older ones, for which the first of these stands
    Snapshots states;                      ///< the empty database first, as far as the replay has come
    Provenance provenance{Engine::Sqlite};
    std::optional<Error> stopped;  ///< why it did not come further

    int lastStep() const { return static_cast<int>(states.size()) - 1; }
    bool isWhole() const { return states.size() == migrations.size() + 1; }
    /// "0003_orders"; empty for what no migration made.
    QString titleOf(int step) const;
    /// The same where there is little room: "orders" instead of a time of many digits before it.
    QString shortTitleOf(int step) const;
};

/// Called with all there is so far, after each step.
using Arrived = std::function<void(const History& history)>;

/// Replays the project's migrations once, on a scratch database of `server`, and looks at the catalog after
/// each. A migration that fails ends it, and so does `stop`: `stopped` says so, and what is there stays
/// right. An error where there is nothing to be replayed with. Blocking: for a lane.
Result<History> replay(const drivers::Target& server, const project::Project& project,
                       const drivers::StopAsked& stop = {}, const Arrived& arrived = {});

/// The same as long as a replay would make the same.
Result<QByteArray> contentOf(const drivers::Target& server, const project::Project& project);

}  // namespace dewpoint::timeline
