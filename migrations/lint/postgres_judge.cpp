// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/pg_type.h"
#include "lint/postgres.h"
#include "lint/postgres_rewrite.h"

#include <QHash>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

struct Input {
    Bench& bench;
    const QString& sql;
    const QString& kind;
    const QJsonObject& node;
};

bool hasOption(const QJsonValue& options, QStringView name)
{
    const QJsonArray list = options.toArray();
    for (const auto& option : list) {
        const QString value = option[u"DefElem"][u"arg"][u"String"][u"sval"].toString().toLower();
        if (option[u"DefElem"][u"defname"].toString() == name)
            return value != "false"_L1 && value != "off"_L1;
    }
    return false;
}

void refuseInTransaction(const Input& in, const QString& words)
{
    if (in.bench.inTransaction())
        in.bench.find(u"vacuum-in-transaction"_s, words,
                      Words::tr("%1 cannot be in a transaction.").arg(words));
}

void transaction(const Input& in)
{
    const QString what = in.node[u"kind"].toString();
    if (what.contains("SAVEPOINT"_L1) || what == "TRANS_STMT_RELEASE"_L1
        || what == "TRANS_STMT_ROLLBACK_TO"_L1)
        return;
    const bool begins = what == "TRANS_STMT_BEGIN"_L1 || what == "TRANS_STMT_START"_L1;
    if (in.bench.setting.inTransaction)
        in.bench.find(u"transaction-control"_s, {},
                      begins ? Words::tr("Begins a transaction inside the tool's own.")
                             : Words::tr("Ends the tool's own transaction."));
    in.bench.setOwnTransaction(begins);
}

void vacuum(const Input& in)
{
    const bool isVacuum = in.node[u"is_vacuumcmd"].toBool();
    const bool full = isVacuum && hasOption(in.node[u"options"], u"full");
    if (isVacuum)
        refuseInTransaction(in, u"VACUUM"_s);
    const QJsonArray relations = in.node[u"rels"].toArray();
    for (const auto& entry : relations) {
        const RelationName table = relation(entry[u"VacuumRelation"][u"relation"]);
        in.bench.lock(table, full ? LockMode::AccessExclusive : LockMode::ShareUpdateExclusive);
        if (!full || in.bench.isFresh(table))
            continue;
        in.bench.rewrite(table);
        in.bench.find(u"vacuum-full"_s, table.shown(),
                      Words::tr("Writes every row of %1.").arg(table.shown()));
    }
    if (full && relations.isEmpty())
        in.bench.find(u"vacuum-full"_s, {}, Words::tr("Writes every row of every table."));
}

void cluster(const Input& in)
{
    const RelationName table = relation(in.node[u"relation"]);
    if (table.name.isEmpty()) {
        refuseInTransaction(in, u"CLUSTER"_s);
        return;
    }
    in.bench.lock(table, LockMode::AccessExclusive);
    if (in.bench.isFresh(table))
        return;
    in.bench.rewrite(table);
    in.bench.find(u"vacuum-full"_s, table.shown(), Words::tr("Writes every row of %1.").arg(table.shown()));
}

void reindex(const Input& in)
{
    const QString what = in.node[u"kind"].toString();
    const bool concurrent = hasOption(in.node[u"params"], u"concurrently");
    const bool many = what != "REINDEX_OBJECT_TABLE"_L1 && what != "REINDEX_OBJECT_INDEX"_L1;
    if (concurrent && in.bench.inTransaction())
        in.bench.find(u"concurrently-in-transaction"_s, {},
                      Words::tr("REINDEX CONCURRENTLY cannot be in a transaction."));
    else if (many)
        refuseInTransaction(in, u"REINDEX"_s);
    RelationName table = relation(in.node[u"relation"]);
    if (what == "REINDEX_OBJECT_INDEX"_L1)
        table = in.bench.known.indexTables.value(table.name);
    if (!table.name.isEmpty())
        in.bench.lock(table, concurrent ? LockMode::ShareUpdateExclusive : LockMode::Share);
    if (concurrent || in.bench.isFresh(table))
        return;
    if (!table.name.isEmpty())
        in.bench.scan(table);
    const QString word = what.section(u'_', 2);
    in.bench
        .find(u"reindex-blocking"_s, table.shown(),
              Words::tr("Writers wait while the indexes are built again."))
        .rewrite = concurrently(in.sql, word);
}

void refresh(const Input& in)
{
    const RelationName view = relation(in.node[u"relation"]);
    const bool concurrent = in.node[u"concurrent"].toBool();
    in.bench.lock(view, concurrent ? LockMode::Exclusive : LockMode::AccessExclusive);
    if (concurrent || in.bench.isFresh(view) || in.node[u"skipData"].toBool())
        return;
    in.bench.rewrite(view);
    in.bench.find(u"refresh-view-blocking"_s, view.shown(),
                  Words::tr("Nobody reads %1 until it is filled.").arg(view.shown()));
}

