// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "catalog/inspect.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "cli/transfer_options.h"
#include "sql/statements.h"
#include "transfer/subset.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

QString formatIds()
{
    QStringList ids;
    for (const transfer::FormatInfo& format : transfer::formats())
        ids += format.id;
    return ids.join(u'|');
}

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(Words::tr(
        "Writes the rows of a table, a view or a query into a file, as the database holds them.\n"
        "A file gets its name when all rows are in it. Blobs are hex (\\x00ff); NULL is an empty field "
        "of CSV and TSV, an empty text is \"\"."));
    parser.addPositionalArgument(
        u"DATABASE"_s,
        Words::tr("A file, sqlite:PATH, postgres://… or service=NAME; may be left out "
                  "with --db or DATABASE_URL."),
        u"export [DATABASE]"_s);
    parser.addPositionalArgument(u"TABLE"_s, Words::tr("A table or view, also as SCHEMA.TABLE."),
                                 u"[TABLE]"_s);
    parser.addOption({u"sql"_s, Words::tr("The rows of this query instead of a table."), u"QUERY"_s});
    parser.addOption({u"format"_s,
                      Words::tr("One of %1. Default: by the name of the output, else csv.").arg(formatIds()),
                      u"FORMAT"_s});
    parser.addOption(
        {u"output"_s, Words::tr("The file to write. Default: standard output, as with “-”."), u"FILE"_s});
    parser.addOption(
        {u"where"_s, Words::tr("Only rows for which this SQL condition holds."), u"CONDITION"_s});
    parser.addOption(
        {u"order"_s, Words::tr("Sort by these columns: name,-created_at (“-”: descending)."), u"COLUMNS"_s});
    parser.addOption({u"columns"_s, Words::tr("Only these columns, in this order."), u"COLUMNS"_s});
    parser.addOption({u"with-references"_s,
                      Words::tr("SQL: also all rows that these refer to, in an order that foreign keys agree "
                                "with, as one transaction.")});
    parser.addOption({u"with-dependants"_s,
                      Words::tr("The same, and the rows that refer to them, N steps deep."), u"N"_s});
    parser.addOption(
        {u"delimiter"_s, Words::tr("CSV: what stands between two fields. Default: a comma."), u"C"_s});
    parser.addOption(
        {u"null"_s, Words::tr("CSV, TSV: the text for NULL. Default: an empty field."), u"TEXT"_s});
    parser.addOption({u"no-header"_s, Words::tr("CSV, TSV: without the line of column names.")});
    parser.addOption({u"bom"_s, Words::tr("CSV, TSV: with a byte order mark, which older Excel wants.")});
    addCommonOptions(parser);
}

Result<transfer::ViewRows> viewOf(const QCommandLineParser& parser, rows::Relation relation)
{
    rows::ViewSpec spec{.conditions = {{.sql = parser.value(u"where"_s)}}};
    const auto unknown = [&](const QString& name) {
        return fail(ErrorKind::InvalidInput, Words::tr("%1 has no column %2.").arg(relation.name, name));
    };
    for (QString name : listOf(parser.value(u"order"_s))) {
        const bool descending = name.startsWith(u'-');
        name = descending ? name.sliced(1) : name;
        if (relation.indexOf(name) < 0)
            return unknown(name);
        spec.sorts += {.column = name, .descending = descending};
    }
    QList<rows::RelationColumn> chosen;
    for (const QString& name : listOf(parser.value(u"columns"_s))) {
        const int place = relation.indexOf(name);
        if (place < 0)
            return unknown(name);
        chosen += relation.columns[place];
    }
    if (!chosen.isEmpty())
        relation.columns = chosen;
    return transfer::ViewRows{.relation = relation, .spec = spec};
}

Result<transfer::ExportSource> sourceOf(drivers::Connection& connection, const QCommandLineParser& parser,
                                        const QString& table)
{
    if (!table.isEmpty())
        return findRelation(connection, table)
            .and_then([&](const rows::Relation& relation) { return viewOf(parser, relation); })
            .transform([](const transfer::ViewRows& view) { return transfer::ExportSource(view); });
    const QString sql = parser.value(u"sql"_s);
    const auto statements = sql::split(sql, connection.engine());
    if (statements.size() != 1)
        return fail(ErrorKind::InvalidInput, Words::tr("--sql wants one query."));
    return transfer::QueryRows{.sql = sql.mid(statements.first().start, statements.first().length)};
}

Result<> readOptions(const QCommandLineParser& parser, transfer::WriteOptions& options)
{
    options.header = !parser.isSet(u"no-header"_s);
    options.bom = parser.isSet(u"bom"_s);
    options.nullText = parser.value(u"null"_s).toUtf8();
    if (!parser.isSet(u"delimiter"_s))
        return {};
    const auto delimiter = singleByte(parser.value(u"delimiter"_s), u"delimiter"_s);
    options.delimiter = delimiter.value_or(',');
    return delimiter.transform([](char) {});
}

bool wantsSubset(const QCommandLineParser& parser)
{
    return parser.isSet(u"with-references"_s) || parser.isSet(u"with-dependants"_s);
}

