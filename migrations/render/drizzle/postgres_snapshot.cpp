// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/postgres_snapshot.h"

#include "render/drizzle/defaults.h"
#include "render/drizzle/postgres_facts.h"
#include "render/drizzle/postgres_types.h"
#include "render/drizzle/snapshot.h"

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

/// 0.x.
class Nested final
{
public:
    Nested(const Database& database, bool usualOpclasses)
        : m_database(database), m_usualOpclasses(usualOpclasses)
    {}

    Json made() const
    {
        Json tables = Json::object();
        for (const Table* table : snapshotTables(m_database))
            tables.set(table->schema + u'.' + table->name, ofTable(*table));
        Json enums = Json::object();
        for (const Type& type : m_database.types) {
            if (type.kind == TypeKind::Enum)
                enums.set(type.schema + u'.' + type.name,
                          named(type.name, type.schema).set(u"values"_s, Json::of(type.labels)));
        }
        Json schemas = Json::object();
        for (const QString& schema : snapshotSchemas(m_database))
            schemas.set(schema, Json::of(schema));
        Json views = Json::object();
        for (const View& view : m_database.views)
            views.set(view.schema + u'.' + view.name, ofView(view));
        return Json::object()
            .set(u"tables"_s, tables)
            .set(u"enums"_s, enums)
            .set(u"schemas"_s, schemas)
            .set(u"sequences"_s, sequences())
            .set(u"views"_s, views);
    }

private:
    static Json named(const QString& name, const QString& schema)
    {
        return Json::object().set(u"name"_s, Json::of(name)).set(u"schema"_s, Json::of(schema));
    }

    Json sequences() const
    {
        Json all = Json::object();
        for (const Sequence& sequence : m_database.sequences) {
            if (sequence.ownedBy.isEmpty())
                all.set(sequence.schema + u'.' + sequence.name,
                        named(sequence.name, sequence.schema)
                            .set(u"increment"_s, Json::of(sequence.increment))
                            .set(u"startWith"_s, Json::of(sequence.start))
                            .set(u"minValue"_s, Json::of(sequence.minimum))
                            .set(u"maxValue"_s, Json::of(sequence.maximum))
                            .set(u"cache"_s, Json::of(sequence.cache))
                            .set(u"cycle"_s, Json::boolean(sequence.cycles)));
        }
        return all;
    }

    Json plainColumn(const Column& column, const QString& type, bool isKey, bool notNull) const
    {
        Json json = Json::object().set(u"name"_s, Json::of(column.name)).set(u"type"_s, Json::of(type));
        if (const QString schema = typeSchemaOf(m_database, column); !schema.isEmpty())
            json.set(u"typeSchema"_s, Json::of(schema));
        return json.set(u"primaryKey"_s, Json::boolean(isKey)).set(u"notNull"_s, Json::boolean(notNull));
    }

    QString typeOf(const Column& column) const
    {
        const TypeName name = typeName(column.type);
        return sqlType(m_database, column, DrizzleRelease::Zero)
               + (name.isArray && hasBuilder(m_database, column) ? u"[]"_s : QString());
    }

    static Json valueOf(const Default& value, const QString& type)
    {
        switch (value.kind) {
        case Default::Kind::Text: return Json::of(sqlLiteral(value.value));
        case Default::Kind::Number: return Json::number(value.value);
        case Default::Kind::Bool: return Json::boolean(value.value == u"true");
        case Default::Kind::Json: return Json::of(u'\'' + value.value + u"'::"_s + type);
        case Default::Kind::Array: return listText(value, DrizzleRelease::Zero);
        case Default::Kind::Now:
        case Default::Kind::Random:
        case Default::Kind::Sql: break;
        }
        return Json::of(value.value);
    }

