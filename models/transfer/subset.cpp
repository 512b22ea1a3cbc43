// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/subset.h"

#include "base/words.h"
#include "rows/change_script.h"
#include "transfer/insert_order.h"
#include "transfer/keyed_rows.h"
#include "transfer/subset_rows.h"
#include "transfer/whole_file.h"

#include <algorithm>
#include <numeric>
#include <ranges>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

/// A row of the subset: its table, and its place among that table's keys.
struct Place {
    size_t table = 0;
    size_t row = 0;
    auto operator<=>(const Place&) const = default;
};

/// All rows in the order of the script, and what has to be done about circles.
struct Plan {
    std::vector<Place> places;
    std::map<Place, QList<qsizetype>> later;  ///< links that are NULL at first, and filled by an UPDATE
    bool defers = false;
};

bool isLess(const Value& left, const Value& right, const rows::RelationColumn* column)
{
    const auto* one = std::get_if<Text>(&left);
    const auto* two = std::get_if<Text>(&right);
    if (one && two && column && column->family == rows::ColumnFamily::Integer)
        return one->utf8.toLongLong() < two->utf8.toLongLong();
    if (one && two)
        return one->utf8 < two->utf8;
    if (left.index() != right.index())
        return left.index() < right.index();
    if (const auto* number = std::get_if<qint64>(&left))
        return *number < std::get<qint64>(right);
    if (const auto* number = std::get_if<double>(&left))
        return *number < std::get<double>(right);
    const auto* bytes = std::get_if<Blob>(&left);
    return bytes && bytes->bytes < std::get<Blob>(right).bytes;
}

/// By key, so that the same rows give the same script.
std::vector<size_t> sortedRows(const SubsetTable& table)
{
    std::vector<const rows::RelationColumn*> columns;
    for (const QString& name : table.relation.keyColumns) {
        const int at = table.relation.indexOf(name);
        columns.push_back(at < 0 ? nullptr : &table.relation.columns[at]);
    }
    std::vector<size_t> order(table.keys.size());
    std::ranges::iota(order, size_t{0});
    std::ranges::stable_sort(order, [&](size_t left, size_t right) {
        const auto& one = table.keys[left].values;
        const auto& two = table.keys[right].values;
        for (size_t i = 0; i < columns.size(); ++i) {
            if (isLess(one[i], two[i], columns[i]))
                return true;
            if (isLess(two[i], one[i], columns[i]))
                return false;
        }
        return false;
    });
    return order;
}

class Planner final
{
public:
    Planner(const SubsetRows& rows, Engine engine) : m_rows(rows), m_engine(engine) {}

    Result<Plan> run()
    {
        for (const auto& edge : m_rows.edges)
            m_edges[edge.table].push_back(&edge);
        for (const auto& circle : m_rows.order) {
            if (auto done = addCircle(circle); !done)
                return fail(done.error());
        }
        return std::move(m_plan);
    }

private:
    Result<> addCircle(const std::vector<size_t>& circle)
    {
        std::vector<Place> places;
        std::map<Place, size_t> nodes;
        const bool ordered =
            std::ranges::any_of(circle, [&](size_t table) { return m_edges.contains(table); });
        for (const size_t table : circle) {
            for (const size_t row : sortedRows(m_rows.tables[table])) {
                if (ordered)
                    nodes[{table, row}] = places.size();
                places.push_back({table, row});
            }
        }
        if (!ordered) {
            m_plan.places.insert(m_plan.places.end(), places.begin(), places.end());
            return {};
        }
        std::vector<OrderEdge> edges;
        std::vector<const SubsetEdge*> meant;
        for (const size_t table : circle)
            addEdges(table, nodes, edges, meant);
        const auto order = insertOrder(places.size(), edges);
        if (!order)
            return fail(circleError(circle));
        for (const size_t node : order->order)
            m_plan.places.push_back(places[node]);
        for (const size_t edge : order->broken)
            bend(*meant[edge]);
        return {};
    }

