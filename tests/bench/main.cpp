// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "data.h"
#include "rows_bench.h"
#include "schema_bench.h"
#include "support/private_server.h"
#include "transfer_bench.h"

#include <QCommandLineParser>
#include <QGuiApplication>
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
    parser.addPositionalArgument(u"NAME"_s, u"Only rows whose name contains it."_s, u"[NAME]"_s);
    const QCommandLineOption rows(u"rows"_s, u"Rows of the big table (10000000 for the real figures)."_s,
                                  u"N"_s, u"200000"_s);
    const QCommandLineOption tables(u"tables"_s, u"Tables of the wide schema."_s, u"N"_s, u"1000"_s);
    const QCommandLineOption rounds(u"rounds"_s, u"Measurements a median is taken of."_s, u"N"_s, u"5"_s);
    const QCommandLineOption engine(u"engine"_s, u"Only sqlite or postgres."_s, u"NAME"_s);
    const QCommandLineOption json(u"json"_s, u"Writes the figures there."_s, u"FILE"_s);
    parser.addOptions({rows, tables, rounds, engine, json});
    parser.process(application);
    return {.name = parser.positionalArguments().value(0),
            .json = parser.value(json),
            .rows = std::max(parser.value(rows).toLongLong(), 10'000LL),
            .tables = std::max(parser.value(tables).toInt(), 10),
            .rounds = std::max(parser.value(rounds).toInt(), 1),
            .postgres = parser.value(engine) != u"sqlite",
            .sqlite = parser.value(engine) != u"postgres"};
}

void measure(Board& board, const QString& engine, const drivers::Target& rows, const drivers::Target& tables)
{
    const double made = bench::milliseconds([&] {
        bench::makeEvents(*bench::connect(rows), board.options().rows);
        bench::makeTables(*bench::connect(tables), board.options().tables);
    });
    std::println("{}: {} rows and {} tables made in {:.1f} s", engine.toStdString(), board.options().rows,
                 board.options().tables, made / 1000);
    bench::benchRows(board, engine, rows);
    bench::benchTransfer(board, engine, rows);
    bench::benchSchema(board, engine, tables);
}

void measureSqlite(Board& board)
{
    const QTemporaryDir folder;
    const auto file = [&](const QString& name) {
        return drivers::Target{.engine = Engine::Sqlite, .location = folder.filePath(name), .create = true};
    };
    measure(board, u"sqlite"_s, file(u"rows.sqlite"_s), file(u"tables.sqlite"_s));
}

void measurePostgres(Board& board)
{
    const test::PrivateServer server;
    const auto database = [&](const QString& name) {
        if (!bench::connect(server.target())->execute(u"CREATE DATABASE "_s + name))
            qFatal("no database");
        drivers::Target target = server.target();
        target.location += u" dbname="_s + name;
        return target;
    };
    measure(board, u"postgres"_s, database(u"big"_s), database(u"wide"_s));
}

}  // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("DEWPOINT_SOURCE", DEWPOINT_SOURCE);
    const QGuiApplication application(argc, argv);
    Board board(parse(application));
    if (board.options().sqlite)
        measureSqlite(board);
    if (board.options().postgres)
        measurePostgres(board);
    bench::benchStart(board);
    return board.writeJson() ? 0 : 1;
}
