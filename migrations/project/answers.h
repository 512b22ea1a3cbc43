// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/environment.h"

#include <QList>
#include <QMap>

/// Settings that a project's files compute. Nothing of a project is executed, and nothing is guessed: a
/// person says what they are.
namespace dewpoint::project {

struct Unknown {
    QString key;   ///< "out", as the tool names it
    QString file;  ///< where it is computed
    int line = 0;  ///< 1-based; 0: the file as a whole

    QString sentence() const;
    bool operator==(const Unknown&) const = default;
};

/// What a person answered, by Unknown::key; an empty answer is the tool's default.
using Answers = QMap<QString, QString>;

/// Detection finds the answers among the variables.
Environment withAnswers(Environment environment, const Answers& answers);
std::optional<QString> answerTo(const Environment& environment, const QString& key);

/// InvalidInput while something is not known.
Result<> refuseUnknown(const QList<Unknown>& unknowns);

}  // namespace dewpoint::project