    void addEdges(size_t table, const std::map<Place, size_t>& nodes, std::vector<OrderEdge>& edges,
                  std::vector<const SubsetEdge*>& meant) const
    {
        const auto own = m_edges.find(table);
        if (own == m_edges.end())
            return;
        for (const SubsetEdge* edge : own->second) {
            const SubsetLink& link = linkOf(*edge);
            const auto targets = m_rows.targets.find({link.target, link.targetColumns});
            if (targets == m_rows.targets.end())
                continue;
            const auto row = targets->second.constFind(edge->value);
            if (row == targets->second.cend())
                continue;  // it refers to nothing
            edges.push_back({.from = nodes.at({table, edge->row}),
                             .to = nodes.at({link.target, *row}),
                             .soft = canDefer(link) || !link.nullable.isEmpty()});
            meant.push_back(edge);
        }
    }

    const SubsetLink& linkOf(const SubsetEdge& edge) const
    {
        return m_rows.tables[edge.table].links[edge.link];
    }

    /// SQLite defers whatever it is told to (PRAGMA defer_foreign_keys).
    bool canDefer(const SubsetLink& link) const { return m_engine == Engine::Sqlite || link.deferrable; }

    void bend(const SubsetEdge& edge)
    {
        if (canDefer(linkOf(edge)))
            m_plan.defers = true;
        else
            m_plan.later[{edge.table, edge.row}] += edge.link;
    }

    Error circleError(const std::vector<size_t>& circle) const
    {
        QStringList names;
        for (const size_t table : circle)
            names += m_rows.tables[table].relation.name;
        return {.kind = ErrorKind::Unsupported,
                .message =
                    Words::tr("Rows of %1 refer to each other in a circle that no order of INSERTs can make.")
                        .arg(names.join(u", "_s)),
                .hint =
                    Words::tr("Make one of the foreign keys deferrable, or one of its columns nullable.")};
    }

    const SubsetRows& m_rows;
    Engine m_engine;
    std::map<size_t, std::vector<const SubsetEdge*>> m_edges;
    Plan m_plan;
};

class ScriptWriter final
{
public:
    ScriptWriter(drivers::Connection& connection, const SubsetRows& rows, const Plan& plan,
                 const ByteSink& sink)
        : m_connection(connection), m_rows(rows), m_plan(plan), m_sink(sink)
    {}

    Result<> run(const QString& title)
    {
        QString head = title + u"BEGIN;\n"_s;
        if (m_plan.defers)
            head +=
                isPostgres() ? u"SET CONSTRAINTS ALL DEFERRED;\n"_s : u"PRAGMA defer_foreign_keys = ON;\n"_s;
        if (auto done = put(head); !done)
            return done;
        for (size_t at = 0; at < m_plan.places.size();) {
            const size_t table = m_plan.places[at].table;
            std::vector<rows::RowKey> keys;
            const size_t first = at;
            for (; at < m_plan.places.size() && m_plan.places[at].table == table; ++at)
                keys.push_back(m_rows.tables[table].keys[m_plan.places[at].row]);
            if (auto done = putRows(table, first, keys); !done)
                return done;
        }
        return put(m_updates + numbering() + u"COMMIT;\n"_s);
    }

private:
    bool isPostgres() const { return m_connection.engine() == Engine::Postgres; }

    Result<> put(const QString& text)
    {
        if (m_sink(text.toUtf8()))
            return {};
        return fail(ErrorKind::File, Words::tr("The output could not be written."));
    }

    Result<> putRows(size_t table, size_t first, const std::vector<rows::RowKey>& keys)
    {
        const rows::Relation& relation = m_rows.tables[table].relation;
        const auto writer = RowWriter::make(
            Format::Sql, optionsFor(ChosenRows{.relation = relation, .keys = {}}, relation.engine), m_sink);
        QList<OutColumn> columns;
        for (const rows::RelationColumn& column : relation.columns)
            columns += outColumnOf(column, relation.engine);
        if (auto begun = writer->begin(columns); !begun)
            return begun;
        size_t at = first;
        const auto done = streamByKeys(m_connection, relation, keys,
                                       [&](const rows::RowKey& key, std::vector<Value>& row) -> Result<> {
                                           if (auto stop = checkStop(m_connection); !stop)
                                               return stop;
                                           empty(m_plan.places[at++], key, row);
                                           return writer->row(row);
                                       });
        return done ? writer->end() : done;
    }

