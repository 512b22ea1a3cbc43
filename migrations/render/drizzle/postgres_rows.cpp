// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/postgres_facts.h"
#include "render/drizzle/postgres_snapshot.h"
#include "render/drizzle/postgres_types.h"
#include "render/drizzle/snapshot.h"
#include "render/references.h"

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

QList<const Table*> snapshotTables(const Database& database)
{
    QList<const Table*> tables;
    for (const Table* table : ownTables(database)) {
        const bool hasRows = table->kind == TableKind::Table || table->kind == TableKind::Partitioned;
        if (hasRows && table->schema != u"drizzle")
            tables << table;
    }
    return tables;
}

QStringList snapshotSchemas(const Database& database)
{
    QStringList names = database.schemas;
    names.removeIf([](const QString& name) {
        return name == u"public" || name == u"drizzle" || name == u"information_schema"
               || name.startsWith(u"pg_"_s);
    });
    return names;
}

namespace {

/// 1.0 quotes only what needs it.
QString itemText(QString item, DrizzleRelease release)
{
    const bool needsQuotes =
        item.isEmpty() || item.contains(u'\\') || item.contains(u'"') || item.contains(u',');
    if (release == DrizzleRelease::Zero)
        return u'"' + item + u'"';
    item.replace(u'\'', u"\'\'"_s).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return needsQuotes ? u'"' + item + u'"' : item;
}

}  // namespace

Json listText(const Default& array, DrizzleRelease release)
{
    QStringList items;
    for (const QString& item : array.items)
        items << (array.numbers ? item : itemText(item, release));
    return Json::of(u"'{"_s + items.join(u',') + u"}'"_s);
}

Json generatedOf(const Column& column)
{
    return Json::object()
        .set(u"as"_s, Json::of(withoutPublic(column.generatedSql)))
        .set(u"type"_s, Json::of(u"stored"_s));
}

Json rolesOf(const Policy& policy)
{
    QStringList roles = policy.roles;
    roles.sort();
    return Json::of(roles);
}

bool isUniqueNullsToo(const Constraint& constraint)
{
    return constraint.definition.contains(u"NULLS NOT DISTINCT"_s);
}

QString typeSchemaOf(const Database& database, const Column& column)
{
    const Type* user = userType(database, typeName(column.type));
    return user && user->kind == TypeKind::Enum ? user->schema : QString();
}

namespace {

/// 1.0.
class Flat final
{
public:
    explicit Flat(const Database& database) : m_database(database) {}

    Json made()
    {
        for (const QString& schema : snapshotSchemas(m_database))
            Row(u"schemas"_s).set(u"name"_s, Json::of(schema)).addTo(m_rows);
        const QList<const Table*> tables = snapshotTables(m_database);
        for (const Table* table : tables)
            begin(u"tables"_s, table->schema, table->name)
                .set(u"isRlsEnabled"_s, Json::boolean(table->rowSecurity))
                .addTo(m_rows);
        for (const Type& type : m_database.types) {
            if (type.kind == TypeKind::Enum)
                begin(u"enums"_s, type.schema, type.name)
                    .set(u"values"_s, Json::of(type.labels))
                    .addTo(m_rows);
        }
        for (const Table* table : tables)
            addTable(*table);
        for (const Sequence& sequence : m_database.sequences) {
            if (sequence.ownedBy.isEmpty())
                addSequence(sequence);
        }
        for (const View& view : m_database.views)
            addView(view);
        return m_rows;
    }

private:
    static Row begin(const QString& entity, const QString& schema, const QString& name)
    {
        Row row(entity);
        row.set(u"schema"_s, Json::of(schema)).set(u"name"_s, Json::of(name));
        return row;
    }

    static Row part(const QString& entity, const Table& table, const QString& name)
    {
        Row row(entity);
        row.set(u"schema"_s, Json::of(table.schema))
            .set(u"table"_s, Json::of(table.name))
            .set(u"name"_s, Json::of(name));
        return row;
    }

    void addSequence(const Sequence& sequence)
    {
        begin(u"sequences"_s, sequence.schema, sequence.name)
            .set(u"incrementBy"_s, Json::of(sequence.increment))
            .set(u"minValue"_s, Json::of(sequence.minimum))
            .set(u"maxValue"_s, Json::of(sequence.maximum))
            .set(u"startWith"_s, Json::of(sequence.start))
            .set(u"cacheSize"_s, Json::number(sequence.cache))
            .set(u"cycle"_s, Json::boolean(sequence.cycles))
            .addTo(m_rows);
    }

    void addView(const View& view)
    {
        begin(u"views"_s, view.schema, view.name)
            .set(u"definition"_s, Json::of(viewQuery(view)))
            .set(u"with"_s, {})
            .set(u"withNoData"_s, {})
            .set(u"using"_s, {})
            .set(u"tablespace"_s, {})
            .set(u"materialized"_s, Json::boolean(view.materialized))
            .addTo(m_rows);
    }

    void addTable(const Table& table)
    {
        for (const Column& column : table.columns)
            addColumn(table, column);
        for (const Index& index : table.indexes) {
            if (!index.implicit)
                addIndex(table, index);
        }
        for (const Constraint& constraint : table.constraints)
            addConstraint(table, constraint);
        for (const Policy& policy : table.policies)
            part(u"policies"_s, table, policy.name)
                .set(u"as"_s, Json::of(policy.permissive ? u"PERMISSIVE"_s : u"RESTRICTIVE"_s))
                .set(u"for"_s, Json::of(policy.command.toUpper()))
                .set(u"roles"_s, rolesOf(policy))
                .set(u"using"_s, sqlOrNull(policy.usingSql))
                .set(u"withCheck"_s, sqlOrNull(policy.checkSql))
                .addTo(m_rows);
    }

