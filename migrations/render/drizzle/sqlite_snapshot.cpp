// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/defaults.h"
#include "render/drizzle/names.h"
#include "render/drizzle/snapshot.h"
#include "render/drizzle/sqlite_facts.h"

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

QString typeOf(const Column& column)
{
    const QString kind = sqliteAffinity(column.type);
    const QString length = kind == u"text" ? sqliteLength(column.type) : QString();
    return length.isEmpty() ? kind : kind + u'(' + length + u')';
}

Json valueOf(const Default& value)
{
    switch (value.kind) {
    case Default::Kind::Text: return Json::of(sqlLiteral(value.value));
    case Default::Kind::Number: return Json::number(value.value);
    case Default::Kind::Bool: return Json::boolean(value.value == u"true");
    case Default::Kind::Json:
    case Default::Kind::Array:
    case Default::Kind::Now:
    case Default::Kind::Random:
    case Default::Kind::Sql: break;
    }
    return Json::of(value.value);
}

Json generatedOf(const Column& column)
{
    return Json::object()
        .set(u"as"_s, Json::of(u'(' + column.generatedSql + u')'))
        .set(u"type"_s, Json::of(column.generated == Generated::Stored ? u"stored"_s : u"virtual"_s));
}

QString action(const QString& sql)
{
    return sql.isEmpty() ? u"NO ACTION"_s : sql.toUpper();
}

/// The names that both generations give, of which 1.0 puts fk_ in front.
QString foreignKeyName(const Table& table, const Constraint& key, const QStringList& targets)
{
    return u"%1_%2_%3_%4_fk"_s.arg(table.name, key.columns.join(u'_'), key.targetTable, targets.join(u'_'));
}

bool hasGivenName(const Constraint& key)
{
    return key.columns.size() > 1 && !key.name.isEmpty();
}

/// 0.x.
class Nested final
{
public:
    explicit Nested(const Database& database) : m_database(database), m_scope(database) {}

    Json made()
    {
        Json tables = Json::object();
        for (const Table* table : std::as_const(m_scope.tables))
            tables.set(table->name, ofTable(*table));
        Json views = Json::object();
        for (const View& view : m_database.views)
            views.set(view.name, ofView(view));
        return Json::object()
            .set(u"tables"_s, tables)
            .set(u"views"_s, views)
            .set(u"internal"_s, Json::object().set(u"indexes"_s, m_expressions));
    }

private:
    static Json plainColumn(const Column& column, bool isKey, bool counts)
    {
        return Json::object()
            .set(u"name"_s, Json::of(column.name))
            .set(u"type"_s, Json::of(typeOf(column)))
            .set(u"primaryKey"_s, Json::boolean(isKey))
            .set(u"notNull"_s, Json::boolean(isKey || column.notNull))
            .set(u"autoincrement"_s, Json::boolean(isKey && counts));
    }

    static Json ofColumn(const Table& table, const Column& column)
    {
        Json json = plainColumn(column, table.primaryKey() == QStringList{column.name}, countsUp(table));
        if (const auto value = sqliteDefault(column))
            json.set(u"default"_s, valueOf(*value));
        if (column.generated != Generated::None)
            json.set(u"generated"_s, generatedOf(column));
        return json;
    }

    void addIndex(const Table& table, const Index& index, Json& indexes)
    {
        const QString name = sqliteIndexName(table, index);
        if (name.isEmpty())
            return;
        QStringList columns;
        Json expressions = Json::object();
        for (const IndexPart& part : index.parts) {
            columns << (part.column.isEmpty() ? part.expression : part.column);
            if (part.column.isEmpty())
                expressions.set(part.expression, Json::object().set(u"isExpression"_s, Json::boolean(true)));
        }
        if (!expressions.names.isEmpty())
            m_expressions.set(name, Json::object().set(u"columns"_s, expressions));
        Json json = Json::object()
                        .set(u"name"_s, Json::of(name))
                        .set(u"columns"_s, Json::of(columns))
                        .set(u"isUnique"_s, Json::boolean(index.unique));
        if (!index.predicate.isEmpty())
            json.set(u"where"_s, Json::of(index.predicate));
        indexes.set(name, json);
    }

