// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/plan.h"
#include "lint/question.h"

namespace dewpoint::apply {

/// Counts on the live database, which only reads; what is not there (yet) stays uncounted, and says why.
void countRows(drivers::Connection& live, QList<lint::Question>& questions,
               const drivers::StopAsked& stop = {});

/// What these steps' up scripts ask of the rows of the live database, counted: the change of the schema is
/// worked out on a scratch database. Nothing is written.
Result<QList<lint::Question>> preflight(drivers::Connection& live, const project::Project& project,
                                        const QList<Step>& steps, const drivers::StopAsked& stop = {});

/// The same of a change that is known already.
QList<lint::Question> preflight(drivers::Connection& live, const project::Project& given,
                                const QList<project::Migration>& migrations, const schema::Database& before,
                                const schema::Database& after, const drivers::StopAsked& stop = {});

/// What these migrations' scripts of that direction only call otherwise, for lint::questionsOf().
QList<lint::ColumnRename> renamesIn(const project::Project& given,
                                    const QList<project::Migration>& migrations, Direction direction,
                                    const schema::Database& before);

}  // namespace dewpoint::apply
