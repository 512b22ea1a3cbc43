// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/consequences.h"

#include <QMap>
#include <QSet>

#include <algorithm>
#include <deque>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr size_t keysPerQuery = 500;
constexpr qsizetype mostKeys = 50'000;  ///< that are told apart; of more the server says how many

bool touches(const QStringList& columns, const QStringList& ofKey)
{
    return std::ranges::any_of(columns, [&](const QString& each) { return ofKey.contains(each); });
}

bool pointsTo(const RelationForeignKey& key, const Relation& relation)
{
    return key.targetTable == relation.name && key.targetSchema == relation.schema;
}

/// Rows that all became the same: gone, or with other values in these columns.
struct Event {
    const Relation* relation;
    std::vector<RowKey> keys;
    QStringList columns;  ///< none: the rows are gone
};

/// What one foreign key makes of rows.
struct Effect {
    const Dependant* by;
    DependantCount count;  ///< without the rows that are known by name
    QMap<QByteArray, RowKey> rows;
    bool deletes() const { return !count.onUpdate && by->cascades(); }
};

using Path = QList<const Dependant*>;

class Following final
{
public:
    Following(drivers::Connection& connection, const QList<TableEdits>& tables);
    Result<QList<DependantCount>> run();

private:
    struct Staged {
        QSet<QByteArray> gone;
        QMap<QByteArray, QStringList> columns;  ///< of rows that stay
    };

    void addStaged(const TableEdits& table);
    Result<> follow(const Event& event);
    Result<> followBy(const Dependant& dependant, const Event& event);
    Result<bool> readKeys(const Event& event, Effect& effect, const std::vector<RowKey>& some);
    Result<> count(const Event& event, Path& path, const std::vector<RowKey>& keys);
    void take(Effect& effect, std::vector<RowKey> keys);
    bool isStaged(const Effect& effect, const QByteArray& row) const;
    Effect& effectOf(const Dependant& dependant, bool onUpdate);
    QList<DependantCount> told() const;

    drivers::Connection& m_connection;
    const QList<TableEdits>& m_tables;
    QList<const Dependant*> m_referrers;
    QMap<QString, Staged> m_staged;          ///< by the table's quoted name
    QMap<QString, QSet<QByteArray>> m_gone;  ///< that the database deletes
    std::deque<Effect> m_effects;            ///< as they were met
    std::deque<Event> m_left;
    qsizetype m_known = 0;
};

Following::Following(drivers::Connection& connection, const QList<TableEdits>& tables)
    : m_connection(connection), m_tables(tables)
{
    for (const TableEdits& table : tables) {
        for (const Dependant& each : table.referrers) {
            const bool known = std::ranges::any_of(m_referrers, [&](const Dependant* other) {
                return other->key == each.key && other->relation.quotedName() == each.relation.quotedName();
            });
            if (!known)
                m_referrers += &each;
        }
        addStaged(table);
    }
}

void Following::addStaged(const TableEdits& table)
{
    Staged& staged = m_staged[table.relation.quotedName()];
    QMap<QStringList, std::vector<RowKey>> byColumns;
    for (MovedRow& moved : movedRows(table)) {
        if (moved.columns.isEmpty())
            staged.gone.insert(encoded(moved.key));
        else
            staged.columns.insert(encoded(moved.key), moved.columns);
        byColumns[moved.columns].push_back(std::move(moved.key));
    }
    for (auto rows = byColumns.begin(); rows != byColumns.end(); ++rows)
        m_left.push_back({&table.relation, std::move(*rows), rows.key()});
}

Effect& Following::effectOf(const Dependant& dependant, bool onUpdate)
{
    const auto known = std::ranges::find_if(m_effects, [&](const Effect& each) {
        return each.by == &dependant && each.count.onUpdate == onUpdate;
    });
    if (known != m_effects.end())
        return *known;
    const QString& action = onUpdate ? dependant.key.onUpdate : dependant.key.onDelete;
    return m_effects.emplace_back(Effect{.by = &dependant,
                                         .count = {.table = dependant.relation.name,
                                                   .columns = dependant.key.columns,
                                                   .action = action.isEmpty() ? u"NO ACTION"_s : action,
                                                   .onUpdate = onUpdate},
                                         .rows = {}});
}