void lockTables(const Input& in)
{
    const auto mode = static_cast<LockMode>(in.node[u"mode"].toInt() - 1);
    const QJsonArray relations = in.node[u"relations"].toArray();
    for (const auto& entry : relations) {
        const RelationName table = relation(entry[u"RangeVar"]);
        in.bench.lock(table, mode);
        if (!in.bench.isFresh(table) && mode >= LockMode::Share)
            in.bench.find(u"lock-table"_s, table.shown(),
                          Words::tr("Locks %1 until the end: %2.").arg(table.shown(), lockEffect(mode)));
    }
}

void truncate(const Input& in)
{
    const bool cascade = in.node[u"behavior"].toString() == "DROP_CASCADE"_L1;
    const QJsonArray relations = in.node[u"relations"].toArray();
    for (const auto& entry : relations) {
        const RelationName table = relation(entry[u"RangeVar"]);
        in.bench.lock(table, LockMode::AccessExclusive);
        in.bench.rewrite(table);
        if (!in.bench.isFresh(table))
            in.bench.find(
                u"truncate"_s, table.shown(),
                cascade ? Words::tr("Deletes all rows of %1 and of what refers to it.").arg(table.shown())
                        : Words::tr("Deletes all rows of %1.").arg(table.shown()));
    }
}

void alterEnum(const Input& in)
{
    const QString type = strings(in.node[u"typeName"]).value(strings(in.node[u"typeName"]).size() - 1);
    const QString label = in.node[u"newVal"].toString();
    if (in.node.contains(u"oldVal") || in.bench.known.freshTypes.contains(type))
        return;
    in.bench.find(u"enum-add-value"_s, type + u'.' + label,
                  Words::tr("Adds “%1” to %2 for good.").arg(label, type));
    if (in.bench.inTransaction())
        in.bench.known.freshLabels.insert(label, type);
}

void alterDomain(const Input& in)
{
    const QString domain = strings(in.node[u"typeName"]).join(u'.');
    const QString what = in.node[u"subtype"].toString();
    const bool adds = what == "C"_L1 && !in.node[u"def"][u"Constraint"][u"skip_validation"].toBool();
    if (what == "C"_L1 || what == "O"_L1)
        in.bench.known.constrainedDomains.insert(domain);
    if ((!adds && what != "O"_L1) || in.bench.known.freshTypes.contains(domain))
        return;
    in.bench.find(u"alter-domain-scan"_s, domain,
                  Words::tr("Reads all rows of all tables that use %1.").arg(domain));
    in.bench.find(adds ? u"add-check"_s : u"set-not-null"_s, domain,
                  Words::tr("Fails where a value of %1 does not satisfy it.").arg(domain));
}

void createType(const Input& in)
{
    for (const QLatin1StringView field : {"typeName"_L1, "domainname"_L1}) {
        const QStringList name = strings(in.node[field]);
        if (!name.isEmpty())
            in.bench.known.freshTypes.insert(name.last());
        const QJsonArray constraints = in.node[u"constraints"].toArray();
        for (const auto& constraint : constraints) {
            const QString kind = constraint[u"Constraint"][u"contype"].toString();
            if (!name.isEmpty() && (kind == "CONSTR_CHECK"_L1 || kind == "CONSTR_NOTNULL"_L1))
                in.bench.known.constrainedDomains.insert(name.last());
        }
    }
}

void createView(const Input& in)
{
    const RelationName view = relation(in.node[u"view"]);
    if (in.node[u"replace"].toBool())
        return;
    in.bench.known.freshViews.insert(view);
}

void createAs(const Input& in)
{
    if (in.node[u"objtype"].toString() == "OBJECT_MATVIEW"_L1)
        in.bench.known.freshViews.insert(relation(in.node[u"into"][u"rel"]));
    else
        createTableAs(in.bench, in.node);
}

void onTable(const Input& in)
{
    const bool trigger = in.kind == "CreateTrigStmt"_L1;
    const RelationName table = relation(in.node[in.kind.contains("Policy"_L1) ? u"table" : u"relation"]);
    in.bench.lock(table, trigger ? LockMode::ShareRowExclusive : LockMode::AccessExclusive);
}

void comment(const Input& in)
{
    const QString kind = in.node[u"objtype"].toString();
    QStringList parts = strings(in.node[u"object"][u"List"][u"items"]);
    if (kind == "OBJECT_COLUMN"_L1 || kind == "OBJECT_TABCONSTRAINT"_L1 || kind == "OBJECT_TRIGGER"_L1
        || kind == "OBJECT_POLICY"_L1)
        parts.removeLast();
    else if (kind != "OBJECT_TABLE"_L1)
        return;
    in.bench.lock(relationOf(parts), LockMode::ShareUpdateExclusive);
}

