// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "catalog/inspect.h"
#include "drift/item.h"
#include "plan/rename.h"
#include "schema/database.h"
#include "store/drift_memory.h"

#include <memory>
#include <optional>

/// Where a database is not what its migrations make of an empty one.
namespace dewpoint::drift {

/// What the applied migrations make. `content` is the same as long as they would make the same.
struct Made {
    QByteArray content;
    schema::Database state;
};

struct Report {
    std::shared_ptr<const Made> made;
    schema::Database there;
    QList<Item> items;
    QList<plan::Question> renames;  ///< what may be one thing with another name
    QStringList notes;              ///< why something may be listed that nobody did by hand
};

/// Replays the applied migrations on a scratch database and compares. `known`: of an earlier comparison,
/// so that what would make the same again is not replayed. The live database is only read.
Result<Report> find(drivers::Connection& live, const project::Project& project,
                    const drivers::StopAsked& stop = {}, std::shared_ptr<const Made> known = {},
                    catalog::Extent extent = catalog::Extent::Structure);

/// As a person has chosen it for this database.
catalog::Extent extentOf(const store::DriftMemory& memory);

/// What a look in the background found.
struct Glance {
    QStringList keys;                  ///< of all items
    std::shared_ptr<const Made> made;  ///< where it was replayed
};

/// Whether there is drift, for as little as can be: where neither the database nor the migrations changed
/// since the last comparison, that one's answer. Nothing where it cannot be told without asking: migrations
/// are in trouble, or are programs, or none is applied, or they had to be replayed and must not be.
Result<std::optional<Glance>> glance(drivers::Connection& live, const project::Project& project,
                                     const store::DriftMemory& memory, bool mayReplay,
                                     const drivers::StopAsked& stop = {},
                                     const std::shared_ptr<const Made>& known = {});

/// For the next glance.
Result<> remember(const Report& report, const store::DriftMemory& memory);

}  // namespace dewpoint::drift
