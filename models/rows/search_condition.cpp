// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/search_condition.h"

#include "rows/filter_condition.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr int before = 30;    ///< characters of the text before a hit that are shown
constexpr int longest = 160;  ///< characters of an excerpt

// ---- PostgreSQL: a column has one type, and a parameter is given the type to compare with.

QString postgresText(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    const QString text = writer.asText(column.name);
    if (needle.whole)
        return text + u" = "_s + writer.bind(textValue(needle.text)) + u"::text"_s;
    return text + u" ILIKE "_s + writer.bind(textValue(likePattern(needle.text, u"%"_s, u"%"_s)))
           + u"::text"_s;
}

QString postgresNumber(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    if (!needle.number())
        return {};
    const Value value = textValue(needle.text.trimmed());
    if (column.type == u"money"_s || column.type == u"oid"_s)
        return writer.asText(column.name) + u" = "_s + writer.bind(value) + u"::text"_s;
    if (column.family != ColumnFamily::Real)
        return writer.ref(column.name) + u" = "_s + writer.bind(value) + u"::numeric"_s;
    // 0.1 in four bytes is another number than 0.1 in eight; its text is what a person sees.
    return u"(%1 = %2::double precision OR %3 = %4::text)"_s.arg(
        writer.ref(column.name), writer.bind(value), writer.asText(column.name), writer.bind(value));
}

QString postgresTime(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    const auto span = needle.time();
    const bool stamped = column.type.startsWith(u"timestamp"_s);
    if (span && (stamped || (column.type == u"date"_s && span->isDay))) {
        const QString type = !stamped ? u"::date"_s : span->zoned ? u"::timestamptz"_s : u"::timestamp"_s;
        const QString ref = writer.ref(column.name);
        return u"(%1 >= %2%4 AND %1 < %3%4)"_s.arg(ref, writer.bind(textValue(span->from)),
                                                   writer.bind(textValue(span->to)), type);
    }
    return needle.looksTemporal() ? postgresText(writer, column, needle) : QString();
}

QString postgresCondition(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    switch (column.family) {
    case ColumnFamily::Integer:
    case ColumnFamily::Real:
    case ColumnFamily::Numeric: return postgresNumber(writer, column, needle);
    case ColumnFamily::Temporal: return postgresTime(writer, column, needle);
    case ColumnFamily::Boolean: {
        const auto truth = needle.boolean();
        return !truth ? QString() : *truth ? writer.ref(column.name) : u"NOT "_s + writer.ref(column.name);
    }
    case ColumnFamily::Binary:
        if (const auto bytes = needle.bytes())
            return u"position(%1::bytea in %2) > 0"_s.arg(writer.bind(Value(Blob{*bytes})),
                                                          writer.ref(column.name));
        return {};
    case ColumnFamily::Text:
    case ColumnFamily::Json:
    case ColumnFamily::Other: break;
    }
    if (column.type != u"uuid"_s)
        return postgresText(writer, column, needle);
    if (const auto uuid = needle.uuid())
        return writer.ref(column.name) + u" = "_s + writer.bind(textValue(*uuid)) + u"::uuid"_s;
    return needle.looksHex() && !needle.whole ? postgresText(writer, column, needle) : QString();
}

// ---- SQLite: every cell has its own storage class, whatever the column says.

QString sqliteCondition(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    const QString ref = writer.ref(column.name);
    const Value text = textValue(needle.whole ? needle.text : likePattern(needle.text, u"%"_s, u"%"_s));
    QStringList parts;
    parts += u"(typeof(%1) = 'text' AND %1 "_s.arg(ref)
             + (needle.whole ? u"= %1 COLLATE BINARY)"_s : u"LIKE %1 ESCAPE '\\')"_s).arg(writer.bind(text));
    if (const auto number = needle.number())
        parts += u"(typeof(%1) IN ('integer', 'real') AND %1 = %2)"_s.arg(ref, writer.bind(*number));
    const auto truth = needle.boolean();
    if (truth && column.type.contains(u"BOOL"_s, Qt::CaseInsensitive))
        parts += u"(typeof(%1) = 'integer' AND %1 = %2)"_s.arg(ref, writer.bind(qint64{*truth ? 1 : 0}));
    if (const auto bytes = needle.bytes())
        parts += u"(typeof(%1) = 'blob' AND instr(%1, %2) > 0)"_s.arg(ref, writer.bind(Value(Blob{*bytes})));
    if (const auto uuid = needle.uuid())
        parts += u"(typeof(%1) = 'blob' AND %1 = %2)"_s.arg(
            ref, writer.bind(Value(Blob{QByteArray::fromHex(uuid->toLatin1())})));
    return u'(' + parts.join(u" OR "_s) + u')';
}

}  // namespace

QString searchCondition(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    return writer.isPostgres() ? postgresCondition(writer, column, needle)
                               : sqliteCondition(writer, column, needle);
}

QString searchExcerpt(QueryWriter& writer, const RelationColumn& column, const Needle& needle)
{
    const QString ref = writer.ref(column.name);
    const QString text = writer.asText(column.name);
    const QString first = QString::number(before);
    const QString most = QString::number(longest);
    if (!writer.isPostgres())
        return u"CASE typeof(%1) WHEN 'blob' THEN 'X''' || hex(substr(%1, 1, 40)) || '''' ELSE "
               "substr(%2, max(1, instr(lower(%2), lower(%3)) - %4), %5) END"_s.arg(
                   ref, text, writer.bind(textValue(needle.text)), first, most);
    if (column.family == ColumnFamily::Binary)
        return u"'\\x' || encode(substr(%1, 1, 40), 'hex')"_s.arg(ref);
    return u"substr(%1, greatest(1, position(lower(%2::text) in lower(%1)) - %3), %4)"_s.arg(
        text, writer.bind(textValue(needle.text)), first, most);
}

}  // namespace dewpoint::rows
