// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/named_rules.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

namespace {

const QList<NamedRule>& textRules()
{
    using enum RuleKind;
    static const QList<NamedRule> rules{
        {{u"email"_s}, Email, {}},
        {{u"mail"_s}, Email, {}},
        {{u"first"_s, u"name"_s}, FirstName, {}},
        {{u"given"_s, u"name"_s}, FirstName, {}},
        {{u"firstname"_s}, FirstName, {}},
        {{u"last"_s, u"name"_s}, LastName, {}},
        {{u"family"_s, u"name"_s}, LastName, {}},
        {{u"lastname"_s}, LastName, {}},
        {{u"surname"_s}, LastName, {}},
        {{u"user"_s, u"name"_s}, UserName, {}},
        {{u"username"_s}, UserName, {}},
        {{u"login"_s}, UserName, {}},
        {{u"nick"_s}, UserName, {}},
        {{u"full"_s, u"name"_s}, FullName, {}},
        {{u"phone"_s}, Phone, {}},
        {{u"mobile"_s}, Phone, {}},
        {{u"fax"_s}, Phone, {}},
        {{u"company"_s}, Company, {}},
        {{u"supplier"_s}, Company, {}},
        {{u"brand"_s}, Company, {}},
        {{u"street"_s}, Street, {}},
        {{u"address"_s}, Street, {}},
        {{u"city"_s}, City, {}},
        {{u"town"_s}, City, {}},
        {{u"postal"_s}, PostalCode, {}},
        {{u"postcode"_s}, PostalCode, {}},
        {{u"zip"_s}, PostalCode, {}},
        {{u"country"_s}, Country, {}},
        {{u"currency"_s}, Choice, u"EUR|USD|GBP"_s},
        {{u"language"_s}, Choice, u"en|de|fr|es"_s},
        {{u"locale"_s}, Choice, u"en|de|fr|es"_s},
        {{u"url"_s}, Url, {}},
        {{u"link"_s}, Url, {}},
        {{u"website"_s}, Url, {}},
        {{u"uuid"_s}, Uuid, {}},
        {{u"guid"_s}, Uuid, {}},
        {{u"sku"_s}, Pattern, u"@@-####"_s},
        {{u"code"_s}, Pattern, u"@@@-###"_s},
        {{u"number"_s}, Pattern, u"##########"_s},
        {{u"reference"_s}, Pattern, u"@@######"_s},
        {{u"external"_s}, Pattern, u"@@-######"_s},
        {{u"token"_s}, Pattern, u"@@@@@@@@@@@@@@@@"_s},
        {{u"color"_s}, Choice, u"red|green|blue|black|white"_s},
        {{u"colour"_s}, Choice, u"red|green|blue|black|white"_s},
        {{u"status"_s}, Choice, u"new|active|closed"_s},
        {{u"state"_s}, Choice, u"new|active|closed"_s},
        {{u"title"_s}, Product, {}},
        {{u"product"_s}, Product, {}},
        {{u"slug"_s}, Pattern, u"item-######"_s},
        {{u"salutation"_s}, Choice, u"Ms|Mr|Mx"_s},
        {{u"description"_s}, Paragraph, {}},
        {{u"body"_s}, Paragraph, {}},
        {{u"content"_s}, Paragraph, {}},
        {{u"comment"_s}, Sentence, {}},
        {{u"note"_s}, Sentence, {}},
        {{u"notes"_s}, Sentence, {}},
        {{u"subject"_s}, Sentence, {}},
        {{u"reason"_s}, Sentence, {}},
        {{u"message"_s}, Sentence, {}},
        {{u"customer"_s}, FullName, {}},
        {{u"author"_s}, FullName, {}},
        {{u"contact"_s}, FullName, {}},
    };
    return rules;
}

const QList<NamedRule>& numberRules()
{
    using enum RuleKind;
    static const QList<NamedRule> rules{
        {{u"price"_s}, Decimal, u"1.00..500.00"_s},
        {{u"amount"_s}, Decimal, u"1.00..500.00"_s},
        {{u"total"_s}, Decimal, u"1.00..900.00"_s},
        {{u"cost"_s}, Decimal, u"1.00..500.00"_s},
        {{u"cents"_s}, Integer, u"100..50000"_s},
        {{u"salary"_s}, Integer, u"28000..120000"_s},
        {{u"quantity"_s}, Integer, u"1..20"_s},
        {{u"qty"_s}, Integer, u"1..20"_s},
        {{u"count"_s}, Integer, u"0..50"_s},
        {{u"stock"_s}, Integer, u"0..500"_s},
        {{u"age"_s}, Integer, u"18..90"_s},
        {{u"year"_s}, Integer, u"1990..2025"_s},
        {{u"rating"_s}, Integer, u"1..5"_s},
        {{u"stars"_s}, Integer, u"1..5"_s},
        {{u"percent"_s}, Integer, u"0..100"_s},
        {{u"discount"_s}, Integer, u"0..50"_s},
        {{u"rate"_s}, Decimal, u"0.00..1.00"_s},
        {{u"lat"_s}, Decimal, u"-60.0000..70.0000"_s},
        {{u"latitude"_s}, Decimal, u"-60.0000..70.0000"_s},
        {{u"lon"_s}, Decimal, u"-180.0000..180.0000"_s},
        {{u"lng"_s}, Decimal, u"-180.0000..180.0000"_s},
        {{u"longitude"_s}, Decimal, u"-180.0000..180.0000"_s},
        {{u"weight"_s}, Decimal, u"0.1..40.0"_s},
        {{u"position"_s}, Integer, u"1..50"_s},
        {{u"version"_s}, Integer, u"1..9"_s},
    };
    return rules;
}

const NamedRule* named(const QList<NamedRule>& rules, const QStringList& parts)
{
    const auto found = std::ranges::find_if(rules, [&](const NamedRule& rule) {
        return std::ranges::all_of(rule.words, [&](const QString& word) { return parts.contains(word); });
    });
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace

QStringList partsOf(const QString& name)
{
    static const QRegularExpression hump(u"(?<=[a-z0-9])(?=[A-Z])"_s);
    static const QRegularExpression between(u"[^a-z0-9]+"_s);
    return QString(name).replace(hump, u"_"_s).toLower().split(between, Qt::SkipEmptyParts);
}

const NamedRule* namedText(const QStringList& parts)
{
    return named(textRules(), parts);
}

const NamedRule* namedNumber(const QStringList& parts)
{
    return named(numberRules(), parts);
}

}  // namespace dewpoint::testdata
