// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "testdata/check_hints.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::testdata {

namespace {

/// PostgreSQL writes casts and brackets into what it was given: "((price >= (0)::numeric))".
QString simplified(QString text)
{
    static const QRegularExpression cast(uR"(::"?[a-z][a-z ]*"?(\(\d+(,\d+)?\))?(\[\])?)"_s);
    static const QRegularExpression bracketed(uR"(\(("?\w+"?|-?\d+(\.\d+)?|'-?\d+(\.\d+)?')\))"_s);
    text.replace(cast, {});
    for (QString before; before != text;) {
        before = text;
        text.replace(bracketed, uR"(\1)"_s);
    }
    return text;
}

QStringList quotedTexts(const QString& list)
{
    static const QRegularExpression literal(u"'((?:[^']|'')*)'"_s);
    QStringList texts;
    for (auto each = literal.globalMatch(list); each.hasNext();)
        texts += each.next().captured(1).replace(u"''"_s, u"'"_s);
    return texts;
}

void readChoices(const QString& text, const QString& name, CheckHint& hint)
{
    const QRegularExpression in(name + uR"(\s*(?:IN\s*\(|=\s*ANY\s*\(+(?:ARRAY\s*\[)?)([^\])]*))"_s,
                                QRegularExpression::CaseInsensitiveOption);
    if (const auto match = in.match(text); match.hasMatch())
        hint.choices = quotedTexts(match.captured(1));
}

void readBounds(const QString& text, const QString& name, bool whole, CheckHint& hint)
{
    const auto least = [&](double value) { hint.least = std::max(hint.least.value_or(value), value); };
    const auto most = [&](double value) { hint.most = std::min(hint.most.value_or(value), value); };
    const double step = whole ? 1 : 0.01;
    const QRegularExpression compare(name + uR"(\s*(>=|<=|>|<)\s*'?(-?\d+(?:\.\d+)?))"_s);
    for (auto each = compare.globalMatch(text); each.hasNext();) {
        const auto match = each.next();
        const double value = match.captured(2).toDouble();  // a hint: the database checks exactly
        const QString sign = match.captured(1);
        if (sign.startsWith(u'>'))
            least(sign == u">" ? value + step : value);
        else
            most(sign == u"<" ? value - step : value);
    }
    const QRegularExpression between(
        name + uR"(\s+BETWEEN\s+'?(-?\d+(?:\.\d+)?)'?\s+AND\s+'?(-?\d+(?:\.\d+)?))"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (const auto match = between.match(text); match.hasMatch()) {
        // Hints as well, and no cell's values.
        least(match.captured(1).toDouble());
        most(match.captured(2).toDouble());
    }
}

}  // namespace

CheckHint checkHint(const schema::Table& table, const QString& column)
{
    CheckHint hint;
    const schema::Column* known = table.column(column);
    const bool whole = known && known->type.contains(u"int"_s, Qt::CaseInsensitive);
    const QString name = uR"re((?<![\w."])"?%1"?(?!\w|\())re"_s.arg(QRegularExpression::escape(column));
    for (const schema::Constraint& constraint : table.constraints) {
        if (constraint.kind != schema::ConstraintKind::Check)
            continue;
        const QString text = simplified(constraint.definition);
        readChoices(text, name, hint);
        // Of "a > 0 OR b" neither half has to hold.
        if (!text.contains(u" OR "_s, Qt::CaseInsensitive) && !text.contains(u"CASE"_s, Qt::CaseInsensitive))
            readBounds(text, name, whole, hint);
    }
    return hint;
}

}  // namespace dewpoint::testdata
