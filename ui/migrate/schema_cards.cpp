// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/schema_cards.h"

#include "base/words.h"
#include "change/words.h"
#include "diff/compare.h"
#include "diff/table_diff.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

// Nothing for what stays as it is.
std::optional<Sign> signOf(diff::State state)
{
    switch (state) {
    case diff::State::Same: return std::nullopt;
    case diff::State::Added: return Sign::Added;
    case diff::State::Removed: return Sign::Removed;
    case diff::State::Changed: return Sign::Changed;
    }
    std::unreachable();
}

CardLine columnLine(Sign sign, const diff::ColumnDiff& column)
{
    const auto words = [](const std::optional<schema::Column>& side) {
        return side ? change::words(*side) : QString();
    };
    return {.sign = sign,
            .name = column.after.value_or(column.before.value_or(schema::Column())).name,
            .before = words(column.before),
            .after = words(column.after)};
}

Card cardOf(const diff::TableDiff& table)
{
    Card card{.sign = signOf(table.state).value_or(Sign::Changed),
              .kind = table.name.isEmpty() ? Words::tr("other")
                      : table.isView       ? Words::tr("view")
                                           : Words::tr("table"),
              .title = table.name.isEmpty() ? Words::tr("Other objects")
                                            : change::called(table.schema, table.name),
              .lines = {}};
    for (const diff::ColumnDiff& column : table.columns)
        if (const auto sign = signOf(column.state))
            card.lines.append(columnLine(*sign, column));
    for (const diff::TableDiff::Line& line : table.lines)
        if (const auto sign = signOf(line.state))
            card.lines.append({.sign = *sign, .name = line.text, .before = {}, .after = {}});
    return card;
}

QString middle(const CardLine& line)
{
    if (line.before.isEmpty() && line.after.isEmpty())
        return {};
    return u": "_s
           + (line.sign == Sign::Changed ? line.before + u" → "_s + line.after : line.before + line.after);
}

}  // namespace

QString signText(Sign sign)
{
    switch (sign) {
    case Sign::Added: return u"+"_s;
    case Sign::Removed: return u"−"_s;
    case Sign::Changed: return u"~"_s;
    }
    std::unreachable();
}

QList<Card> cardsOf(const schema::Database& before, const schema::Database& after)
{
    QList<Card> cards;
    for (const diff::TableDiff& table : diff::byTable(diff::compare(before, after), before, after))
        cards.append(cardOf(table));
    return cards;
}

QString cardsText(const QList<Card>& cards)
{
    QStringList lines;
    for (const Card& card : cards) {
        lines.append(u"%1 %2 %3"_s.arg(signText(card.sign), card.kind, card.title));
        for (const CardLine& line : card.lines)
            lines.append(u"    %1 %2%3"_s.arg(signText(line.sign), line.name, middle(line)));
    }
    return lines.join(u'\n');
}

}  // namespace dewpoint::migrate
