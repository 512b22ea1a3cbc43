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

/// How a tool looks for a .env, and how it reads one.
struct DotEnvRules {
    bool upward = false;  ///< also in the folders above
    bool strict =
        false;  ///< dotenvy's grammar; else that of Node and Go: what is no NAME=value is passed over
    bool expands = true;  ///< $NAME and ${NAME} mean variables
};

/// Of the Rust tools.
constexpr DotEnvRules dotenvy{.upward = true, .strict = true};

/// A .env file that was found, and what it says.
struct DotEnv {
    QString path;
    Environment values;
};

/// The .env in `folder`, or the nearest one upward, read as text; nothing is executed. A file that
/// the tool itself would refuse is an error.
Result<std::optional<DotEnv>> findDotEnv(const QString& folder, const Environment& outer, DotEnvRules rules);

/// The grammar alone. `outer` answers $NAME first: existing variables win.
Result<Environment> parseDotEnv(const QString& text, const Environment& outer, DotEnvRules rules);

}  // namespace dewpoint::project
