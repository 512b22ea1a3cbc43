// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/pg_type.h"

#include "lint/tree.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

QString canonical(const QString& name)
{
    static const QHash<QString, QString> names{
        {u"integer"_s, u"int4"_s},
        {u"int"_s, u"int4"_s},
        {u"smallint"_s, u"int2"_s},
        {u"bigint"_s, u"int8"_s},
        {u"boolean"_s, u"bool"_s},
        {u"real"_s, u"float4"_s},
        {u"double precision"_s, u"float8"_s},
        {u"decimal"_s, u"numeric"_s},
        {u"character varying"_s, u"varchar"_s},
        {u"character"_s, u"bpchar"_s},
        {u"bit varying"_s, u"varbit"_s},
        {u"timestamp with time zone"_s, u"timestamptz"_s},
        {u"timestamp without time zone"_s, u"timestamp"_s},
        {u"time with time zone"_s, u"timetz"_s},
        {u"time without time zone"_s, u"time"_s},
    };
    return names.value(name, name);
}

/// The length, precision or scale may only grow; none at all is the largest.
bool isRoomier(const PgType& from, const PgType& to)
{
    if (to.modifiers.isEmpty())
        return true;
    if (from.modifiers.isEmpty())
        return false;
    if (to.name == "numeric"_L1)
        return to.modifiers.value(0) >= from.modifiers.value(0)
               && to.modifiers.value(1) == from.modifiers.value(1);
    return to.modifiers.value(0) >= from.modifiers.value(0);
}

/// Types whose length is only a limit: the bytes of a value do not depend on it.
bool isLimited(const QString& name)
{
    static const QStringList limited{u"varchar"_s, u"varbit"_s,    u"numeric"_s,     u"time"_s,
                                     u"timetz"_s,  u"timestamp"_s, u"timestamptz"_s, u"interval"_s};
    return limited.contains(name) || name.startsWith("interval "_L1);
}

/// Casts without a function, of pg_cast: the bytes are the same.
bool sameBytes(const QString& from, const QString& to)
{
    static const QStringList pairs{
        u"varchar text"_s, u"text varchar"_s,   u"cidr inet"_s,     u"xml text"_s,   u"xml varchar"_s,
        u"int4 oid"_s,     u"oid int4"_s,       u"bit varbit"_s,    u"varbit bit"_s, u"citext text"_s,
        u"text citext"_s,  u"citext varchar"_s, u"varchar citext"_s};
    return pairs.contains(from + u' ' + to);
}

int rank(const QString& name)
{
    static const QStringList wider{u"int2"_s, u"int4"_s, u"int8"_s, u"numeric"_s};
    return static_cast<int>(wider.indexOf(name));
}

/// " day to second": the fields that an interval keeps, which the grammar has before its precision.
QString fieldsOf(int mask)
{
    static const QList<std::pair<int, QString>> fields{{2, u"year"_s},  {1, u"month"_s},   {3, u"day"_s},
                                                       {10, u"hour"_s}, {11, u"minute"_s}, {12, u"second"_s}};
    QStringList kept;
    for (const auto& [bit, name] : fields) {
        if ((mask >> bit & 1) != 0)
            kept.append(name);
    }
    if (kept.isEmpty() || kept.size() == fields.size())
        return {};
    return u' ' + (kept.size() == 1 ? kept.first() : kept.first() + u" to "_s + kept.last());
}

}  // namespace

PgType typeOfNode(const QJsonValue& typeName)
{
    QStringList names = strings(typeName[u"names"]);
    if (names.size() > 1 && (names.first() == "pg_catalog"_L1 || names.first() == "public"_L1))
        names.removeFirst();
    PgType type{.name = canonical(names.join(u'.')), .modifiers = {}, .isArray = false};
    const QJsonArray modifiers = typeName[u"typmods"].toArray();
    for (const auto& modifier : modifiers)
        type.modifiers.append(modifier[u"A_Const"][u"ival"][u"ival"].toInt());
    if (type.name == "interval"_L1 && !type.modifiers.isEmpty())
        type.name += fieldsOf(type.modifiers.takeFirst());
    type.isArray = !typeName[u"arrayBounds"].toArray().isEmpty();
    // The grammar writes char as char(1), and numeric(5) without the scale that it has.
    if (type.name == "numeric"_L1 && type.modifiers.size() == 1)
        type.modifiers.append(0);
    return type;
}

PgType typeOfText(const QString& formatted)
{
    static const QRegularExpression pattern(uR"(^([^(\[]+?)\s*(?:\(([-\d, ]+)\)([^\[]*))?(\[\])*$)"_s);
    const auto match = pattern.match(formatted);
    PgType type{.name = canonical((match.captured(1) + match.captured(3)).simplified()),
                .modifiers = {},
                .isArray = !match.captured(4).isEmpty()};
    const QStringList numbers = match.captured(2).split(u',', Qt::SkipEmptyParts);
    for (const QString& number : numbers)
        type.modifiers.append(number.trimmed().toInt());
    return type;
}

QString shown(const PgType& type)
{
    QStringList numbers;
    for (const int number : type.modifiers)
        numbers.append(QString::number(number));
    return type.name + (numbers.isEmpty() ? QString() : u'(' + numbers.join(u',') + u')')
           + (type.isArray ? u"[]"_s : QString());
}

TypeChange changeOf(const PgType& from, const PgType& to)
{
    if (from == to)
        return TypeChange::None;
    if (from.isArray != to.isArray)
        return TypeChange::Rewrite;
    if (from.isArray)
        // Casting the elements is an expression to the server, even where it leaves each of them as it is.
        return from.name == to.name && to.modifiers.isEmpty() ? TypeChange::Relabel : TypeChange::Rewrite;
    if (from.name == to.name)
        return isLimited(to.name) && isRoomier(from, to) ? TypeChange::Relabel : TypeChange::Rewrite;
    const bool zoned = (from.name == "timestamp"_L1 && to.name == "timestamptz"_L1)
                       || (from.name == "timestamptz"_L1 && to.name == "timestamp"_L1);
    if (zoned && isRoomier(from, to))
        return TypeChange::ZoneRewrite;
    if (to.name == "interval"_L1 && from.name.startsWith("interval "_L1) && isRoomier(from, to))
        return TypeChange::Relabel;
    return sameBytes(from.name, to.name) && to.modifiers.isEmpty() ? TypeChange::Relabel
                                                                   : TypeChange::Rewrite;
}

bool alwaysFits(const PgType& from, const PgType& to)
{
    const TypeChange change = changeOf(from, to);
    if (change != TypeChange::Rewrite)
        return true;
    if (from.isArray != to.isArray)
        return false;
    if (from.isArray)
        return alwaysFits({.name = from.name, .modifiers = from.modifiers},
                          {.name = to.name, .modifiers = to.modifiers});
    const bool unlimitedText = to.modifiers.isEmpty() && (to.name == "text"_L1 || to.name == "varchar"_L1);
    if (unlimitedText)
        return true;
    if (rank(from.name) >= 0 && rank(to.name) > rank(from.name))
        return to.modifiers.isEmpty();
    return from.name == "json"_L1 && to.name == "jsonb"_L1
               ? false
               : from.name == "date"_L1 && to.name.startsWith("timestamp"_L1);
}

}  // namespace dewpoint::lint
