// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "scenarios/compare_rows.h"

#include "base/words.h"
#include "scenarios/keep_rows.h"

#include <QTemporaryDir>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace dewpoint::scenarios {

namespace {

constexpr int mostShown = 200;  ///< rows of one kind and table

/// One table in both databases of one connection.
struct Pair {
    KeptTable table;
    QString before;  ///< quoted, with its schema
    QString now;
    QStringList columns;  ///< quoted, as they are stored
    QStringList key;      ///< the same; empty: a row is told by all of its values
};

QString joined(const QStringList& names, const QString& between,
               const std::function<QString(const QString&)>& write)
{
    QStringList parts;
    for (const QString& name : names)
        parts += write(name);
    return parts.join(between);
}

/// A view of a table without a key: each different row once, with how often it is there.
QString counted(const QString& table, const QStringList& columns)
{
    const QString row =
        joined(columns, u" || ',' || "_s, [](const QString& name) { return u"quote(%1)"_s.arg(name); });
    const QString values =
        joined(columns, u", "_s, [](const QString& name) { return u"min(%1) AS %1"_s.arg(name); });
    return u"(SELECT %1 AS dewpoint_row, count(*) AS dewpoint_times, %2 FROM %3 GROUP BY 1)"_s.arg(
        row, values, table);
}

class Comparison final
{
public:
    explicit Comparison(drivers::Connection& connection) : m_connection(connection) {}

    Result<ChangedTable> compare(const Pair& pair)
    {
        ChangedTable changed;
        changed.rows = {.schema = pair.table.schema,
                        .name = pair.table.name,
                        .keyKind = pair.table.keyKind,
                        .keyColumns = pair.table.keyColumns,
                        .columns = pair.table.columns};
        const auto done = pair.key.isEmpty() ? withoutKey(pair, changed) : byKey(pair, changed);
        return done ? Result<ChangedTable>(std::move(changed)) : fail(done.error());
    }

private:
    Result<> byKey(const Pair& pair, ChangedTable& changed)
    {
        const QString same =
            joined(pair.key, u" AND "_s, [](const QString& name) { return u"n.%1 = o.%1"_s.arg(name); });
        // Equal under the column's own collation or affinity is not the same value.
        const QString other = joined(pair.columns, u" OR "_s, [](const QString& name) {
            return u"n.%1 COLLATE BINARY IS NOT o.%1 OR typeof(n.%1) <> typeof(o.%1)"_s.arg(name);
        });
        const auto columnsOf = [&](const QString& side) {
            return joined(pair.columns, u", "_s, [&](const QString& name) { return side + u'.' + name; });
        };
        const QString made = u"FROM %1 AS n WHERE NOT EXISTS (SELECT 1 FROM %2 AS o WHERE %3)"_s.arg(
            pair.now, pair.before, same);
        const QString gone = u"FROM %1 AS o WHERE NOT EXISTS (SELECT 1 FROM %2 AS n WHERE %3)"_s.arg(
            pair.before, pair.now, same);
        const QString changes =
            u"FROM %1 AS n JOIN %2 AS o ON %3 WHERE %4"_s.arg(pair.now, pair.before, same, other);
        auto done = take(u"count(*)"_s, columnsOf(u"n"_s), made, changed.inserts, changed, Kind::Made);
        if (done)
            done = take(u"count(*)"_s, columnsOf(u"o"_s), gone, changed.deletes, changed, Kind::Gone);
        if (done)
            done = take(u"count(*)"_s, columnsOf(u"o"_s) + u", "_s + columnsOf(u"n"_s), changes,
                        changed.updates, changed, Kind::Changed);
        return done;
    }

    Result<> withoutKey(const Pair& pair, ChangedTable& changed)
    {
        const QString before = counted(pair.before, pair.columns);
        const QString now = counted(pair.now, pair.columns);
        const auto more = [](const QString& one, const QString& two) {
            return u"FROM %1 AS n LEFT JOIN %2 AS o ON n.dewpoint_row = o.dewpoint_row "
                   "WHERE n.dewpoint_times > coalesce(o.dewpoint_times, 0)"_s.arg(one, two);
        };
        const QString times = u"coalesce(sum(n.dewpoint_times - coalesce(o.dewpoint_times, 0)), 0)"_s;
        const QString columns =
            joined(pair.columns, u", "_s, [](const QString& name) { return u"n."_s + name; });
        auto done = take(times, columns, more(now, before), changed.inserts, changed, Kind::Made);
        if (done)
            done = take(times, columns, more(before, now), changed.deletes, changed, Kind::Gone);
        return done;
    }

    enum class Kind { Made, Gone, Changed };

    Result<> take(const QString& count, const QString& columns, const QString& from, qint64& number,
                  ChangedTable& changed, Kind kind)
    {
        const auto counted = m_connection.scalar(u"SELECT %1 %2"_s.arg(count, from));
        if (!counted)
            return fail(counted.error());
        number = displayText(*counted).toLongLong();
        if (number == 0)
            return {};
        return m_connection.stream(u"SELECT %1 %2 LIMIT %3"_s.arg(columns, from, QString::number(mostShown)),
                                   {}, [&](const QList<ColumnInfo>&, std::vector<Value>& row) {
                                       changed.rows.rows += changeOf(changed.rows, row, kind);
                                       return true;
                                   });
    }

