// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "schema_bench.h"

#include "catalog/cells.h"
#include "catalog/inspect.h"
#include "data.h"
#include "diagram/layout.h"
#include "diff/compare.h"
#include "floor.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

QStringList queriesOf(Engine engine)
{
    if (engine == Engine::Sqlite)
        return {u"sqlite_tables"_s, u"sqlite_objects"_s, u"sqlite_columns"_s, u"sqlite_indexes"_s};
    return {u"postgres_schemas"_s,     u"postgres_relations"_s, u"postgres_columns"_s,
            u"postgres_constraints"_s, u"postgres_indexes"_s,   u"postgres_triggers"_s,
            u"postgres_policies"_s,    u"postgres_sequences"_s, u"postgres_routines"_s,
            u"postgres_types"_s,       u"postgres_extensions"_s};
}

double startOf(const QStringList& arguments)
{
    return milliseconds([&] {
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        process.start(QStringLiteral(DEWPOINT_PROGRAM), arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("dewpoint %s failed", qUtf8Printable(arguments.join(u' ')));
    });
}

}  // namespace

void benchSchema(Board& board, const QString& engine, const drivers::Target& target)
{
    const auto connection = connect(target);
    const auto floor = Floor::open(target);
    const QString size = u" of %1 tables"_s.arg(board.options().tables);
    board.compare(
        engine + u": catalog"_s + size,
        [&] {
            if (!catalog::inspect(*connection))
                qFatal("no catalog");
        },
        [&] {
            for (const QString& query : queriesOf(target.engine))
                floor->run(catalog::catalogQuery(query).toUtf8());
        },
        1.5);
    const schema::Database from = catalog::inspect(*connection).value();
    const schema::Database to = catalog::inspect(*connection).value();
    const auto rounds = [&](const Board::Work& work) {
        QList<double> times;
        for (int i = 0; i < board.options().rounds; ++i)
            times += milliseconds(work);
        return median(times);
    };
    if (board.wants(engine + u": diff"_s + size))
        board.limit(engine + u": diff"_s + size, rounds([&] {
                        if (!diff::compare(from, to).isEmpty())
                            qFatal("equal schemas differ");
                    }),
                    u"ms"_s, 5.0 * board.options().tables / 1000);
    if (board.wants(engine + u": diagram"_s + size))
        board.limit(engine + u": diagram"_s + size,
                    milliseconds([&] { (void)diagram::layoutDiagram(from, {}); }), u"ms"_s, 10'000);
}

void benchStart(Board& board)
{
    const auto start = [&](const QString& name, const QStringList& arguments, double goal) {
        if (!board.wants(name))
            return;
        QList<double> times;
        for (int i = 0; i < board.options().rounds; ++i)
            times += startOf(arguments);
        board.limit(name, median(times), u"ms"_s, goal);
    };
    start(u"start: --version"_s, {u"--version"_s}, 30);
    start(u"start: query without a display"_s, {u"query"_s, u":memory:"_s, u"SELECT 1"_s}, 30);
}

}  // namespace dewpoint::bench