    Json ofColumn(const Table& table, const Column& column) const
    {
        const QString serial = serialOf(table, column);
        const QString type = serial.isEmpty() ? typeOf(column) : serial;
        Json json = plainColumn(column, type, table.primaryKey() == QStringList{column.name}, column.notNull);
        if (const auto value = postgresDefault(column); value && serial.isEmpty())
            json.set(u"default"_s, valueOf(*value, type));
        if (column.generated != Generated::None)
            json.set(u"generated"_s, generatedOf(column));
        if (column.identity != Identity::None)
            json.set(u"identity"_s, identityJson(table, column));
        return json;
    }

    static Json identityJson(const Table& table, const Column& column)
    {
        const IdentityFacts facts = identityOf(table, column);
        return Json::object()
            .set(u"type"_s, Json::of(column.identity == Identity::Always ? u"always"_s : u"byDefault"_s))
            .set(u"name"_s, Json::of(facts.name))
            .set(u"schema"_s, Json::of(table.schema))
            .set(u"increment"_s, Json::of(facts.increment))
            .set(u"startWith"_s, Json::of(facts.start))
            .set(u"minValue"_s, Json::of(facts.minimum))
            .set(u"maxValue"_s, Json::of(facts.maximum))
            .set(u"cache"_s, Json::of(facts.cache))
            .set(u"cycle"_s, Json::boolean(facts.cycles));
    }

    Json ofPart(const Table& table, const Index& index, const IndexPart& part) const
    {
        if (part.column.isEmpty())
            return Json::object()
                .set(u"expression"_s, Json::of(withoutPublic(part.expression)))
                .set(u"asc"_s, Json::boolean(true))
                .set(u"isExpression"_s, Json::boolean(true))
                .set(u"nulls"_s, Json::of(u"last"_s));
        QString opclass = part.opclass;
        if (opclass.isEmpty() && m_usualOpclasses)
            opclass = usualOpclass(m_database, table, part.column, index.method);
        Json json = Json::object()
                        .set(u"expression"_s, Json::of(part.column))
                        .set(u"isExpression"_s, Json::boolean(false))
                        .set(u"asc"_s, Json::boolean(!part.descending))
                        .set(u"nulls"_s, Json::of(part.nullsFirst ? u"first"_s : u"last"_s));
        return opclass.isEmpty() ? json : json.set(u"opclass"_s, Json::of(opclass));
    }

    Json ofIndex(const Table& table, const Index& index) const
    {
        Json parts = Json::list();
        for (const IndexPart& part : index.parts)
            parts.items << ofPart(table, index, part);
        Json json = Json::object()
                        .set(u"name"_s, Json::of(index.name))
                        .set(u"columns"_s, parts)
                        .set(u"isUnique"_s, Json::boolean(index.unique));
        if (!index.predicate.isEmpty())
            json.set(u"where"_s, Json::of(withoutPublic(index.predicate)));
        return json.set(u"concurrently"_s, Json::boolean(false))
            .set(u"method"_s, Json::of(index.method))
            .set(u"with"_s, Json::object());
    }

    static Json ofForeignKey(const Table& table, const Constraint& key)
    {
        Json json = Json::object()
                        .set(u"name"_s, Json::of(key.name))
                        .set(u"tableFrom"_s, Json::of(table.name))
                        .set(u"tableTo"_s, Json::of(key.targetTable));
        if (key.targetSchema != u"public")
            json.set(u"schemaTo"_s, Json::of(key.targetSchema));
        return json.set(u"columnsFrom"_s, Json::of(key.columns))
            .set(u"columnsTo"_s, Json::of(key.targetColumns))
            .set(u"onDelete"_s, Json::of(key.onDelete.toLower()))
            .set(u"onUpdate"_s, Json::of(key.onUpdate.toLower()));
    }

