// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/transfer_options.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "rows/reference.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::cli {

namespace {

QString currentSchema(drivers::Connection& connection)
{
    if (connection.engine() == Engine::Sqlite)
        return u"main"_s;
    const auto name = connection.scalar(u"SELECT current_schema()"_s);
    return name ? displayText(*name) : QString();
}

/// The one in the current schema, else the only one.
template <class Item>
Result<const Item*> oneOf(const QList<Item>& items, const QString& wanted, const QString& schema)
{
    QList<const Item*> found;
    for (const Item& item : items) {
        if (item.schema + u'.' + item.name == wanted || (item.name == wanted && item.schema == schema))
            return &item;
        if (item.name == wanted)
            found += &item;
    }
    if (found.size() > 1)
        return fail(ErrorKind::InvalidInput, Words::tr("Several schemas have a table %1.").arg(wanted),
                    Words::tr("Write SCHEMA.TABLE."));
    return found.isEmpty() ? nullptr : found.first();
}

}  // namespace

Result<rows::Relation> findRelation(drivers::Connection& connection, const QString& name)
{
    const auto database = catalog::inspect(connection);
    return database ? findRelation(connection, *database, name) : fail(database.error());
}

Result<rows::Relation> findRelation(drivers::Connection& connection, const schema::Database& database,
                                    const QString& name)
{
    const QString schema = currentSchema(connection);
    const bool readOnly = connection.target().guard == drivers::Guard::ReadOnly;
    const auto table = oneOf(database.tables, name, schema);
    if (!table)
        return fail(table.error());
    if (*table)
        return rows::relationIn(database, **table, readOnly);
    const auto view = oneOf(database.views, name, schema);
    if (!view)
        return fail(view.error());
    if (*view)
        return rows::relationIn(database, **view);
    return fail(ErrorKind::NotFound, Words::tr("There is no table %1.").arg(name));
}

Result<char> singleByte(const QString& text, const QString& option)
{
    if (text == u"tab" || text == u"\\t")
        return '\t';
    const QByteArray bytes = text.toUtf8();
    if (bytes.size() == 1 && bytes[0] != '\n' && bytes[0] != '\r')
        return bytes[0];
    return fail(ErrorKind::InvalidInput,
                Words::tr("--%1 wants one character, as in --%1 ';' or --%1 tab.").arg(option));
}

QStringList listOf(const QString& text)
{
    QStringList parts;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts))
        parts += part.trimmed();
    return parts;
}

}  // namespace dewpoint::cli
