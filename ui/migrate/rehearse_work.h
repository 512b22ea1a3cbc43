// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/downs.h"
#include "rehearse/stamps.h"
#include "runtime/job.h"

#include <QObject>

#include <memory>

/// What the migrations page has rehearsed on a lane.
namespace dewpoint::migrate {

/// Carries the stages from the lane to the page.
class RehearsalProgress final : public QObject
{
    Q_OBJECT
public:
    static std::shared_ptr<RehearsalProgress> make();

Q_SIGNALS:
    void staged(const QString& text, int index, int total);
};

using SharedRehearsal = std::shared_ptr<const rehearse::Rehearsal>;

/// The result is stamped on its migrations.
Result<SharedRehearsal> rehearse(drivers::Connection& live, const project::Project& project,
                                 const rehearse::Options& options, const runtime::StopToken& stop,
                                 RehearsalProgress& progress);

/// What the list says of a migration's way back.
struct DownNote {
    enum class Tone { Good, Warning, Bad };
    Tone tone = Tone::Good;
    QString text;  ///< "comes back"
    QString more;  ///< the tool tip: what is lost, and when it was rehearsed
    bool operator==(const DownNote&) const = default;
};

using DownNotes = QHash<QString, DownNote>;  ///< by version

/// As they are kept on this machine. Reads every script: for a lane.
DownNotes readNotes(const drivers::Target& live, const apply::Status& status);

DownNotes notesOf(const QHash<QString, rehearse::Stamp>& stamps, const rehearse::DownResults& downs);

}  // namespace dewpoint::migrate