    static rows::RowImage imageOf(const QStringList& columns, const std::vector<Value>& row, qsizetype first)
    {
        rows::RowImage image;
        for (qsizetype i = 0; i < columns.size(); ++i)
            image.emplace(columns[i], row[static_cast<size_t>(first + i)]);
        return image;
    }

    static rows::RowChange changeOf(const rows::TableChanges& table, const std::vector<Value>& row, Kind kind)
    {
        rows::RowChange change;
        if (kind != Kind::Made)
            change.before = imageOf(table.columns, row, 0);
        if (kind != Kind::Gone)
            change.after = imageOf(table.columns, row, kind == Kind::Changed ? table.columns.size() : 0);
        const rows::RowImage image = change.after.value_or(change.before.value_or(rows::RowImage()));
        for (const QString& name : table.keyColumns) {
            if (const auto value = image.find(name); value != image.end())
                change.key.values.push_back(value->second);
        }
        return change;
    }

    drivers::Connection& m_connection;
};

/// While it lives, the file is a second database of the connection.
class Attached final
{
public:
    static Result<Attached> attach(drivers::Connection& connection, const QString& file)
    {
        return connection.query(u"ATTACH DATABASE ? AS dewpoint_scenario"_s, {textValue(file)})
            .transform([&](const RowBatch&) { return Attached(connection); });
    }
    ~Attached()
    {
        if (!m_connection)
            return;
        const drivers::Sheltered cleanUp(*m_connection);
        (void)m_connection->query(u"DETACH DATABASE dewpoint_scenario"_s);
    }
    Attached(Attached&& other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}
    Attached& operator=(Attached&&) = delete;
    Attached(const Attached&) = delete;
    Attached& operator=(const Attached&) = delete;

private:
    explicit Attached(drivers::Connection& connection) : m_connection(&connection) {}
    drivers::Connection* m_connection;
};

Pair sqlitePair(const KeptTable& table)
{
    Pair pair{.table = table,
              .before = sql::quoted(u"dewpoint_scenario"_s, table.name),
              .now = sql::quoted(u"main"_s, table.name)};
    for (const QString& name : table.columns)
        pair.columns += sql::quoted(name);
    for (const QString& name : table.keyColumns)
        pair.key += table.keyKind == rows::KeyKind::RowId ? name : sql::quoted(name);
    return pair;
}

Pair keptPair(const KeptTable& table, qsizetype before, qsizetype now)
{
    Pair pair{.table = table,
              .before = sql::quoted(u"dewpoint_scenario"_s, keptTableName(before)),
              .now = sql::quoted(u"main"_s, keptTableName(now))};
    for (qsizetype i = 0; i < table.columns.size(); ++i)
        pair.columns += keptColumnName(i);
    for (const QString& name : table.keyColumns) {
        if (const qsizetype at = table.columns.indexOf(name); at >= 0)
            pair.key += keptColumnName(at);
    }
    return pair;
}

Result<> compareAll(drivers::Connection& connection, const QList<Pair>& pairs, Changes& changes)
{
    auto moment = drivers::Transaction::begin(connection);
    if (!moment)
        return fail(moment.error());
    Comparison comparison(connection);
    for (const Pair& pair : pairs) {
        if (pair.columns.isEmpty())
            continue;
        auto changed = comparison.compare(pair);
        if (!changed)
            return fail(changed.error());
        if (changed->total() > 0)
            changes.tables += *std::move(changed);
    }
    return moment->rollback();
}

/// Places of tables that are in both, with the same columns.
QList<Pair> pairsOf(const Scenario& before, const Scenario& now, Changes& changes)
{
    QList<Pair> pairs;
    for (qsizetype i = 0; i < before.tables.size(); ++i) {
        const qsizetype other = now.tables.indexOf(before.tables[i]);
        if (other < 0)
            changes.notCompared += before.tables[i].name;
        else
            pairs += before.engine == Engine::Sqlite ? sqlitePair(before.tables[i])
                                                     : keptPair(before.tables[i], i, other);
    }
    return pairs;
}

}  // namespace

Result<Changes> changesSince(drivers::Connection& connection, const Scenario& scenario, const QString& file,
                             transfer::Progress& progress)
{
    Changes changes;
    if (connection.engine() == Engine::Sqlite) {
        const auto now = describeNow(connection);
        if (!now)
            return fail(now.error());
        changes.structure = differences(scenario.structure, now->structure);
        const auto attached = Attached::attach(connection, file);
        if (!attached)
            return fail(attached.error());
        const auto done = compareAll(connection, pairsOf(scenario, *now, changes), changes);
        return done ? Result<Changes>(std::move(changes)) : fail(done.error());
    }
    const QTemporaryDir folder;
    if (!folder.isValid())
        return fail(ErrorKind::File,
                    Words::tr("%1 could not be written: %2").arg(folder.path(), folder.errorString()));
    const QString path = folder.filePath(u"now.sqlite"_s);
    const auto now = keepRows(connection, path, progress);
    if (!now)
        return fail(now.error());
    changes.structure = differences(scenario.structure, now->structure);
    const auto kept = drivers::Connection::open({.location = path}, connection.stopAsked());
    if (!kept)
        return fail(kept.error());
    const auto attached = Attached::attach(**kept, file);
    if (!attached)
        return fail(attached.error());
    const auto done = compareAll(**kept, pairsOf(scenario, *now, changes), changes);
    return done ? Result<Changes>(std::move(changes)) : fail(done.error());
}

}  // namespace dewpoint::scenarios
