// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rows_bench.h"

#include "catalog/inspect.h"
#include "data.h"
#include "floor.h"
#include "items/table_model.h"
#include "rows/paged_rows.h"

#include <QEventLoop>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

constexpr int pageRows = items::TableModel::pageRows;
constexpr int jumps = 1000;

class RowsBench final
{
public:
    RowsBench(Board& board, QString engine, drivers::Target target)
        : m_board(board)
        , m_engine(std::move(engine))
        , m_target(std::move(target))
        , m_connection(connect(m_target))
        , m_floor(Floor::open(m_target))
    {
        const auto database = catalog::inspect(*m_connection);
        for (const schema::Table& table : database->tables) {
            if (table.name == u"events")
                m_relation = rows::relationOf(table, m_target.engine);
        }
    }

    void run()
    {
        open();
        jumpsAnywhere();
        sorted();
        filtered();
        counted();
        memory();
    }

private:
    QString name(const char* what) const { return m_engine + u": "_s + QString::fromLatin1(what); }
    QByteArray page(const QByteArray& rest) const
    {
        return "SELECT * FROM events " + rest + " LIMIT " + QByteArray::number(pageRows);
    }
    static void must(const auto& result)
    {
        if (!result)
            qFatal("%s", qUtf8Printable(result.error().oneLine()));
    }
    void scan(rows::PagedRows& source)
    {
        for (bool done = false; !done;) {
            const auto slice = source.advance(*m_connection, {});
            must(slice);
            done = *slice;
        }
    }

    void open()
    {
        // What is opened is closed outside the clock, as a window stays open.
        struct Window {
            runtime::Session session;
            items::TableModel model;
            Window(const drivers::Target& target, const rows::Relation& relation)
                : session(target), model(session, relation)
            {}
        };
        std::vector<std::unique_ptr<Window>> windows;
        const auto ours = [&] {
            windows.push_back(std::make_unique<Window>(m_target, m_relation));
            const items::TableModel& model = windows.back()->model;
            QEventLoop loop;
            QObject::connect(&model, &items::TableModel::phaseChanged, &loop, &QEventLoop::quit);
            while (model.phase() != items::TableModel::Phase::Ready)
                loop.exec();
        };
        m_board.compare(
            name("open, first rows in the model"), ours,
            [this] { Floor::open(m_target)->run(page("ORDER BY id")); }, 2.0);
    }

    void jumpsAnywhere()
    {
        rows::PagedRows source(m_relation, {});
        const auto at = [&](qint64 position) { must(source.page(*m_connection, position, pageRows)); };
        must(source.estimate(*m_connection));
        m_board.compare(
            name("last row, at once"),
            [&] {
                rows::PagedRows fresh(m_relation, {});
                must(fresh.estimate(*m_connection));
                must(fresh.page(*m_connection, m_board.options().rows - pageRows, pageRows));
            },
            [&] { m_floor->run(page("ORDER BY id DESC")); }, 3.0);
        const double anchors = milliseconds([&] { scan(source); });
        const double count = milliseconds([&] { m_floor->run("SELECT count(*) FROM events"); });
        m_board.ratio(name("all anchors and the exact count"), anchors, count, 1.5);
        auto* random = QRandomGenerator::system();
        QList<double> own;
        QList<double> least;
        for (int i = 0; i < jumps; ++i) {
            const qint64 position = random->bounded(m_board.options().rows - pageRows);
            least += milliseconds(
                [&] { m_floor->run(page("WHERE id > " + QByteArray::number(position) + " ORDER BY id")); });
            own += milliseconds([&] { at(position); });
        }
        m_board.ratio(name("any row, median of 1000 jumps"), median(own), median(least), 1.5);
        m_board.ratio(name("any row, p95 of 1000 jumps"), percentile(own, 0.95), median(least), 3.0);
        m_board.compare(
            name("scroll through 1000 pages"),
            [&] {
                for (qint64 i = 0; i < 1000 && i * pageRows < m_board.options().rows; ++i)
                    at(i * pageRows);
            },
            [&] {
                for (qint64 i = 0; i < 1000 && i * pageRows < m_board.options().rows; ++i)
                    m_floor->run(page("WHERE id > " + QByteArray::number(i * pageRows) + " ORDER BY id"));
            },
            1.5);
    }

    void sorted()
    {
        const rows::ViewSpec spec{.sorts = {{u"amount"_s, false}}};
        m_board.compare(
            name("sort by an unindexed column, first rows"),
            [&] {
                rows::PagedRows source(m_relation, spec);
                must(source.page(*m_connection, 0, pageRows));
            },
            [&] { m_floor->run(page("ORDER BY amount, id")); }, 1.1);
    }

    void filtered()
    {
        const rows::ViewSpec spec{
            .filters = {{.column = u"note"_s, .op = rows::FilterOperator::Contains, .value = u"99998"_s}}};
        const QByteArray where =
            m_target.engine == Engine::Sqlite ? "WHERE note LIKE '%99998%'" : "WHERE note ILIKE '%99998%'";
        m_board.compare(
            name("filter contains, first rows"),
            [&] {
                rows::PagedRows source(m_relation, spec);
                must(source.page(*m_connection, 0, pageRows));
            },
            [&] { m_floor->run(page(where + " ORDER BY id")); }, 1.1);
        m_board.compare(
            name("filter contains, all counted"),
            [&] {
                rows::PagedRows source(m_relation, spec);
                must(source.page(*m_connection, 0, pageRows));
                scan(source);
            },
            [&] { m_floor->run("SELECT count(*) FROM events " + where); }, 2.0);
    }

    void counted()
    {
        m_board.compare(
            name("exact count of a filtered view"),
            [&] {
                rows::PagedRows source(m_relation, {.conditions = {{u"user_id < 50000"_s}}});
                must(source.page(*m_connection, 0, pageRows));
                for (bool done = false; !done && !source.total().exact;)
                    done = source.advance(*m_connection, {}).value_or(true);
            },
            [&] { m_floor->run("SELECT count(*) FROM events WHERE user_id < 50000"); }, 1.5);
    }

    /// A grid that has been everywhere: anchors complete, the page cache full.
    void memory()
    {
        if (!m_board.wants(name("memory of a visited table")))
            return;
        const double before = residentMiB();
        runtime::Session session(m_target);
        items::TableModel model(session, m_relation);
        QEventLoop loop;
        QObject::connect(&model, &items::TableModel::totalChanged, &loop, &QEventLoop::quit);
        while (!model.total().exact)
            loop.exec();
        QObject::connect(&model, &items::TableModel::dataChanged, &loop, &QEventLoop::quit);
        for (int i = 0; i < jumps; ++i) {
            const int row = static_cast<int>(i * (m_board.options().rows / jumps));
            while (model.index(row, 0).data().toString().isEmpty())
                loop.exec();
        }
        m_board.limit(name("memory of a visited table"), residentMiB() - before, u"MiB"_s, 64);
    }

    Board& m_board;
    QString m_engine;
    drivers::Target m_target;
    std::unique_ptr<drivers::Connection> m_connection;
    std::unique_ptr<Floor> m_floor;
    rows::Relation m_relation;
};

}  // namespace

void benchRows(Board& board, const QString& engine, const drivers::Target& target)
{
    RowsBench(board, engine, target).run();
}

}  // namespace dewpoint::bench
