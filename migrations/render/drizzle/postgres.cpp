// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ddl/postgres.h"

#include "render/drizzle/names.h"
#include "render/drizzle/postgres_columns.h"
#include "render/drizzle/postgres_facts.h"
#include "render/references.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

namespace {

class Writer final
{
public:
    Writer(const Database& database, DrizzleRelease release)
        : m_database(database)
        , m_release(release)
        , m_scope(database)
        , m_imports({u"pgTable"_s})
        , m_columns(database, m_scope, m_imports)
    {}

    QString write()
    {
        QString text;
        for (const QString& schema : std::as_const(m_scope.schemas)) {
            if (schema != u"public")
                text += u"export const %1 = %2(%3);\n"_s.arg(camel(schema), m_imports.use(u"pgSchema"_s),
                                                             drizzle::text(schema));
        }
        for (const Type& type : m_database.types)
            text += enumText(type);
        for (const Sequence& sequence : m_database.sequences)
            text += sequenceText(sequence);
        for (const Table* table : std::as_const(m_scope.tables))
            text += u'\n' + tableText(*table);
        for (const View& view : m_database.views) {
            if (m_scope.schemas.contains(view.schema))
                text += u'\n' + viewText(view);
        }
        return u"import { %1 } from \"drizzle-orm/pg-core\"\nimport { sql } from \"drizzle-orm\"\n\n"_s.arg(
                   m_imports.names())
               + text;
    }

private:
    /// "pgTable", or "app.table" for another schema than public.
    QString maker(const QString& schema, const QString& publicName, const QString& member)
    {
        return schema == u"public" ? m_imports.use(publicName) : camel(schema) + u'.' + member;
    }

    QString enumText(const Type& type)
    {
        if (type.kind != TypeKind::Enum || !m_scope.schemas.contains(type.schema))
            return {};
        QStringList labels;
        for (const QString& label : type.labels)
            labels << single(label);
        return u"export const %1 = %2(%3, [%4])\n"_s.arg(m_columns.enumVariable(type),
                                                         maker(type.schema, u"pgEnum"_s, u"enum"_s),
                                                         text(type.name), labels.join(u", "_s));
    }

    QString sequenceText(const Sequence& sequence)
    {
        if (!sequence.ownedBy.isEmpty() || !m_scope.schemas.contains(sequence.schema))
            return {};
        return u"export const %1 = %2(%3, { startWith: \"%4\", increment: \"%5\", minValue: \"%6\", maxValue: \"%7\", cache: \"%8\", cycle: %9 })\n"_s
            .arg(m_scope.newVariable(sequence.schema, sequence.name),
                 maker(sequence.schema, u"pgSequence"_s, u"sequence"_s), text(sequence.name), sequence.start,
                 sequence.increment, sequence.minimum, sequence.maximum, sequence.cache,
                 sequence.cycles ? u"true"_s : u"false"_s);
    }

    QString tableText(const Table& table)
    {
        QString block = u"export const %1 = %2(%3, {\n"_s.arg(
            m_scope.variable(table), maker(table.schema, u"pgTable"_s, u"table"_s), text(table.name));
        for (const Column& column : table.columns)
            block += m_columns.line(table, column);
        const QStringList more = extras(table);
        block += more.isEmpty() ? u"})"_s : u"}, (table) => [\n\t"_s + more.join(u",\n\t"_s) + u",\n])"_s;
        return block + (table.rowSecurity && table.policies.isEmpty() ? u".enableRLS();\n"_s : u";\n"_s);
    }

    static QString members(const QString& object, const QStringList& columns)
    {
        QStringList list;
        for (const QString& column : columns)
            list << member(object, column);
        return list.join(u", "_s);
    }

    QStringList extras(const Table& table)
    {
        QStringList list;
        for (const Index& index : table.indexes) {
            if (!index.implicit)
                list << indexText(table, index);
        }
        const auto each = [&](ConstraintKind kind, auto text) {
            for (const Constraint& constraint : table.constraints) {
                if (constraint.kind == kind)
                    list << text(constraint);
            }
        };
        each(ConstraintKind::ForeignKey, [&](const Constraint& c) { return foreignKeyText(c); });
        each(ConstraintKind::PrimaryKey, [&](const Constraint& c) {
            return c.columns.size() < 2 ? QString()
                                        : m_imports.use(u"primaryKey"_s)
                                              + u"({ columns: [%1], name: %2 })"_s.arg(
                                                  members(u"table"_s, c.columns), text(c.name));
        });
        each(ConstraintKind::Unique, [&](const Constraint& c) {
            const QString tail =
                c.definition.contains(u"NULLS NOT DISTINCT"_s) ? u".nullsNotDistinct()"_s : QString();
            return m_imports.use(u"unique"_s)
                   + u"(%1).on(%2)%3"_s.arg(text(c.name), members(u"table"_s, c.columns), tail);
        });
        for (const Policy& policy : table.policies)
            list << policyText(policy);
        each(ConstraintKind::Check, [&](const Constraint& c) {
            return m_imports.use(u"check"_s)
                   + u"(%1, %2)"_s.arg(text(c.name), sqlText(checkExpression(c.definition)));
        });
        list.removeAll(QString());
        return list;
    }

