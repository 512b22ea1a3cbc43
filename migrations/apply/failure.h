// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "apply/executor.h"
#include "apply/step_runner.h"

namespace dewpoint::apply {

/// A step's failure in words: the place in its file, and what stands in the database.
Failure describe(const StepFailure& failure, const Step& step, const QList<Done>& done, Engine engine);

/// The same for a run that is one transaction altogether.
Failure describeTogether(const StepFailure& failure, const Step& step, Engine engine);

}  // namespace dewpoint::apply
