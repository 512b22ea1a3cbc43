// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/drizzle/postgres_columns.h"

#include "render/drizzle/defaults.h"
#include "render/drizzle/postgres_facts.h"
#include "render/drizzle/postgres_types.h"
#include "render/type_name.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dewpoint::render::drizzle {

using namespace schema;

QString PostgresColumns::enumVariable(const Type& type)
{
    QString& variable = m_enums[&type];
    if (variable.isEmpty())
        variable = m_scope.newVariable(type.schema, type.name);
    return variable;
}

QString PostgresColumns::typed(const Column& column, const QString& function, const QStringList& options)
{
    QStringList arguments;
    if (key(column.name) != column.name)
        arguments << text(column.name);
    if (!options.isEmpty())
        arguments << u"{ "_s + options.join(u", "_s) + u" }"_s;
    return function + u'(' + arguments.join(u", "_s) + u')';
}

QString PostgresColumns::call(const Column& column)
{
    const TypeName type = typeName(column.type);
    const QString list = type.isArray ? u".array()"_s : QString();
    if (const Type* user = userType(m_database, type); user && user->kind == TypeKind::Enum)
        return typed(column, enumVariable(*user), {}) + list;
    const Builder builder = builderOf(type, column);
    if (!builder.function.isEmpty())
        return typed(column, m_imports.use(builder.function), builder.options) + list;
    // What pg-core has no function for: its name alone is what the tool compares.
    return typed(column,
                 m_imports.use(u"customType"_s)
                     + u"<{ data: unknown }>({ dataType() { return %1 } })"_s.arg(
                         text(sqlType(m_database, column, DrizzleRelease::Zero))),
                 {});
}

/// An integer that counts by its own sequence of the usual name; empty for any other.
QString PostgresColumns::serialCall(const Table& table, const Column& column)
{
    const QString serial = serialOf(table, column);
    if (serial.isEmpty())
        return {};
    const QStringList options = column.type == u"bigint" ? QStringList{u"mode: \"bigint\""_s} : QStringList();
    return typed(column, m_imports.use(serial), options);
}

QString PostgresColumns::identityCall(const Table& table, const Column& column)
{
    const QString function = column.identity == Identity::Always ? u".generatedAlwaysAsIdentity"_s
                                                                 : u".generatedByDefaultAsIdentity"_s;
    const IdentityFacts facts = identityOf(table, column);
    // As a text: JavaScript's numbers would round the largest bigint.
    return function
           + u"({ name: %1, startWith: %2, increment: %3, minValue: %4, maxValue: \"%5\", cache: %6%7 })"_s
                 .arg(text(facts.name), facts.start, facts.increment, facts.minimum, facts.maximum,
                      facts.cache, facts.cycles ? u", cycle: true"_s : QString());
}

QString PostgresColumns::line(const Table& table, const Column& column)
{
    const QString serial = serialCall(table, column);
    QString text = serial.isEmpty() ? call(column) : serial;
    if (const auto value = postgresDefault(column); value && serial.isEmpty())
        text += defaultCall(*value);
    if (table.primaryKey() == QStringList{column.name})
        text += u".primaryKey()"_s;
    if (column.notNull && column.identity == Identity::None)
        text += u".notNull()"_s;
    if (column.identity != Identity::None)
        text += identityCall(table, column);
    if (column.generated != Generated::None)
        text += u".generatedAlwaysAs(%1)"_s.arg(sqlText(withoutPublic(column.generatedSql)));
    return u"\t%1: %2,\n"_s.arg(key(column.name), text);
}

}  // namespace dewpoint::render::drizzle
