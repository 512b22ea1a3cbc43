// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/cell_format.h"

#include "base/words.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

constexpr std::array all{CellFormat::Stored,  CellFormat::Thousands,    CellFormat::Bytes,
                         CellFormat::Seconds, CellFormat::Milliseconds, CellFormat::Date};

// Digits stay as they are stored: only separators come between them.
QString grouped(const QString& text)
{
    const qsizetype sign = text.startsWith(u'-') ? 1 : 0;
    const qsizetype point = text.indexOf(u'.');
    const qsizetype end = point < 0 ? text.size() : point;
    for (qsizetype i = sign; i < text.size(); ++i) {
        if (i != point && !text[i].isDigit())
            return {};
    }
    QString out = text;
    const QString separator = QLocale().groupSeparator();
    for (qsizetype at = end - 3; at > sign; at -= 3)
        out.insert(at, separator);
    if (point >= 0)
        out.replace(out.size() - (text.size() - point), 1, QLocale().decimalPoint());
    return out;
}

QString moment(qint64 milliseconds, bool fraction)
{
    constexpr qint64 furthest = 253'402'300'799'999;  // the year 9999
    if (milliseconds > furthest || milliseconds < -furthest)
        return {};
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC)
               .toString(fraction ? u"yyyy-MM-dd HH:mm:ss.zzz"_s : u"yyyy-MM-dd HH:mm:ss"_s)
           + u" UTC"_s;
}

QString dated(const QString& text)
{
    const QDate date = QDate::fromString(text.left(10), Qt::ISODate);
    if (!date.isValid())
        return {};
    const QString rest = text.mid(10).trimmed();
    return QLocale().toString(date, QLocale::LongFormat) + (rest.isEmpty() ? QString() : u" "_s + rest);
}

}  // namespace

QList<CellFormat> formatsFor(const rows::RelationColumn& column)
{
    using enum CellFormat;
    if (column.family == rows::ColumnFamily::Integer)
        return {Stored, Thousands, Bytes, Seconds, Milliseconds};
    if (rows::isNumber(column.family))
        return {Stored, Thousands, Bytes, Seconds, Milliseconds, Date};
    if (column.family == rows::ColumnFamily::Temporal || column.family == rows::ColumnFamily::Text)
        return {Stored, Date};
    return column.family == rows::ColumnFamily::Other ? QList(all.cbegin(), all.cend()) : QList{Stored};
}

QString titleOf(CellFormat format)
{
    switch (format) {
    case CellFormat::Stored: return Words::tr("As stored");
    case CellFormat::Thousands: return Words::tr("Number with separators");
    case CellFormat::Bytes: return Words::tr("Bytes as a size");
    case CellFormat::Seconds: return Words::tr("Seconds since 1970 as a time");
    case CellFormat::Milliseconds: return Words::tr("Milliseconds since 1970 as a time");
    case CellFormat::Date: return Words::tr("Date in words");
    }
    std::unreachable();
}

QString noteOf(CellFormat format)
{
    switch (format) {
    case CellFormat::Stored: return {};
    case CellFormat::Thousands: return Words::tr("shown as number");
    case CellFormat::Bytes: return Words::tr("shown as size");
    case CellFormat::Seconds:
    case CellFormat::Milliseconds: return Words::tr("shown as time");
    case CellFormat::Date: return Words::tr("shown as date");
    }
    std::unreachable();
}

QString idOf(CellFormat format)
{
    switch (format) {
    case CellFormat::Stored: return {};
    case CellFormat::Thousands: return u"thousands"_s;
    case CellFormat::Bytes: return u"bytes"_s;
    case CellFormat::Seconds: return u"seconds"_s;
    case CellFormat::Milliseconds: return u"milliseconds"_s;
    case CellFormat::Date: return u"date"_s;
    }
    std::unreachable();
}

CellFormat formatCalled(const QString& id)
{
    for (const CellFormat format : all) {
        if (idOf(format) == id)
            return format;
    }
    return CellFormat::Stored;
}

QString formatted(const Value& value, CellFormat format)
{
    if (format == CellFormat::Stored || isNull(value) || std::holds_alternative<Blob>(value))
        return {};
    const QString text = displayText(value);
    bool whole = false;
    const qint64 number = text.toLongLong(&whole);
    switch (format) {
    case CellFormat::Thousands: return grouped(text);
    case CellFormat::Bytes: return whole && number >= 0 ? QLocale().formattedDataSize(number) : QString();
    case CellFormat::Seconds: {
        bool reads = false;
        const double seconds = text.toDouble(&reads);
        return whole && qAbs(number) < 1'000'000'000'000 ? moment(number * 1000, false)
               : reads && !whole && qAbs(seconds) < 1e12 ? moment(qRound64(seconds * 1000), true)
                                                         : QString();
    }
    case CellFormat::Milliseconds: return whole ? moment(number, true) : QString();
    case CellFormat::Date: return dated(text);
    case CellFormat::Stored: break;
    }
    return {};
}

}  // namespace dewpoint::cells
