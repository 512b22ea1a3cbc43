// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/lint_project.h"
#include "apply/preflight.h"
#include "base/words.h"
#include "cli/lint_text.h"
#include "cli/migrate_setup.h"
#include "cli/stop_signals.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace dewpoint::cli {

namespace {

Result<Engine> engineNamed(const QString& word)
{
    if (word == QLatin1String("sqlite"))
        return Engine::Sqlite;
    if (word == QLatin1String("postgresql") || word == QLatin1String("postgres"))
        return Engine::Postgres;
    return fail(ErrorKind::InvalidInput, Words::tr("--engine wants sqlite or postgresql."));
}

/// --engine, else what the project's files or the database's URL say. No database is opened.
Result<Engine> engineFor(const QCommandLineParser& parser, const std::optional<project::Project>& project)
{
    if (isSet(parser, "engine"))
        return engineNamed(parser.value(QStringLiteral("engine")));
    if (project && project->engine)
        return *project->engine;
    const auto target = findTarget(parser, {}, project ? project->tool : QString());
    if (target)
        return target->engine;
    return fail(ErrorKind::InvalidInput, Words::tr("It is not known which database these files are for."),
                Words::tr("Give --engine sqlite or --engine postgresql."));
}

/// Files by themselves: nothing is known of the schema before them.
Result<QList<apply::Linted>> lintFiles(const QStringList& paths, Engine engine)
{
    QList<apply::Linted> all;
    lint::Known known;
    for (const QString& path : paths) {
        const auto text = project::readScript(path);
        if (!text)
            return fail(text.error());
        apply::Linted linted;
        linted.migration.folder = path;
        linted.migration.path = path;
        linted.migration.upPath = path;
        linted.script = QString::fromUtf8(*text);
        linted.report = lint::judge(linted.script, {.engine = engine}, known);
        all.append(std::move(linted));
    }
    return all;
}

QString absolute(const QString& path)
{
    return QFileInfo(path).canonicalFilePath();
}

/// The migrations of the project that are these files; nothing where one of them is none.
std::optional<QList<apply::Linted>> chosen(const QList<apply::Linted>& all, const QStringList& paths)
{
    QList<apply::Linted> list;
    for (const QString& path : paths) {
        const auto found = std::ranges::find_if(all, [&](const apply::Linted& one) {
            return absolute(one.migration.upPath) == absolute(path)
                   || absolute(one.migration.path) == absolute(path);
        });
        if (found == all.end())
            return std::nullopt;
        list.append(*found);
    }
    return list;
}

Result<QList<apply::Linted>> lintWanted(const QCommandLineParser& parser, const QStringList& paths)
{
    const auto found = findProject(parser, parser.value(QStringLiteral("format")));
    if (!found && paths.isEmpty())
        return fail(found.error());
    const auto project = found ? *found : std::optional<project::Project>();
    for (const QString& path : paths) {
        if (!QFileInfo::exists(path))
            return fail(ErrorKind::File, Words::tr("There is no file %1.").arg(path));
    }
    if (!project && paths.isEmpty())
        return fail(wantProject(parser).error());
    const auto engine = engineFor(parser, project);
    if (!engine)
        return fail(engine.error());
    if (!project)
        return lintFiles(paths, *engine);
    const auto all = apply::lintProject(*project, *engine);
    if (!all || paths.isEmpty())
        return all;
    const auto some = chosen(*all, paths);
    return some ? *some : lintFiles(paths, *engine);
}

int explain(const QString& name, Console& console)
{
    const lint::Code* code = lint::findCode(name);
    if (!code)
        return console.usage(
            Words::tr("There is no code “%1”. Without a name, --explain lists them all.").arg(name));
    console.write(explanation(*code).toUtf8());
    return Fine;
}

}  // namespace

int runLint(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr(
        "Says what migrations put at risk, statement by statement, without running any of them; "
        "exits 1 when something is found at or above --at-least. Without files: the whole project."));
    parser.addPositionalArgument(QStringLiteral("lint"), {}, QStringLiteral("migrate lint"));
    parser.addPositionalArgument(QStringLiteral("FILE"), Words::tr("Scripts to judge."),
                                 QStringLiteral("[FILE…]"));
    parser.addOption({QStringLiteral("at-least"),
                      Words::tr("The least class that counts: %1.")
                          .arg(lint::classNames().mid(1).join(QStringLiteral(", "))),
                      QStringLiteral("CLASS")});
    parser.addOption({QStringLiteral("engine"),
                      Words::tr("sqlite or postgresql, where the files do not say."),
                      QStringLiteral("ENGINE")});
    parser.addOption({QStringLiteral("explain"), Words::tr("Explains one code; “all” lists them."),
                      QStringLiteral("CODE")});
    addMigrateOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    const QString wanted = parser.value(QStringLiteral("explain"));
    if (wanted == QLatin1String("all")) {
        console.write(codeList().toUtf8());
        return Fine;
    }
    if (!wanted.isEmpty())
        return explain(wanted, console);
    const auto least = isSet(parser, "at-least") ? lint::classNamed(parser.value(QStringLiteral("at-least")))
                                                 : lint::Class::NotTransactional;
    if (!least)
        return console.usage(
            Words::tr("--at-least wants one of %1.").arg(lint::classNames().join(QStringLiteral(", "))));
    const auto linted = lintWanted(parser, parser.positionalArguments());
    if (!linted)
        return refuse(console, linted.error());
    if (isSet(parser, "json"))
        printJson(console, lintJson(*linted));
    else
        console.write(lintText(*linted).toUtf8());
    for (const apply::Linted& one : *linted) {
        if (one.unreadable)
            return console.fail(*one.unreadable);
    }
    const bool found = std::ranges::any_of(*linted, [&](const apply::Linted& one) {
        return one.report.worst() >= *least && one.report.worst() != lint::Class::Safe;
    });
    return found ? No : Fine;
}

int runPreflight(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Counts the rows that would make the pending migrations fail, or that they would lose. "
                  "It only reads; exits 1 when rows would block."));
    parser.addPositionalArgument(QStringLiteral("preflight"), {}, QStringLiteral("migrate preflight"));
    addMigrateOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    // The scratch database that it needs is made beside it; the rows are counted read-only all the same.
    const auto opened = open(parser, [](drivers::Target&) {});
    if (!opened)
        return refuse(console, opened.error());
    const StopSignals signals(opened->project);
    opened->connection->setStopAsked(signals.asked());
    const auto status = apply::status(*opened->connection, opened->project);
    if (!status)
        return refuse(console, status.error());
    const auto steps = apply::plan(*status, apply::Action::Run, apply::Scope::all());
    if (!steps)
        return refuse(console, steps.error());
    const auto questions = apply::preflight(*opened->connection, opened->project, *steps, signals.asked());
    if (!questions)
        return refuse(console, questions.error());
    if (isSet(parser, "json"))
        printJson(console, preflightJson(*questions));
    else
        console.write(preflightText(*questions, static_cast<int>(steps->size())).toUtf8());
    return std::ranges::any_of(*questions, &lint::Question::blocks) ? No : Fine;
}

}  // namespace dewpoint::cli
