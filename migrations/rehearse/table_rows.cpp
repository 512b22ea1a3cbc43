// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/table_rows.h"

#include "change/words.h"
#include "rehearse/table_digest.h"

#include <QMap>

#include <algorithm>

namespace dewpoint::rehearse {

namespace {

constexpr qsizetype keptCellBytes = 4096;
constexpr qint64 sortedRows = 200'000;  ///< up to here the first rows shown are those of the lowest keys

Value cut(const Value& value)
{
    if (const auto* text = std::get_if<Text>(&value); text && text->utf8.size() > keptCellBytes)
        return Text{text->utf8.first(keptCellBytes)};
    if (const auto* blob = std::get_if<Blob>(&value); blob && blob->bytes.size() > keptCellBytes)
        return Blob{blob->bytes.first(keptCellBytes)};
    return value;
}

bool sameShape(const schema::Table& before, const schema::Table& after)
{
    const auto shape = [](const schema::Table& table) {
        QMap<QString, QString> types;
        for (const schema::Column& column : table.columns)
            types.insert(column.name, column.type);
        return types;
    };
    return shape(before) == shape(after);
}

/// None where it cannot be counted: reading the rows then says why.
qint64 rowCount(drivers::Connection& connection, const schema::Table& table)
{
    const auto count =
        connection.scalar(QStringLiteral("SELECT count(*) FROM ") + source(table, connection.engine()));
    return count ? displayText(*count).toLongLong() : 0;
}

}  // namespace

QString TableRows::title() const
{
    return change::called(schema, name);
}

/// One table in one database, read as the columns of both.
struct RowComparison::Side {
    drivers::Connection& connection;
    const schema::Table& table;
    QList<int> place;  ///< for each column of both, where it is here; -1 where it is not
    QList<int> key;    ///< places among the columns of both; empty: all
    qint64 rows = 0;
    QString query;

    Side(drivers::Connection& opened, const schema::Table& described, const QStringList& columns,
         const QStringList& keyColumns)
        : connection(opened), table(described)
    {
        const QStringList own = columnNames(table);
        for (const QString& column : columns)
            place << static_cast<int>(own.indexOf(column));
        for (const QString& column : keyColumns)
            key << static_cast<int>(columns.indexOf(column));
        rows = rowCount(connection, table);
        query = QStringLiteral("SELECT %1 FROM %2")
                    .arg(own.isEmpty() ? QStringLiteral("1") : quotedList(own),
                         source(table, connection.engine()));
        if (!keyColumns.isEmpty() && rows <= sortedRows)
            query += QStringLiteral(" ORDER BY ") + quotedList(keyColumns);
    }