/// Standard output where no file is named.
std::optional<transfer::ByteSink> outputOf(const QCommandLineParser& parser, Console& console)
{
    const QString path = parser.value(u"output"_s);
    if (!path.isEmpty() && path != u"-")
        return std::nullopt;
    return [&console](const QByteArray& bytes) {
        console.write(bytes);
        return !console.isBroken();
    };
}

Result<transfer::Subset> subsetOf(const QCommandLineParser& parser, drivers::Connection& connection,
                                  const QString& table)
{
    auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    const auto relation = findRelation(connection, *database, table);
    if (!relation)
        return fail(relation.error());
    const auto view = viewOf(parser, *relation);
    if (!view)
        return fail(view.error());
    bool number = true;
    const QString depth = parser.value(u"with-dependants"_s);
    const int dependants = depth.isEmpty() ? 0 : depth.toInt(&number);
    if (!number || dependants < 0)
        return fail(ErrorKind::InvalidInput, Words::tr("--with-dependants wants a number of steps."));
    return transfer::Subset{.database = std::make_shared<const schema::Database>(*std::move(database)),
                            .relation = *relation,
                            .rows = view->spec,
                            .dependants = dependants};
}

int writeSubset(const QCommandLineParser& parser, drivers::Connection& connection, const QString& table,
                Console& console)
{
    const auto subset = subsetOf(parser, connection, table);
    if (!subset)
        return refuse(console, subset.error());
    const transfer::ReadingOnly guard(connection);
    transfer::Progress progress;
    const auto sink = outputOf(parser, console);
    const QString path = parser.value(u"output"_s);
    const auto done = sink ? transfer::exportSubset(connection, *subset, *sink, progress)
                           : transfer::exportSubset(connection, *subset, path, progress);
    if (!done)
        return refuse(console, done.error());
    QStringList tables;
    for (const transfer::SubsetReport::Table& each : done->tables)
        tables += u"%1 %2"_s.arg(QString::number(each.rows), each.name);
    console.note(Words::tr("%1 rows written: %2.").arg(QString::number(done->rows), tables.join(u", "_s)));
    if (done->missing > 0)
        console.note(Words::tr("%1 references lead to rows that are not there.").arg(done->missing));
    return Fine;
}

int write(const QCommandLineParser& parser, drivers::Connection& connection, transfer::Format format,
          const QString& table, Console& console)
{
    const auto source = sourceOf(connection, parser, table);
    if (!source)
        return refuse(console, source.error());
    transfer::WriteOptions options = transfer::optionsFor(*source, connection.engine());
    if (auto read = readOptions(parser, options); !read)
        return refuse(console, read.error());
    const transfer::ReadingOnly guard(connection);
    transfer::Progress progress;
    const QString path = parser.value(u"output"_s);
    if (const auto sink = outputOf(parser, console)) {
        const auto done = transfer::exportRows(connection, *source, format, options, *sink, progress);
        return done ? int{Fine} : refuse(console, done.error());
    }
    const auto done = transfer::exportRows(connection, *source, format, options, path, progress);
    if (!done)
        return refuse(console, done.error());
    console.note(Words::tr("%1 rows written to %2 (%3).")
                     .arg(QString::number(done->rows), path, QLocale().formattedDataSize(done->bytes)));
    return Fine;
}

}  // namespace

int runExport(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    describe(parser);
    if (const auto code = parse(parser, arguments, 1, console))
        return *code;
    if (parser.isSet(u"quiet"_s))
        console.hush(false);  // the rows are what was asked for
    const QStringList words = parser.positionalArguments();
    const bool query = parser.isSet(u"sql"_s);
    const qsizetype least = query ? 0 : 1;
    if (words.size() < least || words.size() > least + 1)
        return console.usage(query ? Words::tr("With --sql, export wants a database and no table.")
                                   : Words::tr("export wants a database and one table, or --sql."));
    if (query && (parser.isSet(u"where"_s) || parser.isSet(u"order"_s) || parser.isSet(u"columns"_s)))
        return console.usage(Words::tr("--where, --order and --columns go with a table, not with --sql."));
    const QString id = parser.value(u"format"_s);
    const bool subset = wantsSubset(parser);
    if (subset && (query || parser.isSet(u"columns"_s) || (!id.isEmpty() && id != u"sql")))
        return console.usage(
            Words::tr("--with-references and --with-dependants write whole rows of a table as SQL."));
    const auto format =
        id.isEmpty() ? transfer::formatOfFile(parser.value(u"output"_s)).value_or(transfer::Format::Csv)
                     : transfer::formatNamed(id);
    if (!format)
        return console.usage(Words::tr("--format is one of %1.").arg(formatIds()));
    const auto target = findTarget(parser, words.size() > least ? words.first() : QString());
    if (!target)
        return refuse(console, target.error());
    const StopSignals signals(StopSignals::Always{});
    const auto connection = drivers::Connection::open(forReading(*target), signals.asked());
    if (!connection)
        return refuse(console, connection.error());
    if (subset)
        return writeSubset(parser, **connection, words.last(), console);
    return write(parser, **connection, *format, query ? QString() : words.last(), console);
}

}  // namespace dewpoint::cli
