// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/element_column.h"

#include "sql/dialect.h"

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

std::optional<RelationColumn> elementColumn(const RelationColumn& column, Engine engine)
{
    // However many dimensions it has, format_type() says so once.
    if (engine != Engine::Postgres || !column.type.endsWith(u"[]"_s))
        return std::nullopt;
    RelationColumn element{.name = column.name, .type = column.type.chopped(2), .readOnly = column.readOnly};
    element.family = familyOf(element.type, engine);
    return element;
}

QStringList labelsOfType(const schema::Database& database, const QString& type)
{
    for (const schema::Type& each : database.types) {
        const QStringList spellings{each.name, sql::quoted(each.name), each.schema + u'.' + each.name,
                                    sql::quoted(each.schema, each.name)};
        if (each.kind == schema::TypeKind::Enum && spellings.contains(type))
            return each.labels;
    }
    return {};
}

}  // namespace dewpoint::rows
