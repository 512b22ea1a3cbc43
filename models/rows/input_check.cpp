// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/input_check.h"

#include "base/words.h"
#include "json/scan.h"
#include "values/decimal.h"

#include <QDate>
#include <QRegularExpression>
#include <QTime>

#include <algorithm>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

QString integerProblem(const QString& text, const RelationColumn& column)
{
    static const QRegularExpression whole(u"^\\s*[+-]?[0-9]+\\s*$"_s);
    if (!whole.match(text).hasMatch())
        return Words::tr("Not a whole number.");
    bool ok = false;
    const qint64 number = text.trimmed().toLongLong(&ok);
    const qint64 most = column.type == u"smallint"_s  ? std::numeric_limits<qint16>::max()
                        : column.type == u"integer"_s ? std::numeric_limits<qint32>::max()
                                                      : std::numeric_limits<qint64>::max();
    if (!ok || number > most || number < -most - 1)
        return Words::tr("Outside the range of %1.").arg(column.type);
    return {};
}

struct Precision {
    int digits = -1;
    int scale = -1;
};

/// "numeric(10,2)"; a lone precision means no places after the point (PostgreSQL manual, "Numeric Types").
Precision precisionOf(const QString& type)
{
    static const QRegularExpression pattern(u"\\((\\d+)(?:,(-?\\d+))?\\)"_s);
    const auto match = pattern.match(type);
    if (!match.hasMatch())
        return {};
    return {match.captured(1).toInt(), match.hasCaptured(2) ? match.captured(2).toInt() : 0};
}

bool isSpecialNumber(const QString& text)
{
    static const QRegularExpression words(u"^\\s*([+-]?inf(inity)?|nan)\\s*$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(text).hasMatch();
}

QString numericProblem(const QString& text, const RelationColumn& column)
{
    if (column.type == u"money"_s || isSpecialNumber(text))
        return {};
    const auto number = Decimal::parse(text.trimmed().toUtf8());
    if (!number)
        return Words::tr("Not a number.");
    const Precision precision = precisionOf(column.type);
    if (column.family != ColumnFamily::Numeric || precision.digits < 0)
        return {};
    QByteArray digits = number->toText();
    digits.replace('-', "");
    const qsizetype point = digits.indexOf('.');
    QByteArray places = point < 0 ? QByteArray() : digits.mid(point + 1);
    while (places.endsWith('0'))
        places.chop(1);
    if (places.size() > std::max(0, precision.scale))
        return precision.scale > 0
                   ? Words::tr("More than %1 digits after the point: the database would round it.")
                         .arg(precision.scale)
                   : Words::tr("No digits after the point here: the database would round it.");
    const QByteArray whole = point < 0 ? digits : digits.left(point);
    if (whole != "0" && whole.size() > precision.digits - precision.scale)
        return Words::tr("More than %1 digits before the point.").arg(precision.digits - precision.scale);
    return {};
}

QString fractionProblem(const QString& fraction, const RelationColumn& column)
{
    const int kept = precisionOf(column.type).digits < 0 ? 6 : precisionOf(column.type).digits;
    QString digits = fraction;
    while (digits.endsWith(u'0'))
        digits.chop(1);
    return digits.size() > kept
               ? Words::tr("More than %1 digits of a second: the database would round it.").arg(kept)
               : QString();
}

QString clockProblem(const QRegularExpressionMatch& match, const RelationColumn& column)
{
    const int hour = match.captured(u"hour"_s).toInt();
    const int minute = match.captured(u"minute"_s).toInt();
    const int second = match.captured(u"second"_s).toInt();
    const bool midnight =
        hour == 24 && minute == 0 && second == 0;  // PostgreSQL reads 24:00 as the next day's 0:00
    if (!midnight && !QTime::isValid(hour, minute, std::min(second, 59)))
        return Words::tr("There is no such time of day.");
    if (second > 60)
        return Words::tr("There is no such time of day.");
    return fractionProblem(match.captured(u"fraction"_s), column);
}

// Only the ISO form is looked at; the server reads many others, and words.
QString temporalProblem(const QString& text, const RelationColumn& column)
{
    static const QString date = u"(?<year>\\d{4,6})-(?<month>\\d{1,2})-(?<day>\\d{1,2})"_s;
    static const QString clock =
        u"(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d*))?)?"_s;
    static const QString rest =
        u"(?<zone>\\s*(?:Z|[+-]\\d{1,2}(?::?\\d{2}){0,2}|[A-Za-z][A-Za-z0-9_/+-]*))?(?:\\s+BC)?$"_s;
    static const QRegularExpression looksIso(u"^\\s*\\d{4,6}-\\d"_s);
    static const QRegularExpression looksClock(u"^\\s*\\d{1,2}:\\d"_s);
    static const QRegularExpression full(u"^\\s*"_s + date + u"(?:[ T]+"_s + clock + u")?"_s + rest);
    static const QRegularExpression timeOnly(u"^\\s*"_s + clock + rest);
    if (text.trimmed().isEmpty())
        return Words::tr("An empty text is no date or time.");
    if (column.type.startsWith(u"interval"_s))
        return {};
    if (column.type.startsWith(u"time "_s) || column.type.startsWith(u"time("_s)) {
        const auto match = timeOnly.match(text);
        return match.hasMatch()                    ? clockProblem(match, column)
               : looksClock.match(text).hasMatch() ? Words::tr("Not a time: 13:45:00.5")
                                                   : QString();
    }
    const auto match = full.match(text);
    if (!match.hasMatch())
        return looksIso.match(text).hasMatch()
                   ? Words::tr("Not a date: 2026-01-31, or 2026-01-31 13:45:00+01")
                   : QString();
    if (!QDate::isValid(match.captured(u"year"_s).toInt(), match.captured(u"month"_s).toInt(),
                        match.captured(u"day"_s).toInt()))
        return Words::tr("There is no such day.");
    if (!match.hasCaptured(u"hour"_s))
        return {};
    if (column.type == u"date"_s)
        return Words::tr("A date has no time: the database would cut it off.");
    if (column.type.endsWith(u"without time zone"_s) && !match.captured(u"zone"_s).trimmed().isEmpty())
        return Words::tr("This column keeps no time zone: the database would drop it.");
    return clockProblem(match, column);
}

QString jsonProblem(const QString& text)
{
    const auto problem = json::problemOf(text.toUtf8());
    return problem ? Words::tr("Not JSON. %1").arg(json::sentence(*problem)) : QString();
}

QString postgresProblem(const QString& text, const RelationColumn& column)
{
    switch (column.family) {
    case ColumnFamily::Integer: return integerProblem(text, column);
    case ColumnFamily::Numeric:
    case ColumnFamily::Real: return numericProblem(text, column);
    case ColumnFamily::Temporal: return temporalProblem(text, column);
    case ColumnFamily::Json: return jsonProblem(text);
    case ColumnFamily::Boolean: {
        static const QStringList words{u"t"_s, u"f"_s, u"true"_s, u"false"_s, u"yes"_s, u"no"_s,
                                       u"y"_s, u"n"_s, u"on"_s,   u"off"_s,   u"1"_s,   u"0"_s};
        return words.contains(text.trimmed().toLower()) ? QString() : Words::tr("Neither true nor false.");
    }
    case ColumnFamily::Text:
    case ColumnFamily::Binary:
    case ColumnFamily::Other: break;
    }
    if (!column.choices.isEmpty() && !column.choices.contains(text))
        return Words::tr("Not one of %1.").arg(column.choices.join(u", "_s));
    return {};
}

}  // namespace

