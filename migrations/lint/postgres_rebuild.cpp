// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/copied.h"
#include "lint/postgres.h"

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

bool isAggregate(const QString& name)
{
    static const QStringList names{u"count"_s,    u"min"_s,      u"max"_s,       u"sum"_s,
                                   u"avg"_s,      u"bool_and"_s, u"bool_or"_s,   u"array_agg"_s,
                                   u"json_agg"_s, u"every"_s,    u"jsonb_agg"_s, u"string_agg"_s};
    return names.contains(name);
}

/// SELECT … FROM one_table, and nothing that leaves rows out.
bool isWhole(const QJsonValue& select)
{
    const QJsonArray from = select[u"fromClause"].toArray();
    const QString operation = select[u"op"].toString(u"SETOP_NONE"_s);
    const QStringList leavesOut{u"whereClause"_s,    u"groupClause"_s, u"havingClause"_s, u"limitCount"_s,
                                u"distinctClause"_s, u"limitOffset"_s, u"withClause"_s,   u"valuesLists"_s};
    bool isGrouped = false;
    eachNode(select[u"targetList"], [&](const QString& kind, const QJsonValue& node) {
        isGrouped = isGrouped || (kind == "FuncCall"_L1 && isAggregate(strings(node[u"funcname"]).value(0)));
    });
    return from.size() == 1 && from.at(0).toObject().contains(u"RangeVar"_s) && operation == "SETOP_NONE"_L1
           && !isGrouped && std::ranges::none_of(leavesOut, [&](const QString& clause) {
                  return !select[clause].isUndefined() && !select[clause].isNull();
              });
}

/// Every column that a list names; nothing for all of them.
std::optional<QSet<QString>> namedIn(const QJsonValue& list)
{
    QSet<QString> names;
    bool all = false;
    eachNode(list, [&](const QString& kind, const QJsonValue& node) {
        if (kind == "A_Star"_L1)
            all = true;
        if (kind == "ColumnRef"_L1)
            names.insert(strings(node[u"fields"]).value(-1 + node[u"fields"].toArray().size()));
    });
    return all ? std::nullopt : std::optional(names);
}

/// Which columns the list only copies, by place.
QStringList plainNames(const QJsonValue& list)
{
    QStringList names;
    const QJsonArray items = list.toArray();
    for (const auto& item : items) {
        const QStringList fields = strings(item[u"ResTarget"][u"val"][u"ColumnRef"][u"fields"]);
        names << (fields.isEmpty() ? QString() : fields.last());
    }
    return names;
}

/// It is dropped at the end, and its rows are in what has its name then.
bool isMadeAgain(const Bench& bench, const Parted& parted)
{
    return bench.scriptRows.holdsItsOwn(parted.origin);
}

void judgeForgotten(Bench& bench, const PartCopy& copy, const Parted& drop)
{
    const QSet<QString> others = namedByOthers(bench.report(), copy.statement);
    const RelationName& origin = copy.origin;
    const KnownTable* now = bench.known.table(origin);
    bench.turnTo(drop.statement);
    for (const auto& [column, other] : copy.carried.asKeyValueRange())
        bench.known.renames.insert(copy.renames, {.table = copy.from, .from = column, .to = other});
    for (const QString& column : copy.forgotten) {
        if (others.contains(column.toLower()))
            continue;
        const QString subject = origin.shown() + u'.' + column;
        if (now && now->columns.contains(column))
            bench.find(u"rebuild-forgets-column"_s, subject,
                       Words::tr("The values of %1 are not copied.").arg(subject));
        else
            bench.find(u"drop-column"_s, subject, Words::tr("The new table has no column %1.").arg(subject));
        bench.known.renames.insert(copy.renames,
                                   {.table = copy.from, .from = column, .to = goneName(column)});
    }
}

}  // namespace

void copyRows(Bench& bench, const RelationName& table, const QJsonValue& statement, const QJsonValue& select,
              const QJsonValue& columns)
{
    const bool whole = isWhole(select);
    const RelationName source = relation(select[u"fromClause"][0][u"RangeVar"]);
    const KnownTable* known = bench.known.table(source);
    if (whole && known && !known->fresh) {
        PartCopy copy{.statement = bench.statement(),
                      .from = source,
                      .origin = bench.originOf(source),
                      .forgotten = {},
                      .renames = bench.known.renames.size()};
        const auto named = namedIn(select[u"targetList"]);
        QStringList into;
        const QJsonArray targets = columns.toArray();
        for (const auto& target : targets)
            into << target[u"ResTarget"][u"name"].toString();
        for (const auto& [column, facts] : known->columns.asKeyValueRange()) {
            if (named && !named->contains(column) && !into.contains(column) && !facts.fresh)
                copy.forgotten << column;
        }
        const QStringList plain = plainNames(select[u"targetList"]);
        for (qsizetype i = 0; plain.size() == into.size() && i < into.size(); ++i) {
            if (known->columns.contains(plain[i]) && !into.contains(plain[i])
                && !known->columns.contains(into[i]))
                copy.carried.insert(plain[i], into[i]);
        }
        bench.copies.append(copy);
    }
    bench.known.rows.filled(table, relationsIn(statement));
    if (whole)
        bench.scriptRows.filled(table, {source});
}

void judgeRebuilds(Bench& bench)
{
    for (const Parted& parted : std::as_const(bench.parted)) {
        if (isMadeAgain(bench, parted))
            bench.withdraw(parted.code, parted.statement, parted.subject);
    }
    for (const PartCopy& copy : bench.copies | std::views::reverse) {
        const auto drop = std::ranges::find_if(bench.parted, [&](const Parted& parted) {
            return parted.code == "drop-table"_L1 && parted.statement >= copy.statement
                   && parted.origin == copy.origin && isMadeAgain(bench, parted);
        });
        if (drop != bench.parted.end())
            judgeForgotten(bench, copy, *drop);
    }
    bench.sortFindings();
}

}  // namespace dewpoint::lint::postgres