    void addForeignKey(const Table& table, const Constraint& key, Json& keys) const
    {
        const QStringList targets = keyTargets(m_database, table, key);
        const QString name = hasGivenName(key) ? key.name : foreignKeyName(table, key, targets);
        keys.set(name, Json::object()
                           .set(u"name"_s, Json::of(name))
                           .set(u"tableFrom"_s, Json::of(table.name))
                           .set(u"tableTo"_s, Json::of(key.targetTable))
                           .set(u"columnsFrom"_s, Json::of(key.columns))
                           .set(u"columnsTo"_s, Json::of(targets))
                           .set(u"onDelete"_s, Json::of(action(key.onDelete).toLower()))
                           .set(u"onUpdate"_s, Json::of(action(key.onUpdate).toLower())));
    }

    Json ofTable(const Table& table)
    {
        Json columns = Json::object();
        for (const Column& column : table.columns)
            columns.set(column.name, ofColumn(table, column));
        Json indexes = Json::object();
        for (const Index& index : table.indexes)
            addIndex(table, index, indexes);
        Json foreignKeys = Json::object();
        for (const Constraint& constraint : table.constraints) {
            if (constraint.kind == ConstraintKind::ForeignKey)
                addForeignKey(table, constraint, foreignKeys);
        }
        Json primaryKeys = Json::object();
        if (const QStringList key = table.primaryKey(); key.size() > 1) {
            const QString name = table.name + u'_' + key.join(u'_') + u"_pk"_s;
            primaryKeys.set(name,
                            Json::object().set(u"columns"_s, Json::of(key)).set(u"name"_s, Json::of(name)));
        }
        Json checks = Json::object();
        for (const NamedCheck& check : namedChecks(table))
            checks.set(check.name, Json::object()
                                       .set(u"name"_s, Json::of(check.name))
                                       .set(u"value"_s, Json::of(check.expression)));
        return Json::object()
            .set(u"name"_s, Json::of(table.name))
            .set(u"columns"_s, columns)
            .set(u"indexes"_s, indexes)
            .set(u"foreignKeys"_s, foreignKeys)
            .set(u"compositePrimaryKeys"_s, primaryKeys)
            .set(u"uniqueConstraints"_s, Json::object())
            .set(u"checkConstraints"_s, checks);
    }

    static Json ofView(const View& view)
    {
        Json columns = Json::object();
        for (const Column& column : view.columns)
            columns.set(column.name, plainColumn({.name = column.name, .type = column.type}, false, false));
        return Json::object()
            .set(u"columns"_s, columns)
            .set(u"name"_s, Json::of(view.name))
            .set(u"isExisting"_s, Json::boolean(false))
            .set(u"definition"_s, Json::of(sqliteQuery(view)));
    }

    const Database& m_database;
    Scope m_scope;
    Json m_expressions = Json::object();  ///< of indexes
};

/// 1.0.
class Flat final
{
public:
    explicit Flat(const Database& database) : m_database(database), m_scope(database) {}

    Json made()
    {
        for (const Table* table : std::as_const(m_scope.tables))
            Row(u"tables"_s).set(u"name"_s, Json::of(table->name)).addTo(m_rows);
        for (const Table* table : std::as_const(m_scope.tables))
            addTable(*table);
        for (const View& view : m_database.views)
            Row(u"views"_s)
                .set(u"name"_s, Json::of(view.name))
                .set(u"definition"_s, Json::of(sqliteQuery(view)))
                .set(u"isExisting"_s, Json::boolean(false))
                .set(u"error"_s, {})
                .addTo(m_rows);
        return m_rows;
    }

private:
    static Row begin(const QString& entity, const Table& table, const QString& name)
    {
        Row row(entity);
        row.set(u"table"_s, Json::of(table.name)).set(u"name"_s, Json::of(name));
        return row;
    }