    /// What refers to a row further down is NULL for now.
    void empty(const Place& place, const rows::RowKey& key, std::vector<Value>& row)
    {
        const auto later = m_plan.later.find(place);
        if (later == m_plan.later.end())
            return;
        const SubsetTable& table = m_rows.tables[place.table];
        QStringList sets;
        for (const qsizetype link : later->second) {
            for (const QString& column : table.links[link].nullable) {
                Value& cell = row[static_cast<size_t>(table.relation.indexOf(column))];
                if (isNull(cell))
                    continue;
                sets += sql::quoted(column) + u" = "_s + sql::literal(cell, table.relation.engine);
                cell = Null{};
            }
        }
        QStringList where;
        for (qsizetype i = 0; i < table.relation.keyColumns.size(); ++i)
            where += sql::quoted(table.relation.keyColumns[i]) + u" = "_s
                     + sql::literal(key.values[static_cast<size_t>(i)], table.relation.engine);
        if (!sets.isEmpty())
            m_updates += u"UPDATE %1 SET %2 WHERE %3;\n"_s.arg(table.relation.quotedName(),
                                                               sets.join(u", "_s), where.join(u" AND "_s));
    }

    QString numbering() const
    {
        QString text;
        for (const SubsetTable& table : m_rows.tables) {
            if (table.keys.empty())
                continue;
            for (const QString& statement : rows::numberingOf(table.relation))
                text += statement + u'\n';
        }
        return text;
    }

    drivers::Connection& m_connection;
    const SubsetRows& m_rows;
    const Plan& m_plan;
    const ByteSink& m_sink;
    QString m_updates;
};

QString titleOf(const SubsetReport& report)
{
    QStringList tables;
    for (const SubsetReport::Table& table : report.tables)
        tables += u"%1 %2"_s.arg(QString::number(table.rows), table.name.simplified());
    return u"-- Rows with what they refer to: %1.\n"_s.arg(tables.join(u", "_s));
}

SubsetReport reportOf(const SubsetRows& rows)
{
    SubsetReport report{.rows = rows.rows, .missing = rows.missing};
    for (const auto& circle : rows.order) {
        for (const size_t table : circle) {
            if (const auto count = static_cast<qint64>(rows.tables[table].keys.size()); count > 0)
                report.tables += {rows.tables[table].relation.name, count};
        }
    }
    return report;
}

}  // namespace

Result<SubsetReport> exportSubset(drivers::Connection& connection, const Subset& subset, const ByteSink& sink,
                                  Progress& progress)
{
    auto moment = drivers::Transaction::begin(connection, connection.engine() == Engine::Postgres
                                                              ? u"BEGIN ISOLATION LEVEL REPEATABLE READ"_s
                                                              : u"BEGIN"_s);
    if (!moment)
        return fail(moment.error());
    const auto rows = collectSubset(connection, subset, progress);
    if (!rows)
        return fail(rows.error());
    const auto plan = Planner(*rows, connection.engine()).run();
    if (!plan)
        return fail(plan.error());
    SubsetReport report = reportOf(*rows);
    const ByteSink counted = [&](const QByteArray& bytes) {
        progress.bytes += bytes.size();
        return sink(bytes);
    };
    if (auto done = ScriptWriter(connection, *rows, *plan, counted).run(titleOf(report)); !done)
        return fail(done.error());
    report.bytes = progress.bytes;
    if (auto ended = moment->rollback(); !ended)
        return fail(ended.error());
    return report;
}

Result<SubsetReport> exportSubset(drivers::Connection& connection, const Subset& subset, const QString& path,
                                  Progress& progress)
{
    SubsetReport report;
    const auto done = writeWholeFile(path, [&](const ByteSink& sink) -> Result<> {
        const auto written = exportSubset(connection, subset, sink, progress);
        if (!written)
            return fail(written.error());
        report = *written;
        return {};
    });
    return done ? Result<SubsetReport>(std::move(report)) : fail(done.error());
}

}  // namespace dewpoint::transfer
