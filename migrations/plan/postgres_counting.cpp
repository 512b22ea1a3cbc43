// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "plan/postgres_counting.h"

#include "ddl/postgres.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::plan::postgres {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

/// A setting's name takes letters, digits and underscores only.
QString settingOf(const ObjectId& column)
{
    static const QRegularExpression other(u"[^A-Za-z0-9_]"_s);
    const QString name = u"%1_%2_%3"_s.arg(column.schema, column.name, column.member);
    QString plain = name;
    plain.replace(other, u"_"_s);
    if (plain != name)
        plain += u'_' + QString::number(qChecksum(name.toUtf8()), 16);
    return pg::literal(u"dewpoint."_s + plain);
}

QString optionOf(const QString& options, const QString& name)
{
    const QRegularExpression pattern(name + u" (-?\\d+)"_s);
    return pattern.match(options).captured(1);
}

}  // namespace

QString lastOf(const Sequence& sequence)
{
    return u"(SELECT last_value - CASE WHEN is_called THEN 0 ELSE %1 END FROM %2)"_s.arg(
        sequence.increment, pg::name(sequence.schema, sequence.name));
}

QString rememberSequence(const ObjectId& column, const Sequence& sequence)
{
    return u"SELECT pg_catalog.set_config(%1, %2::text, false)"_s.arg(settingOf(column), lastOf(sequence));
}

/// Where no number was taken yet, the first one is.
QString rememberIdentity(const ObjectId& column, const Column& from)
{
    const QString increment = optionOf(from.identityOptions, u"INCREMENT BY"_s);
    return u"SELECT pg_catalog.set_config(%1, coalesce(pg_catalog.pg_sequence_last_value(s), "
           "pg_catalog.nextval(s) - %2)::text, false) FROM pg_catalog.to_regclass("
           "pg_catalog.pg_get_serial_sequence(%3, %4)) AS s"_s.arg(
               settingOf(column), increment.isEmpty() ? u"1"_s : increment,
               pg::literal(pg::name(column.schema, column.name)), pg::literal(column.member));
}

QString remembered(const ObjectId& column)
{
    return u"nullif(pg_catalog.current_setting(%1, true), '')::bigint"_s.arg(settingOf(column));
}

Counting Counting::of(const Sequence& sequence)
{
    const bool down = sequence.increment.startsWith(u'-');
    const QString first = down ? sequence.maximum : sequence.minimum;
    return {.down = down, .first = first == (down ? u"-1" : u"1") ? QString() : first};
}

Counting Counting::of(const Column& identity)
{
    const bool down = optionOf(identity.identityOptions, u"INCREMENT BY"_s).startsWith(u'-');
    return {.down = down, .first = optionOf(identity.identityOptions, down ? u"MAXVALUE"_s : u"MINVALUE"_s)};
}

QString countOn(const QString& sequence, const ObjectId& column, const Counting& counting,
                const QString& kept)
{
    const QString most = (counting.down ? u"min(%1)"_s : u"max(%1)"_s).arg(pg::name(column.member));
    const QString last =
        kept.isEmpty() ? most : u"%1(%2, %3)"_s.arg(counting.down ? u"least"_s : u"greatest"_s, most, kept);
    const QString within = counting.first.isEmpty() ? (counting.down ? u"< 0"_s : u"> 0"_s)
                                                    : (counting.down ? u"<= "_s : u">= "_s) + counting.first;
    return u"SELECT pg_catalog.setval(%1, %2) FROM %3 HAVING %2 %4"_s.arg(
        sequence, last, pg::name(column.schema, column.name), within);
}

}  // namespace dewpoint::plan::postgres