    const Value& at(const std::vector<Value>& row, qsizetype column) const
    {
        static const Value nothing = Null{};
        return place[column] < 0 ? nothing : row[static_cast<size_t>(place[column])];
    }
    std::vector<Value> shown(const std::vector<Value>& row) const
    {
        std::vector<Value> cells;
        cells.reserve(static_cast<size_t>(place.size()));
        for (qsizetype i = 0; i < place.size(); ++i)
            cells.push_back(cut(at(row, i)));
        return cells;
    }
    Seen seen(const std::vector<Value>& row) const;
    void count(const std::vector<Value>& row, QList<ColumnValues>& values, const Side& other) const
    {
        qsizetype next = 0;
        for (qsizetype i = 0; i < place.size(); ++i) {
            if (place[i] < 0 || other.place[i] >= 0)
                continue;
            if (next == values.size())
                values.append({.column = table.columns[place[i]].name});
            values[next++].values += isNull(at(row, i)) ? 0 : 1;
        }
    }
};

struct RowComparison::Seen {
    Digest key{};
    Digest row{};
    bool found = false;
};

RowComparison::Seen RowComparison::Side::seen(const std::vector<Value>& row) const
{
    RowHash whole;
    for (qsizetype i = 0; i < place.size(); ++i)
        whole.add(at(row, i));
    const Digest all = whole.result();
    if (key.isEmpty())
        return {.key = all, .row = all};
    RowHash part;
    for (const int column : key)
        part.add(at(row, column));
    return {.key = part.result(), .row = all};
}

Result<> RowComparison::wholeTable(Side& side, TableRows& rows, bool isGone)
{
    (isGone ? rows.before : rows.after) = side.rows;
    (isGone ? rows.removed : rows.added) = side.rows;
    return side.connection.stream(side.query, {}, [&](const auto&, std::vector<Value>& row) {
        if (rows.shown.size() >= m_shown)
            return false;
        rows.shown.append(isGone ? RowDifference{.before = side.shown(row), .after = {}}
                                 : RowDifference{.before = {}, .after = side.shown(row)});
        return rows.shown.size() < m_shown;
    });
}

/// The rows that are gone are known by their digests alone, until the table is read once more.
Result<> RowComparison::fetchMissing(Side& before, TableRows& rows, const std::vector<Seen>& missing)
{
    qsizetype left = std::min<qsizetype>(static_cast<qsizetype>(missing.size()), m_shown - rows.shown.size());
    if (left <= 0)
        return {};
    return before.connection.stream(before.query, {}, [&](const auto&, std::vector<Value>& row) {
        if (!std::ranges::binary_search(missing, before.seen(row).key, {}, &Seen::key))
            return true;
        rows.shown.append({.before = before.shown(row), .after = {}});
        return --left > 0;
    });
}

Result<> RowComparison::takeBefore(Side& before, TableRows& rows,
                                   const std::function<bool(const Seen&)>& mine, std::vector<Seen>& seen)
{
    auto read = before.connection.stream(before.query, {}, [&](const auto&, std::vector<Value>& row) {
        const Seen one = before.seen(row);
        if (mine(one))
            seen.push_back(one);
        return true;
    });
    std::ranges::sort(seen, {}, &Seen::key);
    rows.before += static_cast<qint64>(seen.size());
    return read;
}

Result<> RowComparison::pass(Side& before, Side& after, TableRows& rows, qint64 number, qint64 passes)
{
    const auto mine = [=](const Seen& one) {
        return static_cast<qint64>(one.key[0] % static_cast<quint64>(passes)) == number;
    };
    std::vector<Seen> seen;
    seen.reserve(static_cast<size_t>(before.rows / passes) + 16);
    if (auto read = takeBefore(before, rows, mine, seen); !read)
        return read;
    std::vector<std::pair<Seen, qsizetype>> wanted;  // changed rows whose old values are to be shown
    auto read = after.connection.stream(after.query, {}, [&](const auto&, std::vector<Value>& row) {
        const Seen one = after.seen(row);
        if (!mine(one))
            return true;
        ++rows.after;
        after.count(row, rows.gained, before);
        const auto candidates = std::ranges::equal_range(seen, one.key, {}, &Seen::key);
        const auto end = candidates.end();
        const auto known = std::ranges::find(candidates, false, &Seen::found);
        const bool isNew = known == end;
        if (!isNew)
            known->found = true;
        if (!isNew && known->row == one.row)
            return true;
        ++(isNew ? rows.added : rows.changed);
        if (rows.shown.size() < m_shown) {
            if (!isNew)
                wanted.emplace_back(one, rows.shown.size());
            rows.shown.append({.before = {}, .after = after.shown(row)});
        }
        return true;
    });
    if (!read)
        return read;
    std::erase_if(seen, &Seen::found);
    rows.removed += static_cast<qint64>(seen.size());
    std::ranges::sort(wanted, {}, [](const auto& one) { return one.first.key; });
    auto left = wanted.size();
    if (left > 0) {
        read = before.connection.stream(before.query, {}, [&](const auto&, std::vector<Value>& row) {
            const Digest key = before.seen(row).key;
            const auto found =
                std::ranges::lower_bound(wanted, key, {}, [](const auto& one) { return one.first.key; });
            if (found == wanted.end() || found->first.key != key)
                return true;
            rows.shown[found->second].before = before.shown(row);
            return --left > 0;
        });
    }
    return read ? fetchMissing(before, rows, seen) : read;
}

/// What is gone is a column's, whatever became of its rows.
Result<> RowComparison::countLost(Side& before, Side& after, TableRows& rows)
{
    if (!std::ranges::contains(after.place, -1))
        return {};
    return before.connection.stream(before.query, {}, [&](const auto&, std::vector<Value>& row) {
        before.count(row, rows.lost, after);
        return true;
    });
}

/// How many rows the table has where the server's own digests of both are equal.
std::optional<qint64> RowComparison::sameByDigest(const schema::Table& before, const schema::Table& after)
{
    if (m_before.engine() != Engine::Postgres || !sameShape(before, after))
        return std::nullopt;
    const auto was = digestOf(m_before, before);
    const auto is = was ? digestOf(m_after, after) : was;
    return was && is && *was == *is ? std::optional(was->rows) : std::nullopt;
}

Result<TableRows> RowComparison::compare(const schema::Table* before, const schema::Table* after)
{
    const schema::Table& named = after ? *after : *before;
    TableRows rows{.schema = named.schema,
                   .name = named.name,
                   .columns = before ? columnNames(*before) : columnNames(*after),
                   .key = {},
                   .isNew = !before,
                   .isGone = !after};
    if (!before || !after) {
        rows.key = named.primaryKey();
        Side side(before ? m_before : m_after, named, rows.columns, rows.key);
        return wholeTable(side, rows, !after).transform([&] { return rows; });
    }
    for (const QString& column : columnNames(*after)) {
        if (!rows.columns.contains(column))
            rows.columns << column;
    }
    if (before->primaryKey() == after->primaryKey())
        rows.key = after->primaryKey();
    Side left(m_before, *before, rows.columns, rows.key);
    Side right(m_after, *after, rows.columns, rows.key);
    if (const auto same = sameByDigest(*before, *after)) {
        rows.before = rows.after = *same;
        return rows;
    }
    const qint64 passes = std::max(left.rows, right.rows) / std::max<qint64>(1, passRows) + 1;
    for (qint64 number = 0; number < passes; ++number) {
        if (auto passed = pass(left, right, rows, number, passes); !passed)
            return fail(passed.error());
    }
    if (auto counted = countLost(left, right, rows); !counted)
        return fail(counted.error());
    rows.lost.removeIf([](const ColumnValues& one) { return one.values == 0; });
    rows.gained.removeIf([](const ColumnValues& one) { return one.values == 0; });
    return rows;
}

Result<QList<TableRows>> RowComparison::compare(const schema::Database& before, const schema::Database& after)
{
    QList<std::pair<const schema::Table*, const schema::Table*>> pairs;
    for (const schema::Table& table : before.tables) {
        const schema::Table* now = after.table(table.schema, table.name);
        if (hasOwnRows(table))
            pairs.emplaceBack(&table, now && hasOwnRows(*now) ? now : nullptr);
    }
    for (const schema::Table& table : after.tables) {
        if (hasOwnRows(table) && !before.table(table.schema, table.name))
            pairs.emplaceBack(nullptr, &table);
    }
    QList<TableRows> list;
    for (const auto& [was, is] : pairs) {
        auto rows = compare(was, is);
        if (!rows && rows.error().kind == ErrorKind::Cancelled)
            return fail(rows.error());
        const schema::Table& named = was ? *was : *is;
        if (!rows)
            rows = TableRows{.schema = named.schema, .name = named.name, .problem = rows.error().message};
        if (!rows->isSame())
            list.append(*std::move(rows));
    }
    return list;
}

}  // namespace dewpoint::rehearse
