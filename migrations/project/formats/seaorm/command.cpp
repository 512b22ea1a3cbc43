// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "drivers/target_url.h"
#include "project/formats/seaorm/seaorm.h"

#include <QDir>
#include <QStandardPaths>
#include <QUrl>

namespace dewpoint::project::seaorm {

namespace {

using command::Command;
using Kind = CommandRequest::Kind;

constexpr QLatin1StringView wrapper("sea-orm-cli");

bool hasWrapper()
{
    return !QStandardPaths::findExecutable(wrapper).isEmpty();
}

/// sea-orm-cli finds the crate and starts cargo; without it the crate's own main() does the same.
Command base(const Project& project, bool insideCrate)
{
    const QString crate = QDir(project.root).relativeFilePath(project.directory);
    Command command{.folder = project.root, .password = {}, .install = {}};
    if (hasWrapper()) {
        command.program = wrapper;
        command.arguments = {QStringLiteral("migrate"), QStringLiteral("-d"), crate};
    } else {
        command.program = QStringLiteral("cargo");
        command.arguments = {QStringLiteral("run")};
        if (insideCrate)
            command.folder = project.directory;
        else
            command.arguments += {QStringLiteral("--manifest-path"), crate + QStringLiteral("/Cargo.toml")};
        command.arguments << QStringLiteral("--");
    }
    command.install =
        Words::tr("Install Rust (cargo, from rustup.rs or the system's packages), or sea-orm-cli with "
                  "“cargo install sea-orm-cli”.");
    return command;
}

QStringList schemaWords(const Project& project)
{
    const QString schema = project.settings.value(schemaSetting);
    return schema.isEmpty() ? QStringList() : QStringList{QStringLiteral("-s"), schema};
}

Result<Command> command(const Project& project, const CommandRequest& request)
{
    if (request.kind == Kind::Status)
        return fail(ErrorKind::Unsupported, Words::tr("SeaORM's ledger is read by Dewpoint itself."));
    // The crate's own generate writes to the folder that it is started in.
    Command command = base(project, request.kind == Kind::New);
    if (request.kind == Kind::New) {
        command.arguments += {QStringLiteral("generate"), request.name};
        return command;
    }
    const auto url = drivers::targetUrl(request.target);
    if (!url)
        return fail(url.error());
    command.arguments +=
        schemaWords(project)
        + QStringList{request.kind == Kind::Up ? QStringLiteral("up") : QStringLiteral("down"),
                      QStringLiteral("-n"), QString::number(request.count)};
    command.password = QUrl(*url).password(QUrl::FullyDecoded);
    // Its driver makes no file unless the URL says so.
    const bool sqlite = request.target.engine == Engine::Sqlite;
    command.environment.insert(QStringLiteral("DATABASE_URL"),
                               sqlite ? *url + QStringLiteral("?mode=rwc") : *url);
    return command;
}

}  // namespace

CommandFormat commandFormat()
{
    return {.command = command,
            .reach = [](const Project&, Kind) { return CommandFormat::Reach::Count; },
            .isPreviewable = [](const Project&) { return true; }};
}

}  // namespace dewpoint::project::seaorm