// The user has told of it already, or takes away what would be refused.
bool Following::isStaged(const Effect& effect, const QByteArray& row) const
{
    const auto staged = m_staged.constFind(effect.by->relation.quotedName());
    if (staged == m_staged.cend())
        return false;
    return staged->gone.contains(row)
           || (effect.count.refuses() && touches(staged->columns.value(row), effect.by->key.columns));
}

void Following::take(Effect& effect, std::vector<RowKey> keys)
{
    QSet<QByteArray>& gone = m_gone[effect.by->relation.quotedName()];
    std::vector<RowKey> fresh;
    for (RowKey& key : keys) {
        const QByteArray row = encoded(key);
        if (isStaged(effect, row) || effect.rows.contains(row) || (effect.deletes() && gone.contains(row)))
            continue;
        effect.rows.insert(row, key);
        ++m_known;
        if (effect.deletes())
            gone.insert(row);
        fresh.push_back(std::move(key));
    }
    if (!fresh.empty() && !effect.count.refuses())
        m_left.push_back({&effect.by->relation, std::move(fresh),
                          effect.deletes() ? QStringList() : effect.by->key.columns});
}

/// Whether all of them could be read.
Result<bool> Following::readKeys(const Event& event, Effect& effect, const std::vector<RowKey>& some)
{
    const KeyKind kind = effect.by->relation.keyKind;
    const qsizetype left = mostKeys - m_known;
    if (kind == KeyKind::None || kind == KeyKind::Ctid || left <= 0)
        return false;
    const Query query = dependantKeys(*event.relation, {effect.by}, some, left + 1);
    auto batch = m_connection.query(query.sql, query.parameters);
    if (!batch)
        return fail(batch.error());
    if (batch->rowCount() > left)
        return false;
    std::vector<RowKey> keys;
    for (int row = 0; row < batch->rowCount(); ++row) {
        keys.emplace_back();
        for (int column = 0; column < batch->columnCount(); ++column)
            keys.back().values.push_back(batch->at(row, column));
    }
    take(effect, std::move(keys));
    return true;
}

Result<> Following::followBy(const Dependant& dependant, const Event& event)
{
    Effect& effect = effectOf(dependant, !event.columns.isEmpty());
    for (size_t from = 0; from < event.keys.size(); from += keysPerQuery) {
        const auto first = event.keys.begin() + static_cast<std::ptrdiff_t>(from);
        const std::vector<RowKey> some(
            first, first + static_cast<std::ptrdiff_t>(std::min(keysPerQuery, event.keys.size() - from)));
        auto read = readKeys(event, effect, some);
        // The rights to a table's rows are not needed to change them by a foreign key.
        if (!read && read.error().kind != ErrorKind::Permission)
            return fail(read.error());
        if (read && *read)
            continue;
        Path path{&dependant};
        if (auto counted = count(event, path, some); !counted)
            return counted;
    }
    return {};
}

// Rows that are too many to be told apart, and what follows them.
Result<> Following::count(const Event& event, Path& path, const std::vector<RowKey>& keys)
{
    const Dependant& dependant = *path.last();
    Effect& effect = effectOf(dependant, !event.columns.isEmpty());
    const Query query = dependantCount(*event.relation, path, keys);
    const auto counted = m_connection.scalar(query.sql, query.parameters);
    if (!counted && counted.error().kind != ErrorKind::Permission)
        return fail(counted.error());
    const qint64 rows = counted ? displayText(*counted).toLongLong() : -1;
    if (rows == 0)
        return {};
    effect.count.rows = rows < 0 || effect.count.rows < 0 ? -1 : effect.count.rows + rows;
    effect.count.about = effect.count.about || m_staged.contains(dependant.relation.quotedName());
    if (effect.count.refuses())
        return {};
    for (const Dependant* next : std::as_const(m_referrers)) {
        const bool follows = pointsTo(next->key, dependant.relation)
                             && (effect.deletes() || touches(dependant.key.columns, next->key.targetColumns));
        if (!follows)
            continue;
        if (path.contains(next)) {  // a circle: how often it goes round is not known
            effect.count.about = true;
            continue;
        }
        path += next;
        Event farther{event.relation, {}, effect.deletes() ? QStringList() : dependant.key.columns};
        if (auto done = count(farther, path, keys); !done)
            return done;
        path.removeLast();
    }
    return {};
}

