// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::testdata {

enum class RuleKind {
    Omit,  ///< the database's own default or number
    Null,
    Constant,
    Reference,
    Choice,
    Numbers,
    Integer,
    Decimal,
    Boolean,
    Date,
    Timestamp,
    Time,
    FirstName,
    LastName,
    FullName,
    Email,
    UserName,
    Phone,
    Company,
    Product,
    Street,
    City,
    PostalCode,
    Country,
    CountryCode,
    Url,
    Word,
    Sentence,
    Paragraph,
    Pattern,
    Uuid,
    Json,
    Bytes,
};

/// How the values of one column are made up.
struct ColumnRule {
    QString column;
    RuleKind kind = RuleKind::Omit;
    QString detail;     ///< what the kind wants to know: "1..100", "red|green", "CRM-####"
    int nullShare = 0;  ///< percent
    bool operator==(const ColumnRule&) const = default;
};

struct RuleInfo {
    RuleKind kind;
    QString id;     ///< for the shell
    QString title;  ///< for people
    QString hint;   ///< what a detail looks like; empty: the kind takes none
};

const QList<RuleInfo>& ruleKinds();
const RuleInfo& infoOf(RuleKind kind);
std::optional<RuleKind> ruleNamed(const QString& id);

/// "1..100": both ends, as texts.
struct Span {
    QString from;
    QString to;
};
std::optional<Span> spanOf(const QString& detail);

/// Seconds since 1970 (UTC) of "2024-05-17" or "2024-05-17 12:30"; nothing where it is neither.
std::optional<qint64> momentOf(const QString& text);

/// Nothing, or what is wrong with the detail.
QString problemOf(const ColumnRule& rule);

}  // namespace dewpoint::testdata
