// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/sqlite.h"

#include "base/words.h"
#include "lint/copied.h"
#include "sql/statements.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::sqlite {

namespace {

/// Everything about one statement that a rule may want.
struct Input {
    Bench& bench;
    const QString& sql;
    const WordList& words;
    const Rebuilds& rebuilds;
};

bool isOff(const QString& value)
{
    static const QStringList off{u"OFF"_s, u"0"_s, u"FALSE"_s, u"NO"_s};
    return off.contains(value.toUpper());
}

void dropTable(const Input& in)
{
    const bool ifExists = in.words.are(2, {"IF"_L1, "EXISTS"_L1});
    qsizetype at = ifExists ? 4 : 2;
    const RelationName table = in.words.relation(at);
    const bool gone = ifExists && in.bench.known.whole && !in.bench.known.tables.contains(table);
    const bool again = in.rebuilds.rebuilt.contains(table.name);
    if (!in.bench.isFresh(table) && !gone && !again && !in.rebuilds.movedAway.contains(table.name))
        in.bench.find(u"drop-table"_s, table.shown(), Words::tr("Drops the table %1.").arg(table.shown()));
    const QStringList others = referring(in.bench.known, table);
    if (in.bench.enforcesForeignKeys() && !others.isEmpty() && !in.bench.isFresh(table))
        in.bench.find(
            u"drop-table-cascades"_s, table.shown(),
            Words::tr("With foreign keys on, this deletes rows of %1, or fails.").arg(others.join(u", ")));
    in.bench.known.drop(table);
}

void createTable(const Input& in)
{
    qsizetype at = 1;
    while (in.words.is(at, "TEMP"_L1) || in.words.is(at, "TEMPORARY"_L1))
        ++at;
    if (!in.words.is(at, "TABLE"_L1))
        return;
    ++at;
    const bool ifNot = in.words.are(at, {"IF"_L1, "NOT"_L1, "EXISTS"_L1});
    at += ifNot ? 3 : 0;
    const RelationName table = in.words.relation(at);
    if (ifNot && in.bench.known.tables.contains(table))
        return;
    KnownTable made;
    made.fresh = true;
    in.bench.known.tables.insert(table, made);
}

void createIndex(const Input& in)
{
    qsizetype at = in.words.find("ON"_L1) + 1;
    if (at <= 0)
        return;
    const QString index = in.words.name(in.words.find("INDEX"_L1) + 1);
    const RelationName table = in.words.relation(at);
    in.bench.known.indexTables.insert(index, table);
    const bool again = in.rebuilds.rebuilt.contains(table.name);
    if (in.words.is(1, "UNIQUE"_L1) && !in.bench.isFresh(table) && !again)
        in.bench.find(u"add-unique"_s, table.shown(),
                      Words::tr("Fails where two rows of %1 have the same values.").arg(table.shown()));
}

void pragma(const Input& in)
{
    const QString what = in.words.text(1).toLower();
    const qsizetype at = in.words.is(2, "="_L1) || in.words.is(2, "("_L1) ? 3 : 0;
    if (at == 0)
        return;
    const QString value = in.words.name(at);
    if (what == "writable_schema"_L1 && !isOff(value) && value.toUpper() != "RESET"_L1)
        in.bench.find(u"writable-schema"_s, {}, Words::tr("Lets the schema table be written by hand."));
    static const QStringList outsideOnly{u"journal_mode"_s, u"auto_vacuum"_s, u"page_size"_s, u"encoding"_s};
    const bool stays = outsideOnly.contains(what)
                       || (what == "foreign_keys"_L1 && isOff(value) && in.bench.enforcesForeignKeys()
                           && std::ranges::any_of(in.bench.report().statements, [&](const Judged& other) {
                                  const WordList words(other.text.left(200));
                                  qsizetype place = 2;
                                  return words.are(0, {"DROP"_L1, "TABLE"_L1})
                                         && !referring(in.bench.known, words.relation(place)).isEmpty();
                              }));
    if (in.bench.inTransaction() && stays)
        in.bench.find(u"pragma-in-transaction"_s, what,
                      Words::tr("PRAGMA %1 does nothing inside the tool's transaction.").arg(what));
    if (what == "foreign_keys"_L1)
        in.bench.setForeignKeys(!isOff(value));
}

void transaction(const Input& in)
{
    const bool begins = in.words.is(0, "BEGIN"_L1);
    if (in.words.is(0, "ROLLBACK"_L1) && in.words.has("TO"_L1))
        return;
    if (in.bench.setting.inTransaction)
        in.bench.find(u"transaction-control"_s, {},
                      begins ? Words::tr("Begins a transaction inside the tool's own.")
                             : Words::tr("Ends the tool's own transaction."));
    in.bench.setOwnTransaction(begins);
}

void vacuum(const Input& in)
{
    if (in.bench.inTransaction())
        in.bench.find(u"vacuum-in-transaction"_s, u"VACUUM"_s,
                      Words::tr("VACUUM cannot be in a transaction."));
}

/// What stands between the commas there: a column's name, or nothing for what is more than that.
QStringList plainNames(const WordList& words, qsizetype at, qsizetype end)
{
    QStringList names;
    while (at < end) {
        const qsizetype comma = words.find(","_L1, at);
        const qsizetype last = comma < 0 || comma > end ? end : comma;
        const bool qualified = last - at == 3 && words.is(at + 1, "."_L1);
        names << (last - at == 1 || qualified ? words.name(last - 1) : QString());
        at = last + 1;
    }
    return names;
}

/// A column whose values go into one of another name is called so from then on.
void carryColumns(const Input& in, const RelationName& source, const QStringList& into,
                  const QStringList& selected)
{
    const KnownTable* table = in.bench.known.table(source);
    const QStringList columns =
        table && into.size() == selected.size() ? table->columns.keys() : QStringList();
    const auto has = [](const QStringList& names, const QString& name) {
        return names.contains(name, Qt::CaseInsensitive);
    };
    for (const QString& column : columns) {
        const qsizetype place = selected.indexOf(column, 0, Qt::CaseInsensitive);
        if (place >= 0 && !has(into, column) && !has(columns, into.at(place)))
            in.bench.renameColumn(source, column, into.at(place));
    }
}

/// Where the one SELECT of an INSERT into the new table of a rebuild does not name a column, nor the INSERT,
/// and nothing else that writes does, its values are nowhere any more.
void forgetColumns(const Input& in, const RelationName& made)
{
    const qsizetype select = in.words.find("SELECT"_L1);
    const qsizetype from = select < 0 ? -1 : in.words.find("FROM"_L1, select);
    if (from < 0)
        return;
    qsizetype at = from + 1;
    const RelationName source = in.words.relation(at);
    const bool again = in.rebuilds.newNames.value(made.name).compare(source.name, Qt::CaseInsensitive) == 0
                       || in.rebuilds.movedAway.contains(made.name);
    qsizetype list = in.words.find("INTO"_L1) + 1;
    (void)in.words.relation(list);
    if (!again || in.bench.isFresh(source) || !in.words.is(list, "("_L1))
        return;
    QSet<QString> named;
    for (qsizetype word = list; word < from; ++word)
        named.insert(in.words.name(word).toLower());
    named += namedByOthers(in.bench.report(), in.bench.statement());
    const KnownTable* table = in.bench.known.table(source);
    for (const QString& column : table ? table->columns.keys() : QStringList()) {
        if (!named.contains(column.toLower()) && !named.contains(u"*"_s))
            in.bench.forgetColumn(source, column);
    }
    carryColumns(in, source, in.words.namesInBrackets(list), plainNames(in.words, select + 1, from));
}

/// INSERT INTO the new table of a rebuild: what it leaves out is lost.
void copyRows(const Input& in)
{
    const qsizetype into = in.words.find("INTO"_L1);
    qsizetype at = into + 1;
    const RelationName table = in.words.relation(at);
    const QString final = in.rebuilds.newNames.value(table.name);
    const qsizetype select = in.words.find("SELECT"_L1);
    if (into >= 0) {
        in.bench.write(table);
        forgetColumns(in, table);
    }
    if (into < 0 || final.isEmpty() || select < 0)
        return;
    // An expression may put right what the new table would refuse.
    if (in.sql.indexOf(u'(', in.sql.indexOf("SELECT"_L1, 0, Qt::CaseInsensitive)) >= 0)
        in.bench.write(RelationName::of({}, final));
    const bool some = in.words.has("WHERE"_L1) || in.words.has("LIMIT"_L1)
                      || in.words.is(select + 1, "DISTINCT"_L1) || in.words.are(1, {"OR"_L1, "IGNORE"_L1})
                      || in.words.has("JOIN"_L1);
    if (some)
        in.bench.find(u"rebuild-filters-rows"_s, final,
                      Words::tr("Copies only a part of the rows of %1.").arg(final));
}

void changeRows(const Input& in)
{
    const bool plain = in.words.is(0, "UPDATE"_L1) || in.words.is(0, "DELETE"_L1);
    qsizetype at = in.words.is(0, "DELETE"_L1) ? 2 : in.words.is(1, "OR"_L1) ? 3 : 1;
    const RelationName table = plain ? in.words.relation(at) : RelationName();
    if (plain)
        in.bench.write(table);
    const QString verb = sql::everyRowVerb(in.sql, Engine::Sqlite);
    if (verb.isEmpty())
        return;
    const bool deletes = verb == "DELETE"_L1;
    if (in.bench.isFresh(table) || in.rebuilds.newNames.contains(table.name))
        return;
    if (deletes) {
        in.bench.find(u"delete-without-where"_s, table.shown(),
                      Words::tr("Deletes all rows of %1.").arg(table.shown()));
        return;
    }
    const qsizetype set = in.words.find("SET"_L1);
    const KnownColumn* column = in.bench.known.column(table, in.words.name(set + 1));
    const bool onlyOne = in.words.find(","_L1, set) < 0;
    if (!(column && column->fresh && onlyOne))
        in.bench.find(u"update-without-where"_s, table.shown(),
                      Words::tr("Overwrites values in every row of %1.").arg(table.shown()));
}

/// Which tables an INSERT … SELECT or a CREATE TABLE … AS fills from which: any name that its query has.
void fillRows(RowFlow& rows, const QString& sql)
{
    const WordList head(sql.left(1000));
    const bool fills = head.is(0, "INSERT"_L1) || head.is(0, "REPLACE"_L1) || head.is(0, "WITH"_L1)
                       || (head.is(0, "CREATE"_L1) && head.find("TABLE"_L1) > 0);
    if (!fills || head.has("VALUES"_L1))
        return;
    const WordList words(sql);
    const bool makes = words.is(0, "CREATE"_L1);
    const qsizetype query = makes ? words.find("AS"_L1) : words.find("SELECT"_L1);
    qsizetype at = words.find(makes ? "TABLE"_L1 : "INTO"_L1) + 1;
    if (query < 0 || at == 0)
        return;
    at += words.are(at, {"IF"_L1, "NOT"_L1, "EXISTS"_L1}) ? 3 : 0;
    const RelationName table = words.relation(at);
    QList<RelationName> sources;
    for (qsizetype word = words.is(0, "WITH"_L1) ? 0 : query; word < words.size(); ++word) {
        qsizetype behind = word;
        sources << RelationName::of({}, words.name(word)) << words.relation(behind);
    }
    rows.filled(table, sources);
}

using Rule = void (*)(const Input&);

Rule ruleOf(const WordList& words)
{
    if (words.are(0, {"DROP"_L1, "TABLE"_L1}))
        return dropTable;
    if (words.is(0, "CREATE"_L1) && (words.is(1, "INDEX"_L1) || words.are(1, {"UNIQUE"_L1, "INDEX"_L1})))
        return createIndex;
    if (words.is(0, "CREATE"_L1))
        return createTable;
    if (words.is(0, "PRAGMA"_L1))
        return pragma;
    if (words.is(0, "VACUUM"_L1))
        return vacuum;
    if (words.is(0, "BEGIN"_L1) || words.is(0, "COMMIT"_L1) || words.is(0, "END"_L1)
        || words.is(0, "ROLLBACK"_L1))
        return transaction;
    if (words.is(0, "INSERT"_L1) || words.is(0, "REPLACE"_L1))
        return copyRows;
    return nullptr;
}

}  // namespace

