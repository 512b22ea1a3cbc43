// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "schema/type_below.h"

#include "sql/dialect.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::schema {

namespace {

/// format_type() quotes only where it must.
bool isName(const QString& text, const Type& type)
{
    for (const QString& schema : {type.schema, sql::quoted(type.schema)}) {
        for (const QString& name : {type.name, sql::quoted(type.name)}) {
            if (text == schema + u'.' + name)
                return true;
        }
    }
    return false;
}

}  // namespace

QString baseOf(const Type& domain)
{
    qsizetype end = domain.definition.size();
    for (const QString& after : {u" COLLATE "_s, u" DEFAULT "_s, u" NOT NULL"_s, u" CONSTRAINT "_s}) {
        if (const qsizetype place = domain.definition.indexOf(after); place >= 0)
            end = std::min(end, place);
    }
    return domain.definition.first(end);
}

QString typeBelow(const Database& database, const QString& name)
{
    const auto domain = std::ranges::find_if(database.types, [&](const Type& type) {
        return type.kind == TypeKind::Domain && isName(name, type);
    });
    // A domain is made over what was there before it, so they cannot go round.
    return domain == database.types.end() ? name : typeBelow(database, baseOf(*domain));
}

}  // namespace dewpoint::schema
