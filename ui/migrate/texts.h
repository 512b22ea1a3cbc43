// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "migrate/work.h"
#include "project/code.h"

/// The sentences of the migrations page: pure functions, so that tests can read them.
namespace dewpoint::migrate::texts {

QString question(const Proposal& proposal);      ///< "Revert 2 migrations?"
QString consequences(const Proposal& proposal);  ///< which ones, how many statements, what is lost
QString parkChoice(const Proposal& proposal);    ///< empty where nothing can be parked
QString acceptTitle(const Proposal& proposal);
bool isDestructive(const Proposal& proposal);  ///< whether to ask at all

QString codeQuestion();
QString codeConsequences(const project::Code& code);  ///< the exact commands and where they run

QString successTitle(const Proposal& proposal, const RunResult& result);
QString successDetail(const RunResult& result);
QString failureTitle(const apply::Failure& failure);
QString failureDetail(const apply::Failure& failure, const RunResult& result);

}  // namespace dewpoint::migrate::texts
