// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "catalog/inspect.h"
#include "catalog/schema_json.h"
#include "cli/commands.h"
#include "cli/schema_side.h"
#include "project/formats/diesel/diesel.h"
#include "project/new_file.h"
#include "render/outputs.h"

#include <QDir>
#include <QJsonDocument>

namespace dewpoint::cli {

namespace {

constexpr QLatin1StringView json("json");
constexpr QLatin1StringView dieselName("diesel");

QStringList formatNames()
{
    QStringList names{json};
    for (const render::Output& output : render::outputs())
        names << output.name;
    return names;
}

/// With the options of the project's diesel.toml, as `diesel print-schema` run there would have them.
Result<QList<render::File>> dieselFiles(const QCommandLineParser& parser, const schema::Database& database)
{
    const auto project = findProject(parser, dieselName);
    if (!project)
        return fail(project.error());
    // Without migrations there may be a diesel.toml all the same.
    const QString folder = parser.isSet(QStringLiteral("project")) ? parser.value(QStringLiteral("project"))
                                                                   : QDir::currentPath();
    const auto known = *project && !(*project)->configFile.isEmpty() ? Result<project::Project>(**project)
                                                                     : project::diesel::configured(folder);
    const auto wanted = known ? project::diesel::printSchemas(*known) : fail(known.error());
    if (!wanted)
        return fail(wanted.error());
    QString text;
    for (const auto& one : *wanted) {
        const auto printed = project::diesel::printSchema(database, one);
        if (!printed)
            return fail(printed.error());
        text += *printed;
    }
    return QList{render::File{QStringLiteral("schema.rs"), text}};
}

Result<QStringList> writeFiles(const QList<render::File>& files, const QString& folder)
{
    if (auto made = project::makeFolder(folder); !made)
        return fail(made.error());
    QStringList paths;
    for (const render::File& file : files) {
        const QString path = QDir(folder).filePath(file.name);
        if (auto written = project::replaceFile(path, file.text.toUtf8()); !written)
            return fail(written.error());
        paths << path;
    }
    return paths;
}

/// The tool keeps views in the server's easier form, and compares their texts.
Result<> useReadableViews(drivers::Connection& connection, schema::Database& database)
{
    if (database.engine != Engine::Postgres)
        return {};
    const auto rows = connection.query(QStringLiteral(
        "SELECT n.nspname, c.relname, pg_get_viewdef(c.oid, true) FROM pg_class AS c JOIN pg_namespace AS n "
        "ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')"));
    if (!rows)
        return fail(rows.error());
    for (int row = 0; row < rows->rowCount(); ++row) {
        for (schema::View& view : database.views) {
            if (view.schema != displayText(rows->at(row, 0)) || view.name != displayText(rows->at(row, 1)))
                continue;
            view.definition = displayText(rows->at(row, 2)).trimmed();
            if (view.definition.endsWith(u';'))
                view.definition.chop(1);
        }
    }
    return {};
}

int print(const QCommandLineParser& parser, const schema::Database& database, Console& console)
{
    const QString name = parser.value(QStringLiteral("format"));
    const render::Output* output = render::outputNamed(name);
    const auto files =
        !output ? Result<QList<render::File>>(
                      {{QStringLiteral("schema.json"),
                        QString::fromUtf8(
                            QJsonDocument(catalog::toJson(database)).toJson(QJsonDocument::Indented))}})
        : name == dieselName ? dieselFiles(parser, database)
                             : output->make(database);
    if (!files)
        return refuse(console, files.error());
    if (!parser.isSet(QStringLiteral("out"))) {
        console.write((output ? render::joined(*files, *output) : files->constFirst().text).toUtf8());
        return Fine;
    }
    const auto paths = writeFiles(*files, parser.value(QStringLiteral("out")));
    if (!paths)
        return console.fail(paths.error());
    console.line(paths->join(u'\n'));
    return Fine;
}

/// The other formats have no words for them.
bool showsPrivileges(const QString& format)
{
    return format == json || format == QLatin1String("sql");
}

int runInspect(const QStringList& arguments, Console& console)
{
    const QString formats = formatNames().join(u'|');
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Prints the structure of a database in one of several forms."));
    parser.addPositionalArgument(QStringLiteral("DATABASE"),
                                 Words::tr("A file, sqlite:PATH, postgres://… or service=NAME."),
                                 QStringLiteral("schema inspect [DATABASE]"));
    parser.addOption(
        {QStringLiteral("format"),
         Words::tr("One of %1. diesel takes the options of the project's diesel.toml.").arg(formats),
         QStringLiteral("FORMAT"), json});
    parser.addOption({QStringLiteral("out"),
                      Words::tr("Write the files into this folder and print their paths."),
                      QStringLiteral("DIR")});
    addPrivilegesOption(parser, Words::tr("With who may do what (PostgreSQL; json and sql)."));
    addCommonOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (!formatNames().contains(parser.value(QStringLiteral("format"))))
        return console.usage(Words::tr("There is no format “%1”; known are %2.")
                                 .arg(parser.value(QStringLiteral("format")), formats));
    if (parser.isSet(QStringLiteral("privileges"))
        && !showsPrivileges(parser.value(QStringLiteral("format"))))
        return console.usage(Words::tr("Privileges are shown by --format json and sql only."));
    if (parser.positionalArguments().size() > 1)
        return console.usage(Words::tr("inspect wants one database."));
    const auto target = findTarget(parser, parser.positionalArguments().value(0));
    if (!target)
        return refuse(console, target.error());
    const auto extent = extentOf(parser, target->engine);
    if (!extent)
        return refuse(console, extent.error());
    const auto connection = drivers::Connection::open(forReading(*target));
    if (!connection)
        return refuse(console, connection.error());
    auto database = catalog::inspect(**connection, *extent);
    if (!database)
        return refuse(console, database.error());
    if (parser.value(QStringLiteral("format")) == QLatin1String("drizzle")) {
        if (const auto read = useReadableViews(**connection, *database); !read)
            return console.fail(read.error());
    }
    return print(parser, *database, console);
}

}  // namespace

int runSchema(const QStringList& arguments, Console& console)
{
    const QString word = arguments.value(2);
    if (word == QLatin1String("inspect"))
        return runInspect(arguments, console);
    if (word == QLatin1String("diff"))
        return runSchemaDiff(arguments, console);
    if (word == QLatin1String("drift"))
        return runSchemaDrift(arguments, console);
    if (word == QLatin1String("history"))
        return runSchemaHistory(arguments, console);
    const QString usage =
        Words::tr("Usage: %1").arg(QStringLiteral("dewpoint schema inspect|diff|drift|history"));
    if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
        console.line(usage);
        return Fine;
    }
    return console.usage(word.isEmpty() ? usage : Words::tr("There is no “schema %1”.").arg(word));
}

}  // namespace dewpoint::cli