void statistics(const Input& in)
{
    const QJsonArray relations = in.node[u"relations"].toArray();
    for (const auto& entry : relations)
        in.bench.lock(relation(entry[u"RangeVar"]), LockMode::ShareUpdateExclusive);
}

void neverInTransaction(const Input& in)
{
    refuseInTransaction(in, in.kind.chopped(4));
}

void alter(const Input& in)
{
    alterTable(in.bench, in.sql, in.node);
}
void rename(const Input& in)
{
    renameObject(in.bench, in.node);
}
void setSchema(const Input& in)
{
    alterObjectSchema(in.bench, in.node);
}
void create(const Input& in)
{
    createTable(in.bench, in.node);
}
void index(const Input& in)
{
    createIndex(in.bench, in.sql, in.node);
}
void select(const Input& in)
{
    selectInto(in.bench, in.node);
}
void drop(const Input& in)
{
    dropObjects(in.bench, in.sql, in.node);
}

using Rule = void (*)(const Input&);

const QHash<QString, Rule>& rules()
{
    static const QHash<QString, Rule> all{
        {u"AlterTableStmt"_s, alter},
        {u"RenameStmt"_s, rename},
        {u"AlterObjectSchemaStmt"_s, setSchema},
        {u"CreateStmt"_s, create},
        {u"CreateTableAsStmt"_s, createAs},
        {u"ViewStmt"_s, createView},
        {u"IndexStmt"_s, index},
        {u"DropStmt"_s, drop},
        {u"SelectStmt"_s, select},
        {u"TransactionStmt"_s, transaction},
        {u"VacuumStmt"_s, vacuum},
        {u"ClusterStmt"_s, cluster},
        {u"ReindexStmt"_s, reindex},
        {u"RefreshMatViewStmt"_s, refresh},
        {u"LockStmt"_s, lockTables},
        {u"TruncateStmt"_s, truncate},
        {u"AlterEnumStmt"_s, alterEnum},
        {u"AlterDomainStmt"_s, alterDomain},
        {u"CreateEnumStmt"_s, createType},
        {u"CreateDomainStmt"_s, createType},
        {u"CreateTrigStmt"_s, onTable},
        {u"CreatePolicyStmt"_s, onTable},
        {u"AlterPolicyStmt"_s, onTable},
        {u"RuleStmt"_s, onTable},
        {u"CommentStmt"_s, comment},
        {u"CreateStatsStmt"_s, statistics},
        {u"CreatedbStmt"_s, neverInTransaction},
        {u"DropdbStmt"_s, neverInTransaction},
        {u"AlterSystemStmt"_s, neverInTransaction},
        {u"CreateTableSpaceStmt"_s, neverInTransaction},
        {u"DropTableSpaceStmt"_s, neverInTransaction},
    };
    return all;
}

/// A value that was added in this transaction cannot be used in it.
void judgeLabels(Bench& bench, const QString& kind, const QJsonObject& node)
{
    if (bench.known.freshLabels.isEmpty() || kind == "AlterEnumStmt"_L1)
        return;
    eachNode(node, [&](const QString&, const QJsonValue& value) {
        const QString text = value[u"sval"][u"sval"].toString();
        const auto type = bench.known.freshLabels.constFind(text);
        if (type != bench.known.freshLabels.cend() && !bench.has(u"enum-add-value-in-transaction"_s))
            bench.find(u"enum-add-value-in-transaction"_s, *type + u'.' + text,
                       Words::tr("Uses “%1” of %2, which this transaction has added.").arg(text, *type));
    });
}

void judgeTree(Bench& bench, const QString& sql, const Tree& tree)
{
    judgeLabels(bench, tree.kind, tree.node);
    changeRows(bench, tree.kind, tree.node);
    if (const Rule rule = rules().value(tree.kind))
        rule({.bench = bench, .sql = sql, .kind = tree.kind, .node = tree.node});
}

void judgeStatement(Bench& bench, const QString& sql)
{
    const auto trees = parseTree(sql);
    if (!trees) {
        // What follows it are rows, not statements.
        if (!sql.contains("FROM stdin"_L1, Qt::CaseInsensitive))
            bench.find(u"not-understood"_s, {}, trees.error().message);
        return;
    }
    for (const Tree& tree : *trees) {
        judgeTree(bench, sql, tree);
        if (tree.kind != "DoStmt"_L1)
            continue;
        const QStringList body = bodyStatements(sql);
        for (const QString& statement : body) {
            const auto inner = parseTree(statement);
            for (const Tree& each : inner.value_or(QList<Tree>()))
                judgeTree(bench, statement, each);
        }
    }
}

}  // namespace

void judge(Bench& bench)
{
    for (int i = 0; i < bench.report().statements.size(); ++i) {
        bench.turnTo(i);
        judgeStatement(bench, bench.report().statements.at(i).text);
    }
    judgeRebuilds(bench);
}

}  // namespace dewpoint::lint::postgres
