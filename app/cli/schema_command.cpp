// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "catalog/inspect.h"
#include "catalog/schema_json.h"
#include "cli/commands.h"
#include "cli/schema_side.h"

#include <QJsonDocument>

namespace dewpoint::cli {

int runSchema(const QStringList& arguments, Console& console)
{
    if (arguments.value(2) == QLatin1String("diff"))
        return runSchemaDiff(arguments, console);
    if (arguments.value(2) == QLatin1String("drift"))
        return runSchemaDrift(arguments, console);
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("Prints the structure of a database as JSON."));
    parser.addPositionalArgument(QStringLiteral("DATABASE"),
                                 Words::tr("A file, sqlite:PATH, postgres://… or service=NAME."),
                                 QStringLiteral("schema inspect [DATABASE]"));
    parser.addOption({QStringLiteral("format"), Words::tr("json (the only one so far)."),
                      QStringLiteral("FORMAT"), QStringLiteral("json")});
    addCommonOptions(parser);
    const bool inspects = arguments.value(2) == QLatin1String("inspect");
    if (const auto code = parse(parser, arguments, inspects ? 2 : 1, console))
        return *code;
    if (!inspects)
        return console.usage(arguments.value(2).isEmpty()
                                 ? Words::tr("Usage: dewpoint schema inspect|diff|drift")
                                 : Words::tr("There is no “schema %1”.").arg(arguments.value(2)));
    if (parser.value(QStringLiteral("format")) != QLatin1String("json"))
        return console.usage(
            Words::tr("There is no format “%1”.").arg(parser.value(QStringLiteral("format"))));
    if (parser.positionalArguments().size() > 1)
        return console.usage(Words::tr("inspect wants one database."));
    const auto target = findTarget(parser, parser.positionalArguments().value(0));
    if (!target)
        return console.fail(target.error(), Usage);
    const auto connection = drivers::Connection::open(forReading(*target));
    if (!connection)
        return console.fail(connection.error());
    const auto database = catalog::inspect(**connection);
    if (!database)
        return console.fail(database.error());
    console.write(QJsonDocument(catalog::toJson(*database)).toJson(QJsonDocument::Indented));
    return Fine;
}

}  // namespace dewpoint::cli
