// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "runtime/own_session.h"
#include "shadow/kept_replay.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::migrate {

class MigrationList;
class MigrationPreview;
class RepairPanel;

/// What the parts of the migrations page share: the project and what stands in its ledger, the places where
/// things are shown and asked, and the one work that may be going on. The page owns all of it.
struct Desk {
    runtime::Session& session;
    /// Replays take their time, and browsing goes on: previews on its read lane, what was asked for on the other.
    runtime::OwnSession slow{session};
    std::shared_ptr<shadow::KeptReplay> previews = {};  ///< made and used on that read lane
    std::optional<project::Project> project = {};
    std::optional<apply::Status> status = {};

    MigrationList* list = nullptr;
    MigrationPreview* preview = nullptr;
    kit::AskBar* ask = nullptr;
    RepairPanel* confirm = nullptr;  ///< asks with the SQL, or the change of a file, in full

    runtime::Job work = {};  ///< what Cancel stops
    bool busy = false;
    bool changing = false;  ///< the database, and not only reading it

    std::function<void(const QString& text)> begin = {};  ///< busy, with this said beside the progress
    std::function<void()> end = {};
    std::function<void()> reload = {};  ///< the status, once the page is not busy
    /// True when the project's own code may run; else asks, and goes on with `next` after a yes.
    std::function<bool(std::function<void()> next)> wantCode = {};

    QString selectedVersion() const;  ///< empty where none is selected
    void tell(const Error& error) const;
    bool canChangeLedger() const;
};

}  // namespace dewpoint::migrate
