// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/needle.h"

#include "values/decimal.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 second = 1'000'000;  ///< in microseconds, the finest that either engine keeps

QString stamp(qint64 microseconds)
{
    const qint64 rest = ((microseconds % second) + second) % second;
    const QDateTime time = QDateTime::fromSecsSinceEpoch((microseconds - rest) / second, QTimeZone::UTC);
    return time.toString(u"yyyy-MM-dd HH:mm:ss."_s) + QString::number(rest).rightJustified(6, u'0');
}

}  // namespace

std::optional<Value> Needle::number() const
{
    const QString trimmed = text.trimmed();
    bool reads = false;
    if (const qint64 whole64 = trimmed.toLongLong(&reads); reads)
        return whole64;
    const double real = trimmed.toDouble(&reads);
    // What Decimal cannot read the server's numeric may not read either.
    if (!reads || !std::isfinite(real) || !Decimal::parse(trimmed.toUtf8()))
        return {};
    return real;
}

std::optional<QString> Needle::uuid() const
{
    QString plain = text.trimmed().toLower();
    plain.remove(u'-').remove(u'{').remove(u'}');
    static const QRegularExpression hex(u"^[0-9a-f]{32}$"_s);
    if (!hex.match(plain).hasMatch())
        return {};
    for (const int place : {8, 13, 18, 23})
        plain.insert(place, u'-');
    return plain;
}

std::optional<QByteArray> Needle::bytes() const
{
    static const QRegularExpression form(u"^(?:[xX]'([0-9a-fA-F]+)'|(?:0[xX]|\\\\[xX])([0-9a-fA-F]+))$"_s);
    const QRegularExpressionMatch match = form.match(text.trimmed());
    const QString digits = match.captured(1) + match.captured(2);
    if (!match.hasMatch() || digits.size() % 2 != 0)
        return {};
    return QByteArray::fromHex(digits.toLatin1());
}

std::optional<TimeSpan> Needle::time() const
{
    static const QRegularExpression form(
        u"^(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d)(:\\d\\d)?(?:\\.(\\d{1,6}))?)?"
        "(Z|[+-]\\d\\d(?::?\\d\\d)?)?$"_s);
    const QRegularExpressionMatch match = form.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    if (!date.isValid())
        return {};
    const QString zone = match.captured(5);
    if (match.captured(2).isEmpty())
        return zone.isEmpty() ? std::optional(TimeSpan{.from = match.captured(1),
                                                       .to = date.addDays(1).toString(Qt::ISODate),
                                                       .isDay = true})
                              : std::nullopt;
    const QString seconds = match.captured(3);
    const QTime clock =
        QTime::fromString(match.captured(2) + (seconds.isEmpty() ? u":00"_s : seconds), u"HH:mm:ss"_s);
    if (!clock.isValid())
        return {};
    // As far as it was written: a minute, a second, or a part of one.
    qint64 step = seconds.isEmpty() ? 60 * second : second;
    const QString fraction = match.captured(4);
    for (qsizetype digit = 0; digit < fraction.size(); ++digit)
        step /= 10;
    const qint64 from = QDateTime(date, clock, QTimeZone::UTC).toSecsSinceEpoch() * second
                        + fraction.leftJustified(6, u'0').toLongLong();
    return TimeSpan{.from = stamp(from) + zone, .to = stamp(from + step) + zone, .zoned = !zone.isEmpty()};
}

std::optional<bool> Needle::boolean() const
{
    const QString lower = text.trimmed().toLower();
    if (lower == u"true"_s || lower == u"false"_s)
        return lower == u"true"_s;
    return {};
}

bool Needle::looksTemporal() const
{
    static const QRegularExpression form(u"^[0-9][0-9:. T+-]*[:-][0-9:. T+-]*$"_s);
    return form.match(text.trimmed()).hasMatch();
}

bool Needle::looksHex() const
{
    static const QRegularExpression form(u"^[0-9a-fA-F-]{4,}$"_s);
    return form.match(text.trimmed()).hasMatch();
}

}  // namespace dewpoint::rows