    void addTable(const Table& table)
    {
        for (const Column& column : table.columns)
            addColumn(table, column);
        for (const Index& index : table.indexes)
            addIndex(table, index);
        for (const Constraint& constraint : table.constraints) {
            if (constraint.kind == ConstraintKind::ForeignKey)
                addForeignKey(table, constraint);
        }
        if (const QStringList key = table.primaryKey(); !key.isEmpty())
            begin(u"pks"_s, table, table.name + u"_pk"_s)
                .set(u"columns"_s, Json::of(key))
                .set(u"nameExplicit"_s, Json::boolean(false))
                .addTo(m_rows);
        for (const NamedCheck& check : namedChecks(table))
            begin(u"checks"_s, table, check.name).set(u"value"_s, Json::of(check.expression)).addTo(m_rows);
    }

    void addColumn(const Table& table, const Column& column)
    {
        const bool isKey = table.primaryKey() == QStringList{column.name};
        const auto value = sqliteDefault(column);
        const auto written = value ? valueOf(*value) : Json();
        begin(u"columns"_s, table, column.name)
            .set(u"type"_s, Json::of(typeOf(column)))
            .set(u"notNull"_s, Json::boolean(column.notNull && !isKey))
            .set(u"autoincrement"_s, Json::boolean(isKey && countsUp(table)))
            .set(u"default"_s, value ? Json::of(written.text) : Json())
            .set(u"generated"_s, column.generated == Generated::None ? Json() : generatedOf(column))
            .addTo(m_rows);
    }

    void addIndex(const Table& table, const Index& index)
    {
        const QString name = sqliteIndexName(table, index);
        if (name.isEmpty())
            return;
        QStringList columns;
        Json parts = Json::list();
        for (const IndexPart& part : index.parts) {
            columns << part.column;
            parts.items << Json::object()
                               .set(u"value"_s,
                                    Json::of(part.column.isEmpty() ? part.expression : part.column))
                               .set(u"isExpression"_s, Json::boolean(part.column.isEmpty()));
        }
        if (index.implicit) {
            begin(u"uniques"_s, table, name)
                .set(u"columns"_s, Json::of(columns))
                .set(u"nameExplicit"_s, Json::boolean(false))
                .addTo(m_rows);
            return;
        }
        begin(u"indexes"_s, table, name)
            .set(u"columns"_s, parts)
            .set(u"isUnique"_s, Json::boolean(index.unique))
            .set(u"where"_s, index.predicate.isEmpty() ? Json() : Json::of(index.predicate))
            .set(u"origin"_s, Json::of(u"manual"_s))
            .addTo(m_rows);
    }

    void addForeignKey(const Table& table, const Constraint& key)
    {
        const QStringList targets = keyTargets(m_database, table, key);
        const bool given = hasGivenName(key);
        begin(u"fks"_s, table, given ? key.name : u"fk_"_s + foreignKeyName(table, key, targets))
            .set(u"columns"_s, Json::of(key.columns))
            .set(u"tableTo"_s, Json::of(key.targetTable))
            .set(u"columnsTo"_s, Json::of(targets))
            .set(u"onUpdate"_s, Json::of(action(key.onUpdate)))
            .set(u"onDelete"_s, Json::of(action(key.onDelete)))
            .set(u"nameExplicit"_s, Json::boolean(given))
            .addTo(m_rows);
    }

    const Database& m_database;
    Scope m_scope;
    Json m_rows = Json::object();
};

}  // namespace

Json sqliteSnapshot(const Database& database, DrizzleRelease release)
{
    return release == DrizzleRelease::Zero ? Nested(database).made() : Flat(database).made();
}

}  // namespace dewpoint::render::drizzle
