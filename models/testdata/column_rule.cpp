// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/column_rule.h"

#include "base/words.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

const QList<RuleInfo>& ruleKinds()
{
    using enum RuleKind;
    static const QList<RuleInfo> kinds{
        {Omit, u"default"_s, Words::tr("The database's default"), {}},
        {Null, u"null"_s, Words::tr("NULL"), {}},
        {Constant, u"constant"_s, Words::tr("Always the same"), Words::tr("a value")},
        {Reference, u"reference"_s, Words::tr("A row it refers to"), {}},
        {Choice, u"choice"_s, Words::tr("One of"), u"red|green|blue"_s},
        {Numbers, u"numbers"_s, Words::tr("Numbers, one after another"), Words::tr("first number")},
        {Integer, u"integer"_s, Words::tr("Whole number"), u"1..100"_s},
        {Decimal, u"decimal"_s, Words::tr("Decimal number"), u"0.50..99.99"_s},
        {Boolean, u"boolean"_s, Words::tr("True or false"), {}},
        {Date, u"date"_s, Words::tr("Date"), u"2024-01-01..2025-12-31"_s},
        {Timestamp, u"timestamp"_s, Words::tr("Date and time"), u"2024-01-01..2025-12-31"_s},
        {Time, u"time"_s, Words::tr("Time of day"), {}},
        {FirstName, u"first-name"_s, Words::tr("First name"), {}},
        {LastName, u"last-name"_s, Words::tr("Last name"), {}},
        {FullName, u"full-name"_s, Words::tr("Full name"), {}},
        {Email, u"email"_s, Words::tr("E-mail address"), {}},
        {UserName, u"user-name"_s, Words::tr("User name"), {}},
        {Phone, u"phone"_s, Words::tr("Phone number"), {}},
        {Company, u"company"_s, Words::tr("Company"), {}},
        {Product, u"product"_s, Words::tr("Product"), {}},
        {Street, u"street"_s, Words::tr("Street and number"), {}},
        {City, u"city"_s, Words::tr("City"), {}},
        {PostalCode, u"postal-code"_s, Words::tr("Postal code"), {}},
        {Country, u"country"_s, Words::tr("Country"), {}},
        {CountryCode, u"country-code"_s, Words::tr("Country code"), {}},
        {Url, u"url"_s, Words::tr("Web address"), {}},
        {Word, u"word"_s, Words::tr("Word"), {}},
        {Sentence, u"sentence"_s, Words::tr("Sentence"), {}},
        {Paragraph, u"paragraph"_s, Words::tr("A few sentences"), {}},
        {Pattern, u"pattern"_s, Words::tr("Pattern (# digit, @ letter)"), u"AB-####"_s},
        {Uuid, u"uuid"_s, Words::tr("UUID"), {}},
        {Json, u"json"_s, Words::tr("JSON object"), {}},
        {Bytes, u"bytes"_s, Words::tr("Bytes"), {}},
    };
    return kinds;
}

const RuleInfo& infoOf(RuleKind kind)
{
    return *std::ranges::find(ruleKinds(), kind, &RuleInfo::kind);
}

std::optional<RuleKind> ruleNamed(const QString& id)
{
    const auto found = std::ranges::find(ruleKinds(), id, &RuleInfo::id);
    return found == ruleKinds().end() ? std::nullopt : std::optional(found->kind);
}

std::optional<Span> spanOf(const QString& detail)
{
    const qsizetype dots = detail.indexOf(u".."_s);
    if (dots < 0)
        return std::nullopt;
    return Span{.from = detail.first(dots).trimmed(), .to = detail.sliced(dots + 2).trimmed()};
}

std::optional<qint64> momentOf(const QString& text)
{
    QString iso = text.trimmed();
    if (iso.size() == 10)
        iso += u" 00:00:00"_s;
    QDateTime moment = QDateTime::fromString(iso.replace(u' ', u'T'), Qt::ISODate);
    moment.setTimeZone(QTimeZone::UTC);
    return moment.isValid() ? std::optional(moment.toSecsSinceEpoch()) : std::nullopt;
}

namespace {

template <class Read>
bool isSpan(const QString& detail, const Read& read)
{
    const auto span = spanOf(detail);
    const auto from = span ? read(span->from) : std::nullopt;
    const auto to = span ? read(span->to) : std::nullopt;
    return from && to && *from <= *to;
}

std::optional<qint64> wholeOf(const QString& text)
{
    bool good = false;
    const qint64 number = text.toLongLong(&good);
    return good ? std::optional(number) : std::nullopt;
}

std::optional<double> decimalOf(const QString& text)
{
    bool good = false;
    const double number = text.toDouble(&good);
    return good ? std::optional(number) : std::nullopt;
}

}  // namespace

QString problemOf(const ColumnRule& rule)
{
    const QString wrong = Words::tr("%1 wants something like %2.").arg(rule.column, infoOf(rule.kind).hint);
    switch (rule.kind) {
    case RuleKind::Choice:
    case RuleKind::Pattern: return rule.detail.isEmpty() ? wrong : QString();
    case RuleKind::Integer: return isSpan(rule.detail, wholeOf) ? QString() : wrong;
    case RuleKind::Decimal: return isSpan(rule.detail, decimalOf) ? QString() : wrong;
    case RuleKind::Date:
    case RuleKind::Timestamp: return isSpan(rule.detail, momentOf) ? QString() : wrong;
    case RuleKind::Numbers:
        return rule.detail.isEmpty() || wholeOf(rule.detail)
                   ? QString()
                   : Words::tr("%1 wants the first number, or nothing for the next free one.")
                         .arg(rule.column);
    default: return {};
    }
}

}  // namespace dewpoint::testdata
