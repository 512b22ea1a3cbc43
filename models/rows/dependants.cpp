// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/dependants.h"

#include "base/words.h"
#include "rows/query_writer.h"
#include "rows/reference.h"

#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr int mostSteps = 4;  ///< as far as every way to a table is followed
constexpr size_t keysPerQuery = 500;

using Path = QList<const Dependant*>;

struct Search {
    const schema::Database& database;
    QList<Relation> relations;  ///< of all tables, with their foreign keys spelled out
    QSet<QString> followed;
};

QList<Dependant> found(Search& search, const QString& schemaName, const QString& name, QStringList& passed)
{
    QList<Dependant> dependants;
    for (const Relation& relation : std::as_const(search.relations)) {
        for (const RelationForeignKey& key : relation.foreignKeys) {
            if (key.targetSchema != schemaName || key.targetTable != name || key.targetColumns.isEmpty())
                continue;
            Dependant dependant{.relation = relation, .key = key, .next = {}};
            const QString step = relation.quotedName() + key.columns.join(u',');
            const bool far = passed.size() >= mostSteps && search.followed.contains(step);
            if (dependant.cascades() && !far && !passed.contains(step)) {
                passed += step;
                search.followed += step;
                dependant.next = found(search, relation.schema, relation.name, passed);
                passed.removeLast();
            }
            dependants += std::move(dependant);
        }
    }
    return dependants;
}

QString tuple(const Relation& relation, const QStringList& columns)
{
    QStringList refs;
    for (const QString& column : columns)
        refs += relation.columnRef(column);
    return refs.size() == 1 ? refs.first() : u'(' + refs.join(u", "_s) + u')';
}

// Each step asks for the rows that refer to those of the step before, down to the keys.
QString refersTo(QueryWriter& writer, const Relation& root, const Path& path, const std::vector<RowKey>& keys)
{
    QString condition = keys.empty() ? u"1 = 1"_s : keyIs(writer, root, keys);
    const Relation* target = &root;
    for (const Dependant* step : path) {
        QStringList columns;
        for (const QString& column : step->key.targetColumns)
            columns += target->columnRef(column);
        condition = u"%1 IN (SELECT %2 FROM %3 WHERE %4)"_s.arg(
            tuple(step->relation, step->key.columns), columns.join(u", "_s), target->quotedName(), condition);
        target = &step->relation;
    }
    return condition;
}

Result<> countPath(drivers::Connection& connection, const Relation& root, const QList<Dependant>& dependants,
                   const std::vector<RowKey>& keys, Path& path, QList<DependantCount>& counts)
{
    for (const Dependant& dependant : dependants) {
        path += &dependant;
        qint64 rows = 0;
        for (size_t from = 0; from < keys.size(); from += keysPerQuery) {
            const auto first = keys.begin() + static_cast<std::ptrdiff_t>(from);
            const auto last = first + static_cast<std::ptrdiff_t>(std::min(keysPerQuery, keys.size() - from));
            const Query query = dependantCount(root, path, {first, last});
            const auto count = connection.scalar(query.sql, query.parameters);
            if (!count)
                return fail(count.error());
            rows += displayText(*count).toLongLong();
        }
        if (rows > 0) {
            counts += {dependant.relation.name, dependant.key.columns, dependant.key.onDelete, rows,
                       static_cast<int>(path.size()) - 1};
            if (auto next = countPath(connection, root, dependant.next, keys, path, counts); !next)
                return next;
        }
        path.removeLast();
    }
    return {};
}

}  // namespace

bool Dependant::cascades() const
{
    return key.onDelete == u"CASCADE"_s;
}

QList<Dependant> dependantsOf(const schema::Database& database, const schema::Table& table)
{
    Search search{.database = database, .relations = {}, .followed = {}};
    for (const schema::Table& each : database.tables) {
        Relation relation = relationIn(database, each);
        if (!relation.foreignKeys.isEmpty())
            search.relations += std::move(relation);
    }
    QStringList passed;
    return found(search, table.schema, table.name, passed);
}

QString sentence(const DependantCount& count)
{
    const QString place = count.table + u" ("_s + count.columns.join(u", "_s) + u')';
    if (count.rows < 0)
        return Words::tr("Rows of %1 that refer to it could not be counted (ON DELETE %2).")
            .arg(place, count.onDelete);
    const int rows = static_cast<int>(std::min<qint64>(count.rows, INT_MAX));
    if (count.onDelete == u"CASCADE"_s)
        return Words::tr("%n row(s) of %1 are deleted as well (ON DELETE CASCADE).", nullptr, rows)
            .arg(place);
    if (count.onDelete == u"SET NULL"_s)
        return Words::tr("%n row(s) of %1 lose the reference (ON DELETE SET NULL).", nullptr, rows)
            .arg(place);
    if (count.onDelete == u"SET DEFAULT"_s)
        return Words::tr("%n row(s) of %1 take their default (ON DELETE SET DEFAULT).", nullptr, rows)
            .arg(place);
    return Words::tr("%n row(s) of %1 still refer to it: the database will refuse.", nullptr, rows)
        .arg(place);
}

Result<QList<DependantCount>> countDependants(drivers::Connection& connection, const Relation& relation,
                                              const QList<Dependant>& dependants,
                                              const std::vector<RowKey>& keys)
{
    QList<DependantCount> counts;
    Path path;
    if (auto done = countPath(connection, relation, dependants, keys, path, counts); !done)
        return fail(done.error());
    return counts;
}

Query dependantCount(const Relation& relation, const QList<const Dependant*>& path,
                     const std::vector<RowKey>& keys)
{
    QueryWriter writer(relation);
    const QString condition = refersTo(writer, relation, path, keys);
    writer.query.sql =
        u"SELECT count(*) FROM %1 WHERE %2"_s.arg(path.last()->relation.quotedName(), condition);
    return std::move(writer.query);
}

Query dependantRows(const Relation& relation, const QList<const Dependant*>& path,
                    const std::vector<RowKey>& keys, qint64 limit)
{
    QueryWriter writer(relation);
    const QString condition = refersTo(writer, relation, path, keys);
    const Relation& referring = path.last()->relation;
    writer.query.sql = u"SELECT %1 FROM %2 WHERE %3 LIMIT %4"_s.arg(
        selectList(referring), referring.quotedName(), condition, QString::number(limit));
    return std::move(writer.query);
}

}  // namespace dewpoint::rows
