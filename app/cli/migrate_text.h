// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "apply/executor.h"

#include <QJsonObject>

namespace dewpoint::cli {

/// The answers of `dewpoint migrate`, for people and (stable) as JSON.
QJsonObject statusJson(const apply::Status& status);
QString statusText(const apply::Status& status);

QJsonObject planJson(const QList<apply::Step>& steps);
QJsonObject reportJson(const apply::Report& report, const QString& backup);

/// A path as one would type it here: relative where it is below the working folder.
QString shownPath(const QString& path);

/// "Ran 2025-…_create_users (1.234 ms)"; without the time where it is not known (-1), and who did it where
/// that was another program.
QString doneText(const apply::Done& done);

}  // namespace dewpoint::cli