    static Json sqlOrNull(const QString& sql)
    {
        return sql.isEmpty() ? Json() : Json::of(withoutPublic(sql));
    }

    static Json valueOf(const Default& value)
    {
        switch (value.kind) {
        case Default::Kind::Text:
        case Default::Kind::Json: return Json::of(sqlLiteral(value.value));
        case Default::Kind::Array: return listText(value, DrizzleRelease::One);
        case Default::Kind::Number:
        case Default::Kind::Bool:
        case Default::Kind::Now:
        case Default::Kind::Random:
        case Default::Kind::Sql: break;
        }
        return Json::of(value.value);
    }

    static Json identityJson(const Table& table, const Column& column)
    {
        if (column.identity == Identity::None)
            return {};
        const IdentityFacts facts = identityOf(table, column);
        return Json::object()
            .set(u"type"_s, Json::of(column.identity == Identity::Always ? u"always"_s : u"byDefault"_s))
            .set(u"name"_s, Json::of(facts.name))
            .set(u"increment"_s, Json::of(facts.increment))
            .set(u"startWith"_s, Json::of(facts.start))
            .set(u"minValue"_s, Json::of(facts.minimum))
            .set(u"maxValue"_s, Json::of(facts.maximum))
            .set(u"cache"_s, Json::number(facts.cache))
            .set(u"cycle"_s, Json::boolean(facts.cycles));
    }

    void addColumn(const Table& table, const Column& column)
    {
        const QString serial = serialOf(table, column);
        const QString typeSchema = typeSchemaOf(m_database, column);
        const auto value = serial.isEmpty() ? postgresDefault(column) : std::nullopt;
        const bool isList = typeName(column.type).isArray && hasBuilder(m_database, column);
        part(u"columns"_s, table, column.name)
            .set(u"type"_s,
                 Json::of(serial.isEmpty() ? sqlType(m_database, column, DrizzleRelease::One) : serial))
            .set(u"typeSchema"_s, typeSchema.isEmpty() ? Json() : Json::of(typeSchema))
            .set(u"notNull"_s, Json::boolean(column.notNull))
            .set(u"dimensions"_s, Json::number(isList ? u"1"_s : u"0"_s))
            .set(u"default"_s, value ? valueOf(*value) : Json())
            .set(u"generated"_s, column.generated == Generated::None ? Json() : generatedOf(column))
            .set(u"identity"_s, identityJson(table, column))
            .addTo(m_rows);
    }

    void addIndex(const Table& table, const Index& index)
    {
        Json parts = Json::list();
        for (const IndexPart& part : index.parts) {
            const bool isExpression = part.column.isEmpty();
            const Json opclass = part.opclass.isEmpty() || isExpression
                                     ? Json()
                                     : Json::object()
                                           .set(u"name"_s, Json::of(part.opclass))
                                           .set(u"default"_s, Json::boolean(false));
            parts.items << Json::object()
                               .set(u"value"_s,
                                    Json::of(isExpression ? withoutPublic(part.expression) : part.column))
                               .set(u"isExpression"_s, Json::boolean(isExpression))
                               .set(u"asc"_s, Json::boolean(isExpression || !part.descending))
                               .set(u"nullsFirst"_s, Json::boolean(!isExpression && part.nullsFirst))
                               .set(u"opclass"_s, opclass);
        }
        part(u"indexes"_s, table, index.name)
            .set(u"nameExplicit"_s, Json::boolean(true))
            .set(u"columns"_s, parts)
            .set(u"isUnique"_s, Json::boolean(index.unique))
            .set(u"where"_s, sqlOrNull(index.predicate))
            .set(u"with"_s, Json::of(QString()))
            .set(u"method"_s, Json::of(index.method))
            .set(u"concurrently"_s, Json::boolean(false))
            .addTo(m_rows);
    }

    void addConstraint(const Table& table, const Constraint& constraint)
    {
        switch (constraint.kind) {
        case ConstraintKind::PrimaryKey:
            part(u"pks"_s, table, constraint.name)
                .set(u"columns"_s, Json::of(constraint.columns))
                .set(u"nameExplicit"_s, Json::boolean(constraint.columns.size() > 1))
                .addTo(m_rows);
            break;
        case ConstraintKind::Unique:
            part(u"uniques"_s, table, constraint.name)
                .set(u"nameExplicit"_s, Json::boolean(true))
                .set(u"columns"_s, Json::of(constraint.columns))
                .set(u"nullsNotDistinct"_s, Json::boolean(isUniqueNullsToo(constraint)))
                .addTo(m_rows);
            break;
        case ConstraintKind::ForeignKey:
            part(u"fks"_s, table, constraint.name)
                .set(u"nameExplicit"_s, Json::boolean(true))
                .set(u"columns"_s, Json::of(constraint.columns))
                .set(u"schemaTo"_s, Json::of(constraint.targetSchema))
                .set(u"tableTo"_s, Json::of(constraint.targetTable))
                .set(u"columnsTo"_s, Json::of(constraint.targetColumns))
                .set(u"onUpdate"_s, Json::of(constraint.onUpdate.toUpper()))
                .set(u"onDelete"_s, Json::of(constraint.onDelete.toUpper()))
                .addTo(m_rows);
            break;
        case ConstraintKind::Check:
            part(u"checks"_s, table, constraint.name)
                .set(u"value"_s, Json::of(checkExpression(constraint.definition)))
                .addTo(m_rows);
            break;
        case ConstraintKind::Exclusion:
        case ConstraintKind::NotNull: break;
        }
    }

    const Database& m_database;
    Json m_rows = Json::object();
};

}  // namespace

Json postgresRows(const Database& database)
{
    return Flat(database).made();
}

}  // namespace dewpoint::render::drizzle
