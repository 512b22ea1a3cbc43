// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/subset_rows.h"

#include "base/words.h"
#include "rows/query_writer.h"
#include "transfer/insert_order.h"
#include "transfer/keyed_rows.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

constexpr size_t valuesAtOnce = 500;
constexpr qint64 mostRows = 5'000'000;  ///< their keys are in memory

using Cells = std::vector<Value>;

Error withoutKeyError(const rows::Relation& relation)
{
    return {.kind = ErrorKind::Unsupported,
            .message = Words::tr("%1 has no key that tells its rows apart.").arg(relation.name),
            .hint = Words::tr("Give it a primary key first.")};
}

bool isPartition(const schema::Table& table)
{
    return !table.partitionBound.isEmpty();
}

/// The database's own keys come first in a relation, in the order of the table's constraints.
QList<const schema::Constraint*> foreignKeysOf(const schema::Table& table)
{
    QList<const schema::Constraint*> keys;
    for (const schema::Constraint& constraint : table.constraints) {
        if (constraint.kind == schema::ConstraintKind::ForeignKey)
            keys += &constraint;
    }
    return keys;
}

/// Columns that may be NULL while the row that they refer to is not there yet.
QStringList nullableColumns(const rows::Relation& relation, const QStringList& columns,
                            const schema::Constraint* constraint)
{
    QStringList nullable;
    const bool known =
        relation.keyKind == rows::KeyKind::PrimaryKey || relation.keyKind == rows::KeyKind::Unique;
    for (const QString& name : columns) {
        const int at = relation.indexOf(name);
        if (known && at >= 0 && relation.columns[at].nullable && !relation.columns[at].readOnly)
            nullable += name;
    }
    const bool all = constraint && constraint->match == u"FULL";
    return all && nullable.size() < columns.size() ? QStringList() : nullable;
}

class Collector final
{
public:
    Collector(drivers::Connection& connection, const Subset& subset, Progress& progress)
        : m_connection(connection), m_subset(subset), m_progress(progress)
    {}

    Result<SubsetRows> run()
    {
        const auto root = prepare();
        if (!root)
            return fail(root.error());
        if (auto done = takeRoots(*root); !done)
            return fail(done.error());
        for (int step = 0; step < m_subset.dependants && !m_frontier.empty(); ++step) {
            if (auto done = takeDependants(); !done)
                return fail(done.error());
        }
        m_frontier.clear();
        m_keepsFrontier = false;
        if (auto done = takeReferenced(); !done)
            return fail(done.error());
        return std::move(m_found);
    }

private:
    struct Row {
        size_t table = 0;
        Cells cells;
    };
    /// Values that refer to rows by these columns of a table.
    struct Wanted {
        QSet<QByteArray> seen;
        std::vector<rows::RowKey> values;  ///< not looked up yet
    };

    Result<size_t> prepare()
    {
        const schema::Database& database = *m_subset.database;
        auto root = static_cast<size_t>(database.tables.size());
        for (qsizetype i = 0; i < database.tables.size(); ++i) {
            const schema::Table& table = database.tables[i];
            m_found.tables.push_back({.relation = rows::relationIn(database, table, m_subset.notes)});
            if (table.schema == m_subset.relation.schema && table.name == m_subset.relation.name)
                root = static_cast<size_t>(i);
        }
        if (root == m_found.tables.size())
            return fail(ErrorKind::NotFound, Words::tr("There is no table %1.").arg(m_subset.relation.name));
        if (m_subset.relation.keyKind == rows::KeyKind::None)
            return fail(withoutKeyError(m_subset.relation));
        for (size_t i = 0; i < m_found.tables.size(); ++i)
            link(i);
        for (size_t i = 0; i < m_found.tables.size(); ++i)
            narrow(i);
        orderTables();
        return root;
    }

    void link(size_t index)
    {
        const schema::Database& database = *m_subset.database;
        SubsetTable& table = m_found.tables[index];
        const auto constraints = foreignKeysOf(database.tables[static_cast<qsizetype>(index)]);
        for (qsizetype i = 0; i < table.relation.foreignKeys.size(); ++i) {
            const rows::RelationForeignKey& key = table.relation.foreignKeys[i];
            const schema::Table* target = database.table(key.targetSchema, key.targetTable);
            // PostgreSQL keeps a key to a partitioned table once more for each partition.
            if (!target || key.columns.size() != key.targetColumns.size()
                || (isPartition(*target) && hasWiderKey(table.relation, key)))
                continue;
            const schema::Constraint* constraint = constraints.value(i, nullptr);
            table.links += {.columns = key.columns,
                            .target = static_cast<size_t>(target - database.tables.constData()),
                            .targetColumns = key.targetColumns,
                            .enforced = constraint != nullptr,
                            .deferrable = constraint && constraint->deferrable,
                            .nullable = nullableColumns(table.relation, key.columns, constraint)};
        }
    }

