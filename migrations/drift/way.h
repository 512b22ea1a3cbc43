// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/scripts.h"
#include "drift/find.h"
#include "lint/question.h"

/// What can be done about drift: the migrations take it over, or the database gives it up.
namespace dewpoint::drift {

enum class Way { Adopt, Undo };

/// The chosen items and those without which they cannot be taken: what a new thing needs, and what needs
/// one that goes. In the report's order.
QList<Item> together(const Report& report, const QList<Item>& chosen, Way way);

/// What it comes to in SQL, to be read; it was not tried anywhere.
Result<QByteArray> sketch(const Report& report, const QList<Item>& items, Way way);

/// The scripts of a new migration behind all that there are, so that they make these, too. Proven on a
/// scratch database, there and back.
Result<apply::Scripts> adopt(const drivers::Target& server, const project::Project& project,
                             const Report& report, const QList<Item>& items,
                             const shadow::Answers& answers = {}, const drivers::StopAsked& stop = {});

/// The way from what is there to what the migrations make, for these items: proven, and not gone yet.
struct Undoing {
    QList<plan::Question> open;  ///< not empty: there is no way until they are answered
    schema::Database from, to;
    plan::Plan plan;
    plan::Plan back;               ///< to what is there now, for a rehearsal
    QByteArray script;             ///< exactly what is sent
    QList<lint::Question> losses;  ///< counted: values and rows that are gone afterwards
};

Result<Undoing> workOutUndo(drivers::Connection& live, const Report& report, const QList<Item>& items,
                            const shadow::Answers& answers = {}, const drivers::StopAsked& stop = {});

/// In one transaction, which ends without a trace where the database is not what it was when the way was
/// worked out, or would not be what was promised. Returns the copy that was made before (SQLite).
Result<QString> undo(drivers::Connection& live, const project::Project& project, const Undoing& agreed);

}  // namespace dewpoint::drift