    static Json ofPolicy(const Policy& policy)
    {
        Json json = Json::object()
                        .set(u"name"_s, Json::of(policy.name))
                        .set(u"as"_s, Json::of(policy.permissive ? u"PERMISSIVE"_s : u"RESTRICTIVE"_s))
                        .set(u"for"_s, Json::of(policy.command.toUpper()))
                        .set(u"to"_s, rolesOf(policy));
        if (!policy.usingSql.isEmpty())
            json.set(u"using"_s, Json::of(withoutPublic(policy.usingSql)));
        if (!policy.checkSql.isEmpty())
            json.set(u"withCheck"_s, Json::of(withoutPublic(policy.checkSql)));
        return json;
    }

    template <typename Made>
    static Json constraintsOf(const Table& table, ConstraintKind kind, Made made)
    {
        Json all = Json::object();
        for (const Constraint& constraint : table.constraints) {
            if (constraint.kind == kind
                && (kind != ConstraintKind::PrimaryKey || constraint.columns.size() > 1))
                all.set(constraint.name, made(constraint));
        }
        return all;
    }

    Json ofTable(const Table& table) const
    {
        Json columns = Json::object();
        for (const Column& column : table.columns)
            columns.set(column.name, ofColumn(table, column));
        Json indexes = Json::object();
        for (const Index& index : table.indexes) {
            if (!index.implicit)
                indexes.set(index.name, ofIndex(table, index));
        }
        Json policies = Json::object();
        for (const Policy& policy : table.policies)
            policies.set(policy.name, ofPolicy(policy));
        return Json::object()
            .set(u"name"_s, Json::of(table.name))
            .set(u"schema"_s, Json::of(table.schema == u"public" ? QString() : table.schema))
            .set(u"columns"_s, columns)
            .set(u"indexes"_s, indexes)
            .set(u"foreignKeys"_s,
                 constraintsOf(table, ConstraintKind::ForeignKey,
                               [&](const Constraint& key) { return ofForeignKey(table, key); }))
            .set(u"compositePrimaryKeys"_s, constraintsOf(table, ConstraintKind::PrimaryKey,
                                                          [](const Constraint& key) {
                                                              return Json::object()
                                                                  .set(u"name"_s, Json::of(key.name))
                                                                  .set(u"columns"_s, Json::of(key.columns));
                                                          }))
            .set(u"uniqueConstraints"_s, constraintsOf(table, ConstraintKind::Unique,
                                                       [](const Constraint& unique) {
                                                           return Json::object()
                                                               .set(u"name"_s, Json::of(unique.name))
                                                               .set(u"nullsNotDistinct"_s,
                                                                    Json::boolean(isUniqueNullsToo(unique)))
                                                               .set(u"columns"_s, Json::of(unique.columns));
                                                       }))
            .set(u"policies"_s, policies)
            .set(u"checkConstraints"_s,
                 constraintsOf(table, ConstraintKind::Check,
                               [](const Constraint& check) {
                                   return Json::object()
                                       .set(u"name"_s, Json::of(check.name))
                                       .set(u"value"_s, Json::of(checkExpression(check.definition)));
                               }))
            // A table with policies is taken for one anyway.
            .set(u"isRLSEnabled"_s, Json::boolean(table.rowSecurity && table.policies.isEmpty()));
    }

    Json ofView(const View& view) const
    {
        Json columns = Json::object();
        for (const Column& column : view.columns)
            columns.set(column.name, plainColumn(column, typeOf(column), false, false));
        return Json::object()
            .set(u"columns"_s, columns)
            .set(u"definition"_s, Json::of(viewQuery(view)))
            .set(u"name"_s, Json::of(view.name))
            .set(u"schema"_s, Json::of(view.schema))
            .set(u"isExisting"_s, Json::boolean(false))
            .set(u"materialized"_s, Json::boolean(view.materialized));
    }

    const Database& m_database;
    bool m_usualOpclasses;
};

}  // namespace

Json postgresSnapshot(const Database& database, DrizzleRelease release, bool usualOpclasses)
{
    return release == DrizzleRelease::Zero ? Nested(database, usualOpclasses).made() : postgresRows(database);
}

}  // namespace dewpoint::render::drizzle