    bool hasWiderKey(const rows::Relation& relation, const rows::RelationForeignKey& key) const
    {
        return std::ranges::any_of(relation.foreignKeys, [&](const rows::RelationForeignKey& other) {
            const schema::Table* target = m_subset.database->table(other.targetSchema, other.targetTable);
            return other.columns == key.columns && target && !isPartition(*target);
        });
    }

    void narrow(size_t index)
    {
        SubsetTable& table = m_found.tables[index];
        QStringList wanted = table.relation.keyColumns;
        for (const SubsetLink& each : std::as_const(table.links))
            wanted += each.columns;
        for (const SubsetTable& other : m_found.tables) {
            for (const SubsetLink& each : other.links) {
                if (each.target != index)
                    continue;
                wanted += each.targetColumns;
                // What is referred to is told apart by just that.
                if (table.relation.keyKind == rows::KeyKind::None) {
                    table.relation.keyKind = rows::KeyKind::Unique;
                    table.relation.keyColumns = each.targetColumns;
                }
            }
        }
        table.narrow = table.relation;
        table.narrow.columns.removeIf(
            [&](const rows::RelationColumn& column) { return !wanted.contains(column.name); });
    }

    void orderTables()
    {
        std::vector<OrderEdge> edges;
        for (size_t i = 0; i < m_found.tables.size(); ++i) {
            for (const SubsetLink& each : std::as_const(m_found.tables[i].links)) {
                if (each.enforced)
                    edges.push_back({.from = i, .to = each.target});
            }
        }
        m_found.order = circlesOf(m_found.tables.size(), edges);
        m_circle.resize(m_found.tables.size());
        for (size_t i = 0; i < m_found.order.size(); ++i) {
            for (const size_t table : m_found.order[i])
                m_circle[table] = i;
        }
    }

    Result<> takeRoots(size_t root)
    {
        const auto keys = rootKeys();
        if (!keys)
            return fail(keys.error());
        const qsizetype width = m_found.tables[root].narrow.columns.size();
        m_keepsFrontier = m_subset.dependants > 0;
        rows::Relation narrowed = m_found.tables[root].narrow;
        return streamByKeys(m_connection, narrowed, *keys, [&](const rows::RowKey& key, Cells& row) {
            if (narrowed.hasHiddenKey())
                row.push_back(key.values.front());
            Q_ASSERT(std::ssize(row) >= width);
            return take(root, row);
        });
    }

    Result<std::vector<rows::RowKey>> rootKeys()
    {
        if (const auto* chosen = std::get_if<std::vector<rows::RowKey>>(&m_subset.rows))
            return *chosen;
        const rows::Query query =
            rows::QueryBuilder(m_subset.relation, std::get<rows::ViewSpec>(m_subset.rows)).keys();
        std::vector<rows::RowKey> keys;
        const auto read =
            m_connection.stream(query.sql, query.parameters, [&](const QList<ColumnInfo>&, Cells& row) {
                keys.push_back({.values = row});
                return std::ssize(keys) <= mostRows;
            });
        return read ? Result<std::vector<rows::RowKey>>(std::move(keys)) : fail(read.error());
    }

    /// A row's own columns come first, a hidden key last.
    static rows::RowKey valuesOf(const rows::Relation& relation, const QStringList& columns, const Cells& row)
    {
        rows::RowKey key;
        for (const QString& column : columns) {
            const int at = relation.indexOf(column);
            key.values.push_back(at < 0 ? row.back() : row[static_cast<size_t>(at)]);
        }
        return key;
    }

    static bool refers(const rows::RowKey& key) { return std::ranges::none_of(key.values, isNull); }

    Result<> take(size_t index, const Cells& row)
    {
        SubsetTable& table = m_found.tables[index];
        rows::RowKey key = valuesOf(table.narrow, table.narrow.keyColumns, row);
        const QByteArray name = encoded(key);
        if (table.places.contains(name))
            return {};
        if (m_found.rows >= mostRows)
            return fail(ErrorKind::Unsupported,
                        Words::tr("The rows refer to more than %1 others.").arg(mostRows),
                        Words::tr("Choose fewer rows, or export the tables one by one."));
        if (auto stop = checkStop(m_connection); !stop)
            return stop;
        const size_t place = table.keys.size();
        table.places.insert(name, place);
        table.keys.push_back(std::move(key));
        m_progress.rows = ++m_found.rows;
        for (qsizetype i = 0; i < table.links.size(); ++i)
            follow(index, place, i, row);
        tellPlace(index, place, row);
        if (m_keepsFrontier)
            m_frontier.push_back({.table = index, .cells = row});
        return {};
    }

