// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "data.h"
#include "migrate_bench.h"
#include "process_bench.h"
#include "rows_bench.h"
#include "schema_bench.h"
#include "support/private_server.h"
#include "transfer_bench.h"
#include "window_bench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <print>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using bench::Board;
using bench::Options;

namespace {

Options parse(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Each row: ours, the least work that could serve, their ratio, the goal."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(
        u"NAME"_s, u"Only rows whose name contains it; “window” for all of the window's."_s, u"[NAME]"_s);
    const QCommandLineOption rows(u"rows"_s, u"Rows of the big table."_s, u"N"_s, u"10000000"_s);
    const QCommandLineOption tables(u"tables"_s, u"Tables of the wide schema."_s, u"N"_s, u"1000"_s);
    const QCommandLineOption rounds(u"rounds"_s, u"Measurements a median is taken of."_s, u"N"_s, u"5"_s);
    const QCommandLineOption engine(u"engine"_s, u"Only sqlite or postgres."_s, u"NAME"_s);
    const QCommandLineOption json(u"json"_s, u"Writes the figures there."_s, u"FILE"_s);
    parser.addOptions({rows, tables, rounds, engine, json});
    parser.process(application);
    return {.name = parser.positionalArguments().value(0),
            .json = parser.value(json),
            .rows = std::max(parser.value(rows).toLongLong(), 100'000LL),
            .tables = std::max(parser.value(tables).toInt(), 10),
            .rounds = std::max(parser.value(rounds).toInt(), 1),
            .postgres = parser.value(engine) != u"sqlite",
            .sqlite = parser.value(engine) != u"postgres"};
}

/// An empty database of that name, made anew.
using Place = std::function<drivers::Target(const QString&)>;

QList<bench::Events> makeRows(const Board& board, const drivers::Target& target)
{
    QList<bench::Events> sizes;
    const auto connection = bench::connect(target);
    for (const int part : {1, 10, 100}) {
        sizes.append({.table = u"events_%1"_s.arg(part), .rows = board.options().rows / part});
        bench::makeEvents(*connection, sizes.last().table, sizes.last().rows);
    }
    return sizes;
}

/// The database of the usual size, which stays.
drivers::Target measureSchemas(Board& board, const QString& engine, const Place& place)
{
    const int usual = board.options().tables;
    drivers::Target ofUsual;
    for (const int tables : {usual / 10, usual, usual * 10}) {
        const drivers::Target target = place(u"tables_%1"_s.arg(tables));
        bench::makeTables(*bench::connect(target), tables);
        bench::benchSchema(board, engine, target, tables, tables == usual);
        if (tables == usual)
            ofUsual = target;
    }
    return ofUsual;
}

void measure(Board& board, const QString& engine, const Place& place)
{
    const drivers::Target rows = place(u"big"_s);
    QList<bench::Events> sizes;
    const double made = bench::milliseconds([&] { sizes = makeRows(board, rows); });
    std::println("{}: {} rows made in {:.1f} s", engine.toStdString(), board.options().rows, made / 1000);
    bench::benchRows(board, engine, rows, sizes);
    bench::benchMemory(board, engine, rows, sizes.first());
    bench::benchTransfer(board, engine, rows, sizes.at(1));
    const drivers::Target tables = measureSchemas(board, engine, place);
    for (const int migrations : {50, 500, 5000})
        bench::benchMigrations(board, engine, migrations, [&] { return place(u"migrated"_s); });
    if (const QString& name = board.options().name; name.isEmpty() || name.contains(u"window"))
        bench::benchWindow(board, {.engine = engine,
                                   .rows = rows,
                                   .large = sizes.first(),
                                   .middle = sizes.at(1),
                                   .tables = tables,
                                   .empty = place(u"empty"_s)});
}

void measureSqlite(Board& board)
{
    const QTemporaryDir folder;
    measure(board, u"sqlite"_s, [&](const QString& name) {
        const QString path = folder.filePath(name + u".sqlite"_s);
        QFile::remove(path);
        return drivers::Target{.engine = Engine::Sqlite, .location = path, .create = true};
    });
}

void measurePostgres(Board& board)
{
    const test::PrivateServer server;
    const auto owner = bench::connect(server.target());
    measure(board, u"postgres"_s, [&](const QString& name) {
        if (!owner->execute(u"DROP DATABASE IF EXISTS %1 WITH (FORCE)"_s.arg(name))
            || !owner->execute(u"CREATE DATABASE "_s + name))
            qFatal("no database");
        drivers::Target target = server.target();
        target.location.replace(u"dbname=postgres"_s, u"dbname="_s + name);
        return target;
    });
}

}  // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("DEWPOINT_SOURCE", DEWPOINT_SOURCE);
    const QApplication application(argc, argv);
    if (const auto code = bench::runAsChild(QCoreApplication::arguments()))
        return *code;
    Board board(parse(application));
    if (board.options().sqlite)
        measureSqlite(board);
    if (board.options().postgres)
        measurePostgres(board);
    bench::benchStart(board);
    return board.writeJson() ? 0 : 1;
}
