// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/failure_place.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "cli/table_writer.h"
#include "sql/statements.h"

namespace dewpoint::cli {

namespace {

int refuseStatement(Console& console, Error error, const QString& sql, Engine engine)
{
    if (error.position >= 0) {
        const auto place = apply::placeAt(sql, error.position, engine);
        error.message =
            Words::tr("%1 (line %2, column %3)").arg(error.message).arg(place.line).arg(place.column);
    }
    return console.fail(error);
}

bool onlyReads(const QString& keyword)
{
    static const QStringList words{
        QStringLiteral("SELECT"), QStringLiteral("VALUES"),  QStringLiteral("TABLE"), QStringLiteral("WITH"),
        QStringLiteral("PRAGMA"), QStringLiteral("EXPLAIN"), QStringLiteral("SHOW")};
    return words.contains(keyword);
}

/// The columns of a result that had no row to tell them, without running it again.
QList<ColumnInfo> columnsOf(drivers::Connection& connection, const QString& sql)
{
    const auto empty = connection.query(QStringLiteral("SELECT * FROM (%1\n) AS q LIMIT 0").arg(sql));
    return empty ? empty->columns : QList<ColumnInfo>();
}

enum class RowFormat { Csv, Json, Table };

std::unique_ptr<transfer::RowWriter> writerFor(RowFormat format, Console& console)
{
    if (format == RowFormat::Table)
        return makeTableWriter(console);
    return transfer::RowWriter::make(format == RowFormat::Csv ? transfer::Format::Csv
                                                              : transfer::Format::Json,
                                     {}, [&console](const QByteArray& bytes) {
                                         console.write(bytes);
                                         return !console.isBroken();
                                     });
}

QList<transfer::OutColumn> named(const QList<ColumnInfo>& columns)
{
    QList<transfer::OutColumn> out;
    for (const ColumnInfo& column : columns)
        out += transfer::outColumnOf(column);
    return out;
}

int streamRows(drivers::Connection& connection, const QString& sql, RowFormat format, Console& console)
{
    const auto writer = writerFor(format, console);
    bool begun = false;
    // A broken output is told of when everything is over.
    const auto done =
        connection.stream(sql, {}, [&](const QList<ColumnInfo>& columns, std::vector<Value>& row) {
            if (!begun)
                (void)writer->begin(named(columns));
            begun = true;
            return writer->row(row).has_value() && !console.isBroken();
        });
    if (!done)
        return refuseStatement(console, done.error(), sql, connection.engine());
    if (!begun) {
        if (const auto columns = columnsOf(connection, sql); !columns.isEmpty())
            (void)writer->begin(named(columns));
    }
    (void)writer->end();
    return Fine;
}

int runStatement(drivers::Connection& connection, const QString& sql, RowFormat format, Console& console)
{
    const auto batch = connection.query(sql);
    if (!batch)
        return refuseStatement(console, batch.error(), sql, connection.engine());
    if (batch->columns.isEmpty()) {
        if (format == RowFormat::Json)
            console.line(QStringLiteral("[]"));
        else if (format == RowFormat::Table && batch->affected >= 0)
            console.line(Words::tr("%1 rows changed").arg(batch->affected));
        return Fine;
    }
    const auto writer = writerFor(format, console);
    (void)writer->begin(named(batch->columns));
    for (int row = 0; row < batch->rowCount(); ++row) {
        std::vector<Value> cells;
        cells.reserve(static_cast<size_t>(batch->columnCount()));
        for (int column = 0; column < batch->columnCount(); ++column)
            cells.push_back(batch->at(row, column));
        (void)writer->row(cells);
    }
    (void)writer->end();
    return Fine;
}

}  // namespace

int runQuery(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Runs one statement and prints its rows exactly as the database holds them."));
    parser.addPositionalArgument(
        QStringLiteral("DATABASE"),
        Words::tr(
            "A file, sqlite:PATH, postgres://… or service=NAME; may be left out with --db or DATABASE_URL."),
        QStringLiteral("query [DATABASE]"));
    parser.addPositionalArgument(QStringLiteral("SQL"), Words::tr("One statement."));
    parser.addOption(
        {QStringLiteral("csv"), Words::tr("RFC 4180, with a header; NULL is empty, an empty text is \"\".")});
    parser.addOption({QStringLiteral("table"), Words::tr("Aligned columns for people (the default).")});
    addCommonOptions(parser);
    if (const auto code = parse(parser, arguments, 1, console))
        return *code;
    const bool csv = parser.isSet(QStringLiteral("csv"));
    const bool json = parser.isSet(QStringLiteral("json"));
    if (int(csv) + int(json) + int(parser.isSet(QStringLiteral("table"))) > 1)
        return console.usage(Words::tr("Choose one of --csv, --json and --table."));
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty() || words.size() > 2)
        return console.usage(Words::tr("query wants a database and one statement."));
    const auto target = findTarget(parser, words.size() == 2 ? words.first() : QString());
    if (!target)
        return refuse(console, target.error());
    const QString& sql = words.last();
    const auto statements = sql::split(sql, target->engine);
    if (statements.size() != 1)
        return console.usage(statements.isEmpty() ? Words::tr("There is no statement.")
                                                  : Words::tr("query runs one statement at a time."));
    const QString statement = sql.mid(statements.first().start, statements.first().length);
    const StopSignals signals(StopSignals::Always{});
    const auto connection = drivers::Connection::open(*target, signals.asked());
    if (!connection)
        return refuse(console, connection.error());
    const RowFormat format = csv ? RowFormat::Csv : json ? RowFormat::Json : RowFormat::Table;
    return onlyReads(sql::leadingKeyword(statement)) ? streamRows(**connection, statement, format, console)
                                                     : runStatement(**connection, statement, format, console);
}

}  // namespace dewpoint::cli
