// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/filter_condition.h"

#include "rows/cell_input.h"

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

// A SQLite column without affinity compares a bound text with no number, so a number is bound as one.
Value typedForComparison(const QString& text, const RelationColumn& column)
{
    if (column.family != ColumnFamily::Other && column.family != ColumnFamily::Binary)
        return textValue(text);
    bool reads = false;
    if (const qint64 number = text.toLongLong(&reads); reads)
        return number;
    if (const double number = text.toDouble(&reads); reads && std::isfinite(number))
        return number;
    return textValue(text);
}

/// "X'00ff'" or "\\x00ff", as a cell shows its bytes.
std::optional<Value> bytesFrom(const QString& text, RelationColumn column, Engine engine)
{
    const bool bytes = column.family == ColumnFamily::Binary
                       || (engine == Engine::Sqlite && column.family == ColumnFamily::Other);
    const bool hex = text.startsWith(u"X'"_s, Qt::CaseInsensitive) || text.startsWith(u"\\x"_s);
    if (!bytes || !hex)
        return std::nullopt;
    column.family = ColumnFamily::Binary;
    const auto parsed = parsedInput(text, column, Null{}, engine);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

QString symbol(FilterOperator op)
{
    switch (op) {
    case FilterOperator::Equals: return u"="_s;
    case FilterOperator::NotEquals: return u"<>"_s;
    case FilterOperator::Less: return u"<"_s;
    case FilterOperator::LessOrEqual: return u"<="_s;
    case FilterOperator::Greater: return u">"_s;
    case FilterOperator::GreaterOrEqual: return u">="_s;
    case FilterOperator::Contains:
    case FilterOperator::StartsWith:
    case FilterOperator::EndsWith:
    case FilterOperator::IsNull:
    case FilterOperator::IsNotNull: break;
    }
    return {};
}

}  // namespace

QString likePattern(const QString& text, const QString& before, const QString& after)
{
    QString escaped = text;
    escaped.replace(u"\\"_s, u"\\\\"_s).replace(u"%"_s, u"\\%"_s).replace(u"_"_s, u"\\_"_s);
    return before + escaped + after;
}

QString filterCondition(QueryWriter& writer, const Relation& relation, const Filter& filter)
{
    const int index = relation.indexOf(filter.column);
    const RelationColumn column = index < 0 ? RelationColumn{.name = filter.column} : relation.columns[index];
    const QString like = writer.isPostgres() ? u" ILIKE "_s : u" LIKE "_s;
    const auto matches = [&](const QString& before, const QString& after) {
        const Value pattern = textValue(likePattern(filter.value, before, after));
        return writer.asText(column.name) + like + writer.bind(pattern) + u" ESCAPE '\\'"_s;
    };
    switch (filter.op) {
    case FilterOperator::IsNull: return writer.ref(column.name) + u" IS NULL"_s;
    case FilterOperator::IsNotNull: return writer.ref(column.name) + u" IS NOT NULL"_s;
    case FilterOperator::Contains: return matches(u"%"_s, u"%"_s);
    case FilterOperator::StartsWith: return matches({}, u"%"_s);
    case FilterOperator::EndsWith: return matches(u"%"_s, {});
    case FilterOperator::Equals:
    case FilterOperator::NotEquals:
    case FilterOperator::Less:
    case FilterOperator::LessOrEqual:
    case FilterOperator::Greater:
    case FilterOperator::GreaterOrEqual: break;
    }
    const bool json = column.family == ColumnFamily::Json && writer.isPostgres();
    const Value value = bytesFrom(filter.value, column, relation.engine)
                            .value_or(writer.isPostgres() ? textValue(filter.value)
                                                          : typedForComparison(filter.value, column));
    return (json ? writer.asText(column.name) : writer.compared(column.name)) + u' ' + symbol(filter.op)
           + u' ' + writer.bind(value);
}

}  // namespace dewpoint::rows
