// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QHash>
#include <QString>

#include <optional>

namespace dewpoint::project {

/// Environment variables as a project's tool would see them: a value, so that tests bring their own.
using Environment = QHash<QString, QString>;

Environment processEnvironment();

/// A .env file that was found, and what it says.
struct DotEnv {
    QString path;
    Environment values;
};

/// The nearest .env from `folder` upward, read as text (dotenvy's grammar: export, quotes, escapes,
/// $NAME); nothing is executed. A malformed file is an error, as it is for the tools themselves.
Result<std::optional<DotEnv>> findDotEnv(const QString& folder, const Environment& outer);

/// The grammar alone. `outer` answers $NAME first: existing variables win.
Result<Environment> parseDotEnv(const QString& text, const Environment& outer);

}  // namespace dewpoint::project
