// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/rehearsal.h"

#include <QDateTime>
#include <QHash>

/// What earlier rehearsals found out, kept on this machine: by database, and by what a migration's files
/// say, so that an edited migration has none.
namespace dewpoint::rehearse {

struct Stamp {
    Verdict verdict = Verdict::UpOnly;
    QString text;  ///< what does not come back: "312 values of users.phone"
    bool parked = false;
    QDateTime at;  ///< UTC

    QString title() const;  ///< "rehearsed, comes back"
    bool operator==(const Stamp&) const = default;
};

/// Of migrations that were run; a rehearsed revert leaves none.
Result<> keepStamps(const drivers::Target& live, const project::Project& project, const Rehearsal& rehearsal);

/// By version.
QHash<QString, Stamp> stampsOf(const drivers::Target& live, const project::Project& project,
                               const QList<project::Migration>& migrations);

/// Whether a run on this database wants every migration rehearsed before, in the window and in the shell. An
/// error where what was kept of it cannot be read: then nobody knows, until demand() says it anew.
Result<bool> isDemanded(const drivers::Target& live);
Result<> demand(const drivers::Target& live, bool wanted);

/// An error that names what has not been rehearsed, or failed there, where it is demanded.
Result<> wantRehearsed(const drivers::Target& live, const project::Project& project,
                       const QList<apply::Step>& steps);

/// A migration's both directions as its files are now.
QByteArray contentOf(const project::Project& project, const project::Migration& migration);

}  // namespace dewpoint::rehearse