    void follow(size_t index, size_t place, qsizetype number, const Cells& row)
    {
        const SubsetLink& each = m_found.tables[index].links[number];
        rows::RowKey values = valuesOf(m_found.tables[index].narrow, each.columns, row);
        if (!refers(values))
            return;
        if (each.enforced && m_circle[index] == m_circle[each.target])
            m_found.edges.push_back(
                {.table = index, .row = place, .link = number, .value = rows::labelKey(values.values)});
        Wanted& wanted = m_wanted[{each.target, each.targetColumns}];
        const QByteArray name = encoded(values);
        if (wanted.seen.contains(name))
            return;
        wanted.seen.insert(name);
        wanted.values.push_back(std::move(values));
    }

    /// Where rows of tables that refer to each other are found by what is referred to.
    void tellPlace(size_t index, size_t place, const Cells& row)
    {
        for (const size_t from : m_found.order[m_circle[index]]) {
            for (const SubsetLink& each : std::as_const(m_found.tables[from].links)) {
                if (each.enforced && each.target == index)
                    m_found.targets[{index, each.targetColumns}].insert(
                        rows::labelKey(
                            valuesOf(m_found.tables[index].narrow, each.targetColumns, row).values),
                        place);
            }
        }
    }

    Result<> takeDependants()
    {
        const std::vector<Row> frontier = std::exchange(m_frontier, {});
        for (size_t from = 0; from < m_found.tables.size(); ++from) {
            if (isPartition(m_subset.database->tables[static_cast<qsizetype>(from)]))
                continue;  // its rows are those of the partitioned table
            for (const SubsetLink& each : std::as_const(m_found.tables[from].links)) {
                std::vector<rows::RowKey> values;
                for (const Row& row : frontier) {
                    if (row.table == each.target)
                        values.push_back(
                            valuesOf(m_found.tables[row.table].narrow, each.targetColumns, row.cells));
                }
                std::erase_if(values, [](const rows::RowKey& key) { return !refers(key); });
                if (auto done = lookUp(from, each.columns, values, nullptr); !done)
                    return done;
            }
        }
        return {};
    }

    Result<> takeReferenced()
    {
        for (bool some = true; some;) {
            some = false;
            for (auto& [place, wanted] : m_wanted) {
                const std::vector<rows::RowKey> values = std::exchange(wanted.values, {});
                some = some || !values.empty();
                QSet<QByteArray> met;
                if (auto done = lookUp(place.first, place.second, values, &met); !done)
                    return done;
                for (const rows::RowKey& value : values)
                    m_found.missing += met.contains(rows::labelKey(value.values)) ? 0 : 1;
            }
        }
        return {};
    }

    /// Takes the rows that have one of these values in these columns.
    Result<> lookUp(size_t index, const QStringList& columns, std::span<const rows::RowKey> values,
                    QSet<QByteArray>* met)
    {
        const rows::Relation narrowed = m_found.tables[index].narrow;
        if (!values.empty() && narrowed.keyKind == rows::KeyKind::None)
            return fail(withoutKeyError(narrowed));
        rows::Relation by = narrowed;
        by.keyKind = rows::KeyKind::Unique;
        by.keyColumns = columns;
        while (!values.empty()) {
            const auto some = values.first(std::min(valuesAtOnce, values.size()));
            values = values.subspan(some.size());
            rows::QueryWriter writer(by);
            const QString condition = rows::keyIs(writer, by, {some.begin(), some.end()});
            writer.query.sql = u"SELECT %1 FROM %2 WHERE %3"_s.arg(rows::selectList(narrowed),
                                                                   narrowed.quotedName(), condition);
            Result<> taken;
            const auto read = m_connection.stream(
                writer.query.sql, writer.query.parameters, [&](const QList<ColumnInfo>&, Cells& row) {
                    if (met)
                        met->insert(rows::labelKey(valuesOf(narrowed, columns, row).values));
                    taken = take(index, row);
                    return taken.has_value();
                });
            if (!taken || !read)
                return taken ? read : taken;
        }
        return {};
    }

    drivers::Connection& m_connection;
    const Subset& m_subset;
    Progress& m_progress;
    SubsetRows m_found;
    std::vector<size_t> m_circle;
    std::map<std::pair<size_t, QStringList>, Wanted> m_wanted;
    std::vector<Row> m_frontier;
    bool m_keepsFrontier = false;
};

}  // namespace

Result<SubsetRows> collectSubset(drivers::Connection& connection, const Subset& subset, Progress& progress)
{
    return Collector(connection, subset, progress).run();
}

}  // namespace dewpoint::transfer
