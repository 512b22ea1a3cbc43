// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/code.h"

#include "base/words.h"

#include <QCryptographicHash>

namespace dewpoint::project {

namespace {

using Kind = CommandRequest::Kind;

/// The same words for every database and every run, so that only the commands themselves count.
CommandRequest example(Kind kind)
{
    return {.kind = kind,
            .count = 1,
            .version = QStringLiteral("VERSION"),
            .name = QStringLiteral("NAME"),
            .target = {.engine = Engine::Sqlite, .location = QStringLiteral("/DATABASE"), .password = {}}};
}

void add(QCryptographicHash& hash, const QString& word)
{
    hash.addData(word.toUtf8());
    hash.addData(QByteArrayView("\0", 1));
}

void add(QCryptographicHash& hash, const command::Command& command)
{
    add(hash, command.folder);
    add(hash, command.program);
    // Another program of the same name is another question.
    add(hash, command::resolved(command));
    for (const QString& word : command.arguments + command.passedOn)
        add(hash, word);
    for (const auto& [name, value] : command.environment.asKeyValueRange())
        add(hash, name + u'=' + value);
}

}  // namespace

bool runsCode(const Project& project)
{
    return formatOf(project).command.command != nullptr;
}

std::optional<Code> codeOf(const Project& project)
{
    if (!runsCode(project))
        return std::nullopt;
    Code code{.folder = project.root, .lines = {}, .hash = {}};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Kind kind : {Kind::Up, Kind::Down, Kind::Status, Kind::New}) {
        const auto command = formatOf(project).command.command(project, example(kind));
        add(hash, QString::number(static_cast<int>(kind)));
        if (!command)
            continue;
        add(hash, *command);
        code.lines << command::shown(*command);
    }
    code.lines.removeDuplicates();
    code.hash = QString::fromLatin1(hash.result().toHex());
    return code;
}

bool mayRunCode(const Project& project)
{
    const auto code = codeOf(project);
    return code && !project.agreedCode.isEmpty() && code->hash == project.agreedCode;
}

Result<> wantAgreement(const Project& project)
{
    if (mayRunCode(project))
        return {};
    const auto code = codeOf(project);
    return fail(
        ErrorKind::Permission,
        Words::tr("This project's migrations are run by its own program, and nobody has agreed to that yet: "
                  "%1 (in %2).")
            .arg(code ? code->lines.value(0) : QString(), code ? code->folder : QString()),
        Words::tr("Agree in the Migrations tab, or give --run-project-code."));
}

Result<command::Ended> runCode(const Project& project, const CommandRequest& request,
                               const command::Watch& watch)
{
    if (auto agreed = wantAgreement(project); !agreed)
        return fail(agreed.error());
    const auto command = formatOf(project).command.command(project, request);
    return command ? command::run(*command, watch) : fail(command.error());
}

Result<QString> sourceOf(const Migration& migration)
{
    return readScript(migration.path).transform([](const QByteArray& text) {
        return QString::fromUtf8(text);
    });
}

}  // namespace dewpoint::project
