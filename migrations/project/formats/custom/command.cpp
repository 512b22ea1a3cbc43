// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "drivers/target_url.h"
#include "project/formats/custom/custom.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace dewpoint::project::custom {

namespace {

using command::Command;
using Kind = CommandRequest::Kind;

QLatin1StringView keyOf(Kind kind)
{
    switch (kind) {
    case Kind::Up: return key::up;
    case Kind::Down: return key::down;
    case Kind::Status: return key::status;
    case Kind::New: return key::make;
    }
    Q_UNREACHABLE_RETURN({});
}

/// Puts the values into a template's fields ({url}). In one pass, so that a value with braces stays what it is.
QString filled(const QString& text, const QMap<QString, QString>& values)
{
    static const QRegularExpression field(QStringLiteral("\\{([a-z]+)\\}"));
    QString result;
    qsizetype at = 0;
    for (const auto& match : field.globalMatch(text)) {
        result += QStringView(text).sliced(at, match.capturedStart() - at);
        result += values.value(match.captured(1), match.captured());
        at = match.capturedEnd();
    }
    return result + text.sliced(at);
}

QMap<QString, QString> environmentOf(const Project& project)
{
    const auto values = QJsonDocument::fromJson(project.settings.value(key::environment).toUtf8()).object();
    QMap<QString, QString> environment;
    for (auto value = values.begin(); value != values.end(); ++value)
        environment.insert(value.key(), value.value().toString());
    return environment;
}

bool mentions(const QStringList& words, const QString& field)
{
    return std::ranges::any_of(words, [&](const QString& word) { return word.contains(field); });
}

Result<Command> command(const Project& project, const CommandRequest& request)
{
    const QLatin1StringView key = keyOf(request.kind);
    const QStringList words = listOf(project, key);
    if (words.isEmpty())
        return fail(ErrorKind::Unsupported, Words::tr("dewpoint.toml has no %1.").arg(key),
                    Words::tr("Add one: MIGRATIONS.md has an example."));
    QMap<QString, QString> values{{QStringLiteral("count"), QString::number(request.count)},
                                  {QStringLiteral("version"), request.version},
                                  {QStringLiteral("name"), request.name},
                                  {QStringLiteral("url"), QString()},
                                  {QStringLiteral("path"), QString()}};
    Command command{.folder = project.root, .environment = environmentOf(project), .password = {}};
    if (!request.target.location.isEmpty()) {
        const auto url = drivers::targetUrl(request.target);
        if (!url)
            return fail(url.error());
        values[QStringLiteral("url")] = *url;
        if (request.target.engine == Engine::Sqlite)
            values[QStringLiteral("path")] = QFileInfo(request.target.location).absoluteFilePath();
        command.password = QUrl(*url).password(QUrl::FullyDecoded);
    }
    for (QString& value : command.environment)
        value = filled(value, values);
    if (const QString url = values.value(QStringLiteral("url")); !url.isEmpty())
        command.environment.insert(QStringLiteral("DATABASE_URL"), url);
    QStringList arguments;
    for (const QString& word : words)
        arguments << filled(word, values);
    command.program = arguments.takeFirst();
    command.arguments = arguments;
    command.passedOn = listOf(project, key::pass);
    command.install = Words::tr("Install it, or correct %1 in %2.").arg(key, project.configFile);
    return command;
}

CommandFormat::Reach reach(const Project& project, Kind kind)
{
    const QStringList words = listOf(project, keyOf(kind));
    if (mentions(words, QStringLiteral("{count}")) || mentions(words, QStringLiteral("{version}")))
        return CommandFormat::Reach::Count;
    return kind == Kind::Up ? CommandFormat::Reach::All : CommandFormat::Reach::One;
}

/// DATABASE_URL alone proves nothing: the command may have a configuration of its own.
bool isPreviewable(const Project& project)
{
    const QStringList words = listOf(project, key::up) + QStringList(environmentOf(project).values());
    return mentions(words, QStringLiteral("{url}")) || mentions(words, QStringLiteral("{path}"));
}

bool tellsState(const Project& project)
{
    return !project.settings.contains(key::table);
}

}  // namespace

CommandFormat commandFormat()
{
    return {.command = command, .reach = reach, .isPreviewable = isPreviewable, .tellsState = tellsState};
}

}  // namespace dewpoint::project::custom
