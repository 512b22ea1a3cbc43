// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "values/value.h"

#include <QLocale>

#include <cmath>

namespace dewpoint {

namespace {

QString realText(double number)
{
    if (std::isnan(number))
        return QStringLiteral("NaN");
    if (std::isinf(number))
        return number > 0 ? QStringLiteral("Inf") : QStringLiteral("-Inf");
    QString text = QString::number(number, 'g', QLocale::FloatingPointShortest);
    if (!text.contains(QLatin1Char('.')) && !text.contains(QLatin1Char('e')))
        text += QLatin1String(".0");
    return text;
}

struct Display {
    QString operator()(const Null&) const { return {}; }
    QString operator()(qint64 number) const { return QString::number(number); }
    QString operator()(double number) const { return realText(number); }
    QString operator()(const Text& text) const { return QString::fromUtf8(text.utf8); }
    QString operator()(const Blob& blob) const
    {
        return QStringLiteral("X'%1'").arg(QString::fromLatin1(blob.bytes.toHex()));
    }
};

}  // namespace

QString displayText(const Value& value)
{
    return std::visit(Display{}, value);
}

QString sqlLiteral(const Value& value)
{
    if (isNull(value))
        return QStringLiteral("NULL");
    if (const auto* text = std::get_if<Text>(&value)) {
        QString body = QString::fromUtf8(text->utf8);
        body.replace(QLatin1Char('\''), QLatin1String("''"));
        return QLatin1Char('\'') + body + QLatin1Char('\'');
    }
    if (const auto* number = std::get_if<double>(&value); number && std::isinf(*number))
        return *number > 0 ? QStringLiteral("9e999") : QStringLiteral("-9e999");
    return displayText(value);
}

Value textValue(const QString& text)
{
    return Text{text.toUtf8()};
}

}  // namespace dewpoint
