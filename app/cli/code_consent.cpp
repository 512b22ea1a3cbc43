// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/code_consent.h"

#include "base/words.h"
#include "project/code.h"
#include "store/agreements.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dewpoint::cli {

void addCodeOption(QCommandLineParser& parser)
{
    parser.addOption(
        {QStringLiteral("run-project-code"),
         Words::tr("Where migrations are programs: let the project's own command run, this time.")});
}

void takeAgreement(const QCommandLineParser& parser, project::Project& project)
{
    const auto code = project::codeOf(project);
    if (!code)
        return;
    project.agreedCode =
        parser.isSet(QStringLiteral("run-project-code")) ? code->hash : store::agreedCode(code->folder);
}

Result<> wantAgreement(const QCommandLineParser& parser, project::Project& project, Console& console)
{
    if (!project::runsCode(project) || project::mayRunCode(project))
        return {};
    const auto code = project::codeOf(project);
    if (!code || parser.isSet(QStringLiteral("yes")))
        return project::wantAgreement(project);
    const QString question =
        Words::tr("This project's migrations are programs. In %1 these commands would run:").arg(code->folder)
        + QStringLiteral("\n  ") + code->lines.join(QStringLiteral("\n  ")) + u'\n'
        + Words::tr("Let this project's code run on your machine, now and later?");
    if (!console.confirm(question).value_or(false))
        return project::wantAgreement(project);
    project.agreedCode = code->hash;
    return store::rememberAgreement(code->folder, code->hash);
}

int showCode(const QCommandLineParser& parser, const project::Project& project, Console& console)
{
    const auto code = project::codeOf(project);
    if (!code)
        return console.fail({.message = Words::tr("This project's migrations are SQL: no code of it runs.")},
                            No);
    bool agreed = store::agreedCode(code->folder) == code->hash;
    if (parser.isSet(QStringLiteral("agree")) || parser.isSet(QStringLiteral("revoke"))) {
        agreed = parser.isSet(QStringLiteral("agree"));
        const auto kept = agreed ? store::rememberAgreement(code->folder, code->hash)
                                 : store::revokeAgreement(code->folder);
        if (!kept)
            return console.fail(kept.error());
    }
    if (parser.isSet(QStringLiteral("json"))) {
        console.write(QJsonDocument({{QStringLiteral("folder"), code->folder},
                                     {QStringLiteral("commands"), QJsonArray::fromStringList(code->lines)},
                                     {QStringLiteral("agreed"), agreed}})
                          .toJson(QJsonDocument::Indented));
    } else {
        console.line(code->folder);
        for (const QString& line : code->lines)
            console.line(QStringLiteral("  ") + line);
        console.line(agreed ? Words::tr("You have agreed to these commands.")
                            : Words::tr("You have not agreed to these commands: nothing of it runs."));
    }
    return agreed || parser.isSet(QStringLiteral("revoke")) ? Fine : No;
}

}  // namespace dewpoint::cli
