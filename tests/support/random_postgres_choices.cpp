// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/random_postgres_choices.h"

namespace dewpoint::test::postgres {

namespace {

constexpr int columnKinds = 25;

TableChoice table(Dice& dice)
{
    TableChoice choice{.there = dice.chance(80),
                       .key = dice.upTo(5),
                       .option = dice.upTo(8),
                       .constraint = dice.upTo(8),
                       .comment = dice.upTo(4)};
    for (ColumnChoice& one : choice.columns)
        one = {.there = dice.chance(65),
               .kind = dice.upTo(columnKinds),
               .target = dice.upTo(tableCount),
               .comment = dice.upTo(6)};
    return choice;
}

/// Everything that is not a table, in one list, so that choices can be mixed.
QList<OtherChoice*> others(Choices& all)
{
    QList<OtherChoice*> list{&all.space,     &all.mood,     &all.positive,    &all.pair,      &all.span,
                             &all.counter,   &all.function, &all.stamp,       &all.procedure, &all.extension,
                             &all.child,     &all.reader,   &all.partitioned, &all.collation, &all.aggregate,
                             &all.comparing, &all.search};
    for (auto* group : {all.partitions.data(), all.triggers.data(), all.policies.data(),
                        all.statistics.data(), all.rules.data()})
        list << group << group + 1;
    for (auto* group : {all.indexes.data(), all.views.data()})
        list << group << group + 1 << group + 2;
    return list;
}

}  // namespace

Choices choices(Dice& dice)
{
    Choices all;
    for (TableChoice& one : all.tables)
        one = table(dice);
    for (OtherChoice* one : others(all))
        *one = other(dice);
    all.partitioned.there = dice.chance(30);
    all.extension.there = dice.chance(20);
    return all;
}

Choices changed(Choices all, Dice& dice)
{
    Choices fresh = choices(dice);
    for (int i = 0; i < tableCount; ++i) {
        if (dice.chance(15)) {
            all.tables[i] = fresh.tables[i];
            continue;
        }
        for (int c = 0; c < columnCount; ++c) {
            if (dice.chance(20))
                all.tables[i].columns[c] = fresh.tables[i].columns[c];
        }
        if (dice.chance(15))
            all.tables[i].key = fresh.tables[i].key;
        if (dice.chance(15))
            all.tables[i].constraint = fresh.tables[i].constraint;
        if (dice.chance(15))
            all.tables[i].option = fresh.tables[i].option;
        if (dice.chance(15))
            all.tables[i].comment = fresh.tables[i].comment;
    }
    const QList<OtherChoice*> old = others(all);
    const QList<OtherChoice*> anew = others(fresh);
    for (qsizetype i = 0; i < old.size(); ++i) {
        if (dice.chance(25))
            *old.at(i) = *anew.at(i);
    }
    return all;
}

}  // namespace dewpoint::test::postgres
