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

using Path = QList<const Dependant*>;

struct Search {
    QList<Relation> relations;
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
        refs += comparedRef(relation, column);
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
            columns += comparedRef(*target, column);
        condition = u"%1 IN (SELECT %2 FROM %3 WHERE %4)"_s.arg(
            tuple(step->relation, step->key.columns), columns.join(u", "_s), target->quotedName(), condition);
        target = &step->relation;
    }
    return condition;
}

/// Of all tables that refer to any, their foreign keys spelled out.
QList<Relation> referringIn(const schema::Database& database)
{
    QList<Relation> relations;
    for (const schema::Table& table : database.tables) {
        if (std::ranges::contains(table.constraints, schema::ConstraintKind::ForeignKey,
                                  &schema::Constraint::kind))
            relations += relationIn(database, table);
    }
    return relations;
}

bool acts(const QString& action)
{
    return action == u"CASCADE"_s || action.startsWith(u"SET "_s);
}

QString toldOf(const DependantCount& count, const QString& place)
{
    const int rows = static_cast<int>(std::min<qint64>(count.rows, INT_MAX));
    if (count.refuses())
        return Words::tr("%n row(s) of %1 still refer to it: the database will refuse.", nullptr, rows)
            .arg(place);
    const bool setsNull = count.action.startsWith(u"SET NULL"_s);
    if (count.action == u"CASCADE"_s)
        return (count.onUpdate
                    ? Words::tr("%n row(s) of %1 get the new value (ON UPDATE CASCADE).", nullptr, rows)
                    : Words::tr("%n row(s) of %1 are deleted as well (ON DELETE CASCADE).", nullptr, rows))
            .arg(place);
    if (count.onUpdate)
        return (setsNull
                    ? Words::tr("%n row(s) of %1 lose the reference (ON UPDATE SET NULL).", nullptr, rows)
                    : Words::tr("%n row(s) of %1 take their default (ON UPDATE SET DEFAULT).", nullptr, rows))
            .arg(place);
    return (setsNull
                ? Words::tr("%n row(s) of %1 lose the reference (ON DELETE SET NULL).", nullptr, rows)
                : Words::tr("%n row(s) of %1 take their default (ON DELETE SET DEFAULT).", nullptr, rows))
        .arg(place);
}

Query rowsByPath(const Relation& relation, const Path& path, const std::vector<RowKey>& keys, qint64 limit,
                 const QString& columns)
{
    QueryWriter writer(relation);
    const QString condition = refersTo(writer, relation, path, keys);
    writer.query.sql = u"SELECT %1 FROM %2 WHERE %3 LIMIT %4"_s.arg(
        columns, path.last()->relation.quotedName(), condition, QString::number(limit));
    return std::move(writer.query);
}

}  // namespace

bool Dependant::cascades() const
{
    return key.onDelete == u"CASCADE"_s;
}

QList<Dependant> dependantsOf(const schema::Database& database, const schema::Table& table)
{
    Search search{.relations = referringIn(database), .followed = {}};
    QStringList passed;
    return found(search, table.schema, table.name, passed);
}

QList<Dependant> referrersOf(const schema::Database& database, const schema::Table& table)
{
    const QList<Relation> relations = referringIn(database);
    QList<Dependant> referrers;
    QList<std::pair<QString, QString>> reached{{table.schema, table.name}};
    for (qsizetype i = 0; i < reached.size(); ++i) {
        const auto [schemaName, name] = reached[i];
        for (const Relation& relation : relations) {
            for (const RelationForeignKey& key : relation.foreignKeys) {
                if (key.targetSchema != schemaName || key.targetTable != name || key.targetColumns.isEmpty())
                    continue;
                referrers += Dependant{.relation = relation, .key = key, .next = {}};
                const std::pair next{relation.schema, relation.name};
                if ((acts(key.onDelete) || acts(key.onUpdate)) && !reached.contains(next))
                    reached += next;
            }
        }
    }
    return referrers;
}

QString sentence(const DependantCount& count)
{
    const QString place =
        count.columns.isEmpty() ? count.table : count.table + u" ("_s + count.columns.join(u", "_s) + u')';
    if (count.rows < 0)
        return Words::tr("Rows of %1 that refer to it could not be counted (%2).")
            .arg(place, (count.onUpdate ? u"ON UPDATE "_s : u"ON DELETE "_s) + count.action);
    const QString text = toldOf(count, place);
    return count.about ? Words::tr("%1 The number is not exact.").arg(text) : text;
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
    return rowsByPath(relation, path, keys, limit, selectList(path.last()->relation));
}

Query dependantKeys(const Relation& relation, const QList<const Dependant*>& path,
                    const std::vector<RowKey>& keys, qint64 limit)
{
    const Relation& referring = path.last()->relation;
    QStringList columns;
    for (const QString& column : referring.keyColumns)
        columns += referring.columnRef(column);
    return rowsByPath(relation, path, keys, limit, columns.join(u", "_s));
}

}  // namespace dewpoint::rows
