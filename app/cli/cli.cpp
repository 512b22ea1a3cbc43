// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/cli.h"

#include "base/words.h"
#include "cli/commands.h"

#include <QCoreApplication>
#include <QFile>

#include <unistd.h>

#include <cstdio>

namespace dewpoint::cli {

namespace {

QByteArray overview()
{
    return "dewpoint [DATABASE|FOLDER]   the window; a SQLite file, sqlite:PATH, postgres://… or "
           "service=NAME\n"
           "dewpoint demo                the window on a scratch copy of the sample shop\n"
           "dewpoint migrate "
           "status|run|revert|redo|rehearse|generate|squash|check|lint|preflight|repair|baseline|convert|"
           "code\n"
           "dewpoint schema inspect DATABASE "
           "--format json|sql|diesel|drizzle|drizzle-1|sea-orm|prisma|dbml|mermaid\n"
           "dewpoint schema diff FROM TO, schema drift, schema history [TABLE]\n"
           "dewpoint query DATABASE SQL [--csv|--json|--table]\n"
           "dewpoint export DATABASE TABLE [--format FORMAT] [--output FILE] [--with-references]\n"
           "dewpoint import DATABASE TABLE FILE [--mode insert|upsert|replace]\n"
           "dewpoint fill DATABASE TABLE [--rows N] [--seed N]   made-up rows\n"
           "dewpoint scenario save|list|changes|reset|drop DATABASE [NAME]\n"
           "\n"
           "Options of the window: --project FOLDER, --table NAME, --view migrations|diagram|query|time, "
           "--read-only,\n"
           "  --scheme light|dark|system, --size WIDTHxHEIGHT, --screenshot FILE (saves a picture and "
           "quits),\n"
           "  --db URL (with demo: builds the shop in this empty PostgreSQL database)\n"
           "\n"
           "Each sub-command explains itself with --help.\n"
           "Exit codes: 0 fine, 1 the answer is \"no\", 2 usage, 3 the database or a file said no.\n";
}

}  // namespace

std::optional<int> runSubCommand(const QStringList& arguments, Console& console)
{
    const QString command = arguments.value(1);
    if (command == QLatin1String("migrate"))
        return runMigrate(arguments, console);
    if (command == QLatin1String("schema"))
        return runSchema(arguments, console);
    if (command == QLatin1String("query"))
        return runQuery(arguments, console);
    if (command == QLatin1String("export"))
        return runExport(arguments, console);
    if (command == QLatin1String("import"))
        return runImport(arguments, console);
    if (command == QLatin1String("fill"))
        return runFill(arguments, console);
    if (command == QLatin1String("scenario"))
        return runScenario(arguments, console);
    if (command == QLatin1String("--help") || command == QLatin1String("-h")
        || command == QLatin1String("help")) {
        console.write(overview());
        return Fine;
    }
    if (command == QLatin1String("--version") || command == QLatin1String("-v")) {
        console.line(QStringLiteral("dewpoint %1").arg(QCoreApplication::applicationVersion()));
        return Fine;
    }
    return std::nullopt;
}

std::optional<int> runSubCommand(const QStringList& arguments)
{
    QFile out;
    QFile err;
    if (!out.open(stdout, QIODevice::WriteOnly)
        || !err.open(stderr, QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Refused;
    QFile terminal;
    const bool asks = isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0
                      && terminal.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered);
    Console console(out, err, asks ? &terminal : nullptr);
    auto code = runSubCommand(arguments, console);
    if (code && (!out.flush() || console.isBroken()) && *code == Fine)
        code = console.fail({.message = Words::tr("The output could not be written.")});
    return code;
}

}  // namespace dewpoint::cli
