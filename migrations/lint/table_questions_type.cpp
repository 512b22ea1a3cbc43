// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What another type of a column asks of its values.
#include "base/words.h"
#include "lint/pg_type.h"
#include "lint/table_questions.h"
#include "plan/sqlite_text.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

bool hasFraction(const PgType& type)
{
    static const QStringList names{u"numeric"_s, u"float4"_s, u"float8"_s, u"money"_s};
    return !type.isArray && names.contains(type.name);
}

/// "-32768 AND 32767" of a whole number's type; empty for any other.
QString rangeOf(const PgType& type)
{
    static const QHash<QString, QString> ranges{
        {u"int2"_s, u"-32768 AND 32767"_s},
        {u"int4"_s, u"-2147483648 AND 2147483647"_s},
        {u"int8"_s, u"-9223372036854775808 AND 9223372036854775807"_s}};
    return type.isArray ? QString() : ranges.value(type.name);
}

/// The condition of the values that become rounder ones; empty where none can.
QString roundedRows(const PgType& from, const PgType& to, const QString& column)
{
    const bool toNumeric = to.name == "numeric"_L1 && !to.modifiers.isEmpty() && !to.isArray;
    if (!hasFraction(from) || (rangeOf(to).isEmpty() && !toNumeric))
        return {};
    return u"%1::numeric <> round(%1::numeric, %2)"_s.arg(column).arg(toNumeric ? to.modifiers.value(1) : 0);
}

int majorVersion(const schema::Database& database)
{
    return database.serverVersion.section(u'.', 0, 0).toInt();
}

}  // namespace

void TableQuestions::type(const schema::Column& before, const schema::Column& after)
{
    const QString name = shown(before.name);
    const QString text = Words::tr("Changes the type of %1 from %2 to %3").arg(name, before.type, after.type);
    const QString column = live(before.name);
    Question& converted = add(Question::Means::Converted, u"change-type"_s, text);
    converted.countSql = u"SELECT count(%1) FROM %2"_s.arg(column, tableName());
    converted.countText = Words::tr("%1 values are converted");
    if (m_from.engine == Engine::Sqlite) {
        sqliteType(after);
        return;
    }
    const PgType from = typeOfText(before.type);
    const PgType to = typeOfText(after.type);
    if (alwaysFits(from, to))
        return;
    if (const QString rounded = roundedRows(from, to, column); !rounded.isEmpty()) {
        Question& cut = add(Question::Means::Converted, u"change-type"_s, Words::tr("Rounds %1").arg(name));
        cut.rows = rounded;
        cut.countSql = u"SELECT count(*) FROM %1 WHERE %2"_s.arg(tableName(), rounded);
        cut.countText = Words::tr("%1 values lose digits behind the point");
    }
    const QString doesNotFit = Words::tr("%1 values do not fit");
    if (const QString range = rangeOf(to); hasFraction(from) && !range.isEmpty()) {
        // The server rounds them, which the type's own input would not.
        addRows(u"change-type"_s, text, u"round(%1::numeric) NOT BETWEEN %2"_s.arg(column, range),
                doesNotFit);
        return;
    }
    if ((to.name == "varchar"_L1 || to.name == "bpchar"_L1) && !to.modifiers.isEmpty() && !to.isArray)
        addRows(u"change-type"_s, text,
                u"char_length(rtrim(%1::text)) > %2"_s.arg(column, QString::number(to.modifiers.first())),
                doesNotFit);
    else if (majorVersion(m_from) >= 16)
        addRows(u"change-type"_s, text,
                u"%1 IS NOT NULL AND NOT pg_input_is_valid(%1::text, %2)"_s.arg(
                    column, sql::literal(textValue(after.type), Engine::Postgres)),
                doesNotFit);
    else
        add(Question::Means::Blocks, u"change-type"_s, text).problem =
            Words::tr("Servers before PostgreSQL 16 cannot be asked which values fit.");
}

/// Only a STRICT table refuses a value.
void TableQuestions::sqliteType(const schema::Column& after)
{
    const QString condition = m_after.strict ? plan::doesNotFit(live(after.name), after.type) : QString();
    if (condition.isEmpty())
        return;
    addRows(u"change-type"_s, Words::tr("Makes %1 %2 in a STRICT table").arg(shown(after.name), after.type),
            condition, Words::tr("%1 values do not fit"));
}

/// A type of the same name that has fewer values.
void TableQuestions::labels(const schema::Column& column)
{
    const auto labelsOf = [&](const schema::Database& database) {
        const auto found = std::ranges::find_if(database.types, [&](const schema::Type& one) {
            return one.kind == schema::TypeKind::Enum
                   && (one.name == column.type || one.schema + u'.' + one.name == column.type);
        });
        return found == database.types.end() ? QStringList() : found->labels;
    };
    const QStringList now = labelsOf(m_to);
    QStringList gone = labelsOf(m_from);
    gone.removeIf([&](const QString& label) { return now.contains(label); });
    if (gone.isEmpty() || now.isEmpty())
        return;
    QStringList literals;
    for (const QString& label : gone)
        literals.append(sql::literal(textValue(label), Engine::Postgres));
    addRows(u"change-type"_s,
            Words::tr("Takes %1 from the values of %2").arg(gone.join(u", "_s), shown(column.name)),
            u"%1::text IN (%2)"_s.arg(live(column.name), literals.join(u", "_s)),
            Words::tr("%1 rows have such a value"));
}

}  // namespace dewpoint::lint