QString inputProblem(const QString& text, const RelationColumn& column, Engine engine)
{
    if (engine == Engine::Postgres && isUuid(column)) {
        const QString bare = QString(text.trimmed()).remove(u'-').remove(u'{').remove(u'}');
        static const QRegularExpression hex(u"^[0-9a-fA-F]{32}$"_s);
        return hex.match(bare).hasMatch() ? QString() : Words::tr("Not a UUID.");
    }
    if (engine == Engine::Postgres)
        return postgresProblem(text, column);
    return isJson(column) ? jsonProblem(text) : QString();
}

QString storageWarning(const Value& value, const RelationColumn& column, Engine engine)
{
    constexpr qsizetype digitsOfReal = 15;  // SQLite manual, "Type Affinity"
    const auto* text = std::get_if<Text>(&value);
    if (engine != Engine::Sqlite || !text || !readsAsNumber(column))
        return {};
    const auto number = Decimal::parse(text->utf8.trimmed());
    if (!number)
        return Words::tr("Not a number: SQLite would keep it as text in this %1 column.").arg(column.type);
    const QByteArray digits = number->toText();
    return std::ranges::count_if(digits, [](char c) { return c >= '0' && c <= '9'; }) > digitsOfReal
               ? Words::tr("More than 15 digits: SQLite would round it in this %1 column.").arg(column.type)
               : QString();
}

bool isBoolean(const RelationColumn& column, Engine engine)
{
    if (engine == Engine::Postgres)
        return column.family == ColumnFamily::Boolean;
    return column.type.startsWith(u"BOOL"_s, Qt::CaseInsensitive);
}

bool isUuid(const RelationColumn& column)
{
    return column.type.compare(u"uuid"_s, Qt::CaseInsensitive) == 0;
}

bool isJson(const RelationColumn& column)
{
    return column.family == ColumnFamily::Json || column.type.compare(u"json"_s, Qt::CaseInsensitive) == 0;
}

}  // namespace dewpoint::rows
