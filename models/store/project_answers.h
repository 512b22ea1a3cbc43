// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QMap>
#include <QString>

namespace dewpoint::store {

/// What a person said of settings that a project's configuration computes, by the tool's names for them.
QMap<QString, QString> projectAnswers(const QString& folder);

/// In addition to what was said before.
Result<> rememberProjectAnswers(const QString& folder, const QMap<QString, QString>& answers);
Result<> forgetProjectAnswers(const QString& folder);

}  // namespace dewpoint::store