QStringList referring(const Known& known, const RelationName& table)
{
    QStringList names;
    for (const auto& [name, other] : known.tables.asKeyValueRange()) {
        for (const KnownConstraint& constraint : other.constraints) {
            const bool refers =
                constraint.target && constraint.target->name.compare(table.name, Qt::CaseInsensitive) == 0;
            if (refers && name != table && !other.fresh)
                names.append(name.shown());
        }
    }
    names.removeDuplicates();
    return names;
}

Rebuilds rebuildsOf(const Report& report)
{
    Rebuilds found;
    RowFlow rows;
    rows.ignoreCase(true);
    QSet<QString> dropped;
    QHash<QString, QString> away;  // the name that it had → the one that it has now
    for (const Judged& statement : report.statements) {
        fillRows(rows, statement.text);
        const WordList words(statement.text.left(1000));
        qsizetype at = 2;
        if (words.are(0, {"DROP"_L1, "TABLE"_L1})) {
            at = words.are(2, {"IF"_L1, "EXISTS"_L1}) ? 4 : 2;
            const RelationName table = words.relation(at);
            rows.dropped(table);
            dropped.insert(table.name);
            const QString before = away.key(table.name);
            if (!before.isEmpty())
                found.movedAway.insert(before);
        } else if (words.are(0, {"ALTER"_L1, "TABLE"_L1})) {
            const RelationName table = words.relation(at);
            if (!words.are(at, {"RENAME"_L1, "TO"_L1}))
                continue;
            const QString to = words.name(at + 2);
            rows.renamed(table, {.schema = table.schema, .name = to});
            away.insert(table.name, to);
            if (dropped.contains(to))
                found.newNames.insert(table.name, to);
        }
    }
    // Made again, and its rows are in it again; behind a renaming all of it goes on under the old name.
    for (const QString& name : dropped | found.movedAway) {
        if (!rows.holdsItsOwn(RelationName::of({}, name)))
            continue;
        found.rebuilt.insert(name);
        if (found.movedAway.contains(name))
            found.rebuilt.insert(away.value(name));
    }
    return found;
}

void judge(Bench& bench)
{
    const Rebuilds rebuilds = rebuildsOf(bench.report());
    for (int i = 0; i < bench.report().statements.size(); ++i) {
        bench.turnTo(i);
        const QString sql = bench.report().statements.at(i).text;
        fillRows(bench.known.rows, sql);
        const WordList words(sql);
        const Input in{.bench = bench, .sql = sql, .words = words, .rebuilds = rebuilds};
        if (words.are(0, {"ALTER"_L1, "TABLE"_L1}))
            alterTable(bench, words, rebuilds, sql);
        else if (const Rule rule = ruleOf(words))
            rule(in);
        changeRows(in);
    }
}

}  // namespace dewpoint::lint::sqlite