    QString foreignKeyText(const Constraint& key)
    {
        const QString target = m_scope.variableOf(key.targetSchema, key.targetTable);
        if (target.isEmpty())
            return {};
        QString text =
            m_imports.use(u"foreignKey"_s)
            + u"({\n\t\t\tcolumns: [%1],\n\t\t\tforeignColumns: [%2],\n\t\t\tname: %3\n\t\t})"_s.arg(
                members(u"table"_s, key.columns), members(target, key.targetColumns),
                drizzle::text(key.name));
        if (key.onUpdate != u"NO ACTION")
            text += u".onUpdate(%1)"_s.arg(drizzle::text(key.onUpdate.toLower()));
        if (key.onDelete != u"NO ACTION")
            text += u".onDelete(%1)"_s.arg(drizzle::text(key.onDelete.toLower()));
        return text;
    }

    QString indexText(const Table& table, const Index& index)
    {
        QStringList parts;
        for (const IndexPart& part : index.parts) {
            if (part.column.isEmpty()) {
                parts << sqlText(withoutPublic(part.expression));
                continue;
            }
            QString text = member(u"table"_s, part.column) + (part.descending ? u".desc()"_s : u".asc()"_s)
                           + (part.nullsFirst ? u".nullsFirst()"_s : u".nullsLast()"_s);
            const QString opclass = part.opclass.isEmpty() && m_release == DrizzleRelease::Zero
                                        ? usualOpclass(m_database, table, part.column, index.method)
                                        : part.opclass;
            if (!opclass.isEmpty())
                text += u".op(%1)"_s.arg(drizzle::text(opclass));
            parts << text;
        }
        QString text = m_imports.use(index.unique ? u"uniqueIndex"_s : u"index"_s)
                       + u"(%1).using(%2, %3)"_s.arg(drizzle::text(index.name), drizzle::text(index.method),
                                                     parts.join(u", "_s));
        if (!index.predicate.isEmpty())
            text += u".where(%1)"_s.arg(sqlText(withoutPublic(index.predicate)));
        return text;
    }

    QString policyText(const Policy& policy)
    {
        QStringList roles;
        for (const QString& role : policy.roles)
            roles << text(role);
        QString block = m_imports.use(u"pgPolicy"_s)
                        + u"(%1, { as: %2, for: %3, to: [%4]"_s.arg(
                            text(policy.name), text(policy.permissive ? u"permissive"_s : u"restrictive"_s),
                            text(policy.command.toLower()), roles.join(u", "_s));
        if (!policy.usingSql.isEmpty())
            block += u", using: "_s + sqlText(withoutPublic(policy.usingSql));
        if (!policy.checkSql.isEmpty())
            block += u", withCheck: "_s + sqlText(withoutPublic(policy.checkSql));
        return block + u" })"_s;
    }

    QString viewText(const View& view)
    {
        const QString made = maker(view.schema, view.materialized ? u"pgMaterializedView"_s : u"pgView"_s,
                                   view.materialized ? u"materializedView"_s : u"view"_s);
        QString block = u"export const %1 = %2(%3, {"_s.arg(m_scope.newVariable(view.schema, view.name), made,
                                                            text(view.name));
        for (const Column& column : view.columns)
            block += u"\t%1: %2,\n"_s.arg(key(column.name), m_columns.call(column));
        return block + u"}).as(%1);\n"_s.arg(sqlText(viewQuery(view)));
    }

    const Database& m_database;
    DrizzleRelease m_release;
    Scope m_scope;
    Imports m_imports;
    PostgresColumns m_columns;
};

}  // namespace

QString postgresSchema(const Database& database, DrizzleRelease release)
{
    return Writer(database, release).write();
}

}  // namespace dewpoint::render::drizzle
