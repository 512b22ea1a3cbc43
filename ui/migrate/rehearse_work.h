// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/downs.h"
#include "rehearse/stamps.h"

/// What the migrations list says of ways back.
namespace dewpoint::migrate {

/// What the list says of a migration's way back.
struct DownNote {
    enum class Tone { Good, Warning, Bad };
    Tone tone = Tone::Good;
    QString text;              ///< "comes back"
    QString more;              ///< the tool tip: what is lost, and when it was rehearsed
    bool withoutRows = false;  ///< nothing is known of values
    bool operator==(const DownNote&) const = default;
};

using DownNotes = QHash<QString, DownNote>;  ///< by version

/// As they are kept on this machine. Reads every script: for a lane.
DownNotes readNotes(const drivers::Target& live, const apply::Status& status);

DownNotes notesOf(const QHash<QString, rehearse::Stamp>& stamps, const rehearse::DownResults& downs);

}  // namespace dewpoint::migrate
