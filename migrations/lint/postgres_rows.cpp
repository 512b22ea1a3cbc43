// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/postgres.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

bool choosesRows(const QJsonValue& node)
{
    const QJsonValue condition = node[u"whereClause"];
    return !condition.isUndefined() && !condition[u"A_Const"][u"boolval"][u"boolval"].toBool();
}

bool writesNewColumnsOnly(const Bench& bench, const RelationName& table, const QJsonValue& targets)
{
    const QJsonArray list = targets.toArray();
    return std::ranges::all_of(list, [&](const QJsonValue& target) {
        const KnownColumn* column = bench.known.column(table, target[u"ResTarget"][u"name"].toString());
        return column && column->fresh;
    });
}

void update(Bench& bench, const QJsonValue& node)
{
    const RelationName table = relation(node[u"relation"]);
    bench.lock(table, LockMode::RowExclusive);
    bench.write(table);
    if (choosesRows(node) || bench.isFresh(table))
        return;
    if (writesNewColumnsOnly(bench, table, node[u"targetList"]))
        bench.find(u"backfill-in-one-statement"_s, table.shown(),
                   Words::tr("Writes every row of %1 in one statement.").arg(table.shown()));
    else
        bench.find(u"update-without-where"_s, table.shown(),
                   Words::tr("Overwrites values in every row of %1.").arg(table.shown()));
}

void remove(Bench& bench, const QJsonValue& node)
{
    const RelationName table = relation(node[u"relation"]);
    bench.lock(table, LockMode::RowExclusive);
    bench.write(table);
    if (!choosesRows(node) && !bench.isFresh(table))
        bench.find(u"delete-without-where"_s, table.shown(),
                   Words::tr("Deletes all rows of %1.").arg(table.shown()));
}

void insert(Bench& bench, const QJsonValue& node)
{
    const RelationName table = relation(node[u"relation"]);
    bench.lock(table, LockMode::RowExclusive);
    bench.write(table);
    const bool all = node[u"onConflictClause"].isUndefined() && node[u"withClause"].isUndefined();
    copyRows(bench, table, node, all ? node[u"selectStmt"][u"SelectStmt"] : QJsonValue(), node[u"cols"]);
}

}  // namespace

/// The statement itself, and those in its WITH. What a trigger, a rule or a function does is not run now.
void changeRows(Bench& bench, const QString& kind, const QJsonObject& node)
{
    static const QStringList running{u"SelectStmt"_s, u"InsertStmt"_s, u"UpdateStmt"_s,
                                     u"DeleteStmt"_s, u"MergeStmt"_s,  u"CreateTableAsStmt"_s};
    if (!running.contains(kind))
        return;
    const auto judgeOne = [&](const QString& what, const QJsonValue& found) {
        if (what == "UpdateStmt"_L1)
            update(bench, found);
        else if (what == "DeleteStmt"_L1)
            remove(bench, found);
        else if (what == "InsertStmt"_L1 || what == "MergeStmt"_L1)
            insert(bench, found);
    };
    judgeOne(kind, node);
    eachNode(node, judgeOne);
}

}  // namespace dewpoint::lint::postgres