Result<> Following::follow(const Event& event)
{
    for (const Dependant* dependant : std::as_const(m_referrers)) {
        const bool follows = event.columns.isEmpty() || touches(event.columns, dependant->key.targetColumns);
        if (!follows || !pointsTo(dependant->key, *event.relation))
            continue;
        if (auto done = followBy(*dependant, event); !done)
            return done;
    }
    return {};
}

// A row that goes is not told to change or to stand in the way as well.
QList<DependantCount> Following::told() const
{
    QList<DependantCount> counts;
    for (const Effect& effect : m_effects) {
        DependantCount count = effect.count;
        const QSet<QByteArray> gone = m_gone.value(effect.by->relation.quotedName());
        for (auto row = effect.rows.cbegin(); count.rows >= 0 && row != effect.rows.cend(); ++row)
            count.rows += effect.deletes() || !gone.contains(row.key()) ? 1 : 0;
        if (count.rows == 0)
            continue;
        const auto known = std::ranges::find_if(counts, [&](const DependantCount& each) {
            return effect.deletes() && each.action == count.action && !each.onUpdate
                   && each.table == count.table && each.rows >= 0 && count.rows > 0;
        });
        if (known == counts.end()) {
            counts += std::move(count);
            continue;
        }
        known->about = known->about || count.about || effect.count.rows > 0;
        known->rows += count.rows;
        known->columns.clear();
    }
    return counts;
}

Result<QList<DependantCount>> Following::run()
{
    while (!m_left.empty()) {
        const Event event = std::move(m_left.front());
        m_left.pop_front();
        if (auto done = follow(event); !done)
            return fail(done.error());
    }
    return told();
}

}  // namespace

std::vector<MovedRow> movedRows(const TableEdits& table)
{
    QStringList referred;
    for (const Dependant& each : table.referrers)
        referred += pointsTo(each.key, table.relation) ? each.key.targetColumns : QStringList();
    QStringList known = referred;
    for (const RelationForeignKey& key : table.relation.foreignKeys)
        known += key.columns;
    std::vector<MovedRow> moved;
    for (const auto& [bytes, edit] : table.edits.rows()) {
        MovedRow row{.key = edit.key, .columns = {}, .followed = edit.deleted};
        for (const auto& [column, cell] : edit.cells) {
            if (!edit.deleted && known.contains(column))
                row.columns += column;
        }
        row.followed = row.followed || touches(row.columns, referred);
        if (edit.deleted || !row.columns.isEmpty())
            moved.push_back(std::move(row));
    }
    return moved;
}

Result<QList<DependantCount>> consequencesOf(drivers::Connection& connection, const QList<TableEdits>& tables)
{
    if (connection.engine() == Engine::Sqlite) {
        const auto enforced = connection.scalar(u"PRAGMA foreign_keys"_s);
        if (enforced && displayText(*enforced) == u'0')
            return QList<DependantCount>();
    }
    return Following(connection, tables).run();
}

qint64 rowsAlong(const QList<DependantCount>& counts)
{
    qint64 rows = 0;
    for (const DependantCount& count : counts) {
        if (count.refuses())
            continue;
        if (count.rows < 0)
            return -1;
        rows += count.rows;
    }
    return rows;
}

}  // namespace dewpoint::rows
