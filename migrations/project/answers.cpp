// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/answers.h"

#include "base/words.h"

namespace dewpoint::project {

namespace {

/// No variable's name: it has a "=".
QString variableOf(const QString& key)
{
    return QStringLiteral("=") + key;
}

}  // namespace

QString Unknown::sentence() const
{
    return line > 0 ? Words::tr("%1, line %2: the value of %3 is code, which Dewpoint does not run.")
                          .arg(file, QString::number(line), key)
                    : Words::tr("%1 is code that Dewpoint does not run, so the value of %2 is not known.")
                          .arg(file, key);
}

Environment withAnswers(Environment environment, const Answers& answers)
{
    for (const auto& [key, value] : answers.asKeyValueRange())
        environment.insert(variableOf(key), value);
    return environment;
}

std::optional<QString> answerTo(const Environment& environment, const QString& key)
{
    const auto found = environment.constFind(variableOf(key));
    return found == environment.constEnd() ? std::nullopt : std::optional(*found);
}

Result<> refuseUnknown(const QList<Unknown>& unknowns)
{
    if (unknowns.isEmpty())
        return {};
    QStringList sentences;
    QStringList options;
    for (const Unknown& unknown : unknowns) {
        sentences << unknown.sentence();
        options << QStringLiteral("--set %1=VALUE").arg(unknown.key);
    }
    return fail(
        ErrorKind::InvalidInput, sentences.join(u' '),
        Words::tr("Say what it is: %1. An empty value is the tool's default.").arg(options.join(u' ')));
}

}  // namespace dewpoint::project
