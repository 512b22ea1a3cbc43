// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rows_bench.h"

#include "catalog/inspect.h"
#include "data.h"
#include "floor.h"
#include "items/table_model.h"
#include "rows/paged_rows.h"

#include <QEventLoop>
#include <QLocale>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

constexpr int pageRows = items::TableModel::pageRows;
constexpr int jumps = 1000;

class RowsBench final
{
public:
    RowsBench(Board& board, QString engine, drivers::Target target, const Events& events)
        : m_board(board)
        , m_engine(std::move(engine))
        , m_target(std::move(target))
        , m_events(events)
        , m_connection(connect(m_target))
        , m_floor(Floor::open(m_target))
    {
        const auto database = catalog::inspect(*m_connection);
        for (const schema::Table& table : database->tables) {
            if (table.name == m_events.table)
                m_relation = rows::relationOf(table, m_target.engine);
        }
    }

    /// What has to cost the same whatever the size.
    void run()
    {
        open();
        jumpsAnywhere();
    }
    /// What cannot.
    void runWhole()
    {
        anywhereAtOnce();
        sorted();
        sortedAnywhere();
        filtered();
        counted();
    }

private:
    QString name(const char* what) const
    {
        return u"%1, %2 rows: %3"_s.arg(m_engine, QLocale(QLocale::English).toString(m_events.rows),
                                        QLatin1String(what));
    }
    QByteArray from() const { return " FROM " + m_events.table.toLatin1() + ' '; }
    QByteArray page(const QByteArray& rest) const
    {
        return "SELECT *" + from() + rest + " LIMIT " + QByteArray::number(pageRows);
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
                must(fresh.page(*m_connection, m_events.rows - pageRows, pageRows));
            },
            [&] { m_floor->run(page("ORDER BY id DESC")); }, 3.0);
        const double anchors = milliseconds([&] { scan(source); });
        const double count = milliseconds([&] { m_floor->run("SELECT count(*)" + from()); });
        m_board.ratio(name("all anchors and the exact count"), anchors, count, 1.0);
        auto* random = QRandomGenerator::system();
        QList<double> own;
        QList<double> least;
        for (int i = 0; i < jumps; ++i) {
            const qint64 position = random->bounded(m_events.rows - pageRows);
            least += milliseconds(
                [&] { m_floor->run(page("WHERE id > " + QByteArray::number(position) + " ORDER BY id")); });
            own += milliseconds([&] { at(position); });
        }
        m_board.ratio(name("any row, median of 1000 jumps"), median(own), median(least), 1.5);
        m_board.ratio(name("any row, p95 of 1000 jumps"), percentile(own, 0.95), median(least), 3.0);
        m_board.compare(
            name("scroll through 1000 pages"),
            [&] {
                for (qint64 i = 0; i < 1000 && i * pageRows < m_events.rows; ++i)
                    at(i * pageRows);
            },
            [&] {
                for (qint64 i = 0; i < 1000 && i * pageRows < m_events.rows; ++i)
                    m_floor->run(page("WHERE id > " + QByteArray::number(i * pageRows) + " ORDER BY id"));
            },
            1.5);
    }

    /// Before the anchors are there: what others do for every page.
    void anywhereAtOnce()
    {
        const qint64 position = m_events.rows / 10 * 9;
        m_board.compare(
            name("a page in the middle, at once"),
            [&] {
                rows::PagedRows fresh(m_relation, {});
                must(fresh.estimate(*m_connection));
                must(fresh.page(*m_connection, position, pageRows));
            },
            [&] { m_floor->run(page("ORDER BY id") + " OFFSET " + QByteArray::number(position)); }, 1.1);
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

    /// Once the list of keys is made, which has its bounds: then any page of the sorted view.
    void sortedAnywhere()
    {
        const QString row = name("sorted view, any row, median of 1000 jumps");
        if (!m_board.wants(row))
            return;
        rows::PagedRows source(m_relation, {.sorts = {{u"amount"_s, false}}});
        must(source.estimate(*m_connection));
        must(source.page(*m_connection, 0, pageRows));
        scan(source);
        auto* random = QRandomGenerator::system();
        QList<double> own;
        QList<double> least;
        for (int i = 0; i < jumps; ++i) {
            const qint64 position = random->bounded(m_events.rows - pageRows);
            least += milliseconds(
                [&] { m_floor->run(page("WHERE id > " + QByteArray::number(position) + " ORDER BY id")); });
            own += milliseconds([&] { must(source.page(*m_connection, position, pageRows)); });
        }
        m_board.ratio(row, median(own), median(least), 3.0);
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
            [&] { m_floor->run("SELECT count(*)" + from() + where); }, 1.1);
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
            [&] { m_floor->run("SELECT count(*)" + from() + "WHERE user_id < 50000"); }, 1.5);
    }

    Board& m_board;
    QString m_engine;
    drivers::Target m_target;
    Events m_events;
    std::unique_ptr<drivers::Connection> m_connection;
    std::unique_ptr<Floor> m_floor;
    rows::Relation m_relation;
};

}  // namespace

void benchRows(Board& board, const QString& engine, const drivers::Target& target, const QList<Events>& sizes)
{
    for (const Events& events : sizes)
        RowsBench(board, engine, target, events).run();
    RowsBench(board, engine, target, sizes.first()).runWhole();
}

}  // namespace dewpoint::bench
