// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/sqlite.h"
#include "sql/lexer.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint::sqlite {

namespace {

/// A column's definition behind ADD COLUMN.
struct NewColumn {
    QString name;
    QString type;
    bool notNull = false;
    bool hasDefault = false;  ///< that is not NULL
    bool isConstant = true;
    bool isUnique = false;
    bool isReference = false;
    bool isStored = false;
    bool isGenerated = false;
};

NewColumn readColumn(const WordList& words, qsizetype at)
{
    NewColumn column{.name = words.name(at++)};
    static const QStringList ends{u"CONSTRAINT"_s, u"PRIMARY"_s, u"NOT"_s,      u"NULL"_s,
                                  u"UNIQUE"_s,     u"CHECK"_s,   u"DEFAULT"_s,  u"COLLATE"_s,
                                  u"REFERENCES"_s, u"AS"_s,      u"GENERATED"_s};
    while (at < words.size() && !ends.contains(words.text(at).toUpper()))
        column.type += words.text(at++);
    const qsizetype given = words.find("DEFAULT"_L1, at);
    column.notNull = words.has("NOT"_L1, at) && words.is(words.find("NOT"_L1, at) + 1, "NULL"_L1);
    column.hasDefault = given >= 0 && !words.is(given + 1, "NULL"_L1);
    column.isConstant =
        !words.is(given + 1, "("_L1) && !words.text(given + 1).startsWith("CURRENT_"_L1, Qt::CaseInsensitive);
    if (given < 0)
        column.isConstant = true;
    column.isUnique = words.has("UNIQUE"_L1, at) || words.has("PRIMARY"_L1, at);
    column.isReference = words.has("REFERENCES"_L1, at);
    column.isGenerated = words.has("AS"_L1, at);
    column.isStored = words.has("STORED"_L1, at);
    return column;
}

void addColumn(Bench& bench, const RelationName& table, const NewColumn& column, const QString& sql)
{
    const QString subject = table.shown() + u'.' + column.name;
    if (column.isUnique || column.isStored)
        bench.find(u"add-column-impossible"_s, subject,
                   column.isUnique ? Words::tr("SQLite cannot add %1 as PRIMARY KEY or UNIQUE.").arg(subject)
                                   : Words::tr("SQLite cannot add the stored expression %1.").arg(subject));
    else if (!bench.isFresh(table) && !column.isConstant)
        bench.find(u"add-column-impossible"_s, subject,
                   Words::tr("Fails where %1 has rows: the default of %2 is not a constant.")
                       .arg(table.shown(), column.name));
    else if (column.isReference && column.hasDefault && bench.enforcesForeignKeys())
        bench.find(
            u"add-column-impossible"_s, subject,
            Words::tr("With foreign keys on, SQLite adds no reference with a default: %1.").arg(subject));
    else if (!bench.isFresh(table) && column.notNull && !column.hasDefault && !column.isGenerated)
        bench
            .find(u"add-not-null-without-default"_s, subject,
                  Words::tr("Adds %1 NOT NULL without a default.").arg(subject))
            .rewrite = withDefault(sql, column.type);
    if (bench.known.tables.contains(table))
        bench.known.tables[table].columns.insert(
            column.name, {.type = column.type, .notNull = column.notNull, .fresh = true});
}

void renameTable(Bench& bench, const RelationName& table, const QString& to, const Rebuilds& rebuilds)
{
    const RelationName target{.schema = table.schema, .name = to};
    const bool isPart = rebuilds.newNames.contains(table.name) || rebuilds.movedAway.contains(table.name);
    const bool mayBeReferred = !bench.known.whole || !referring(bench.known, table).isEmpty();
    if (rebuilds.movedAway.contains(table.name) && mayBeReferred)
        bench.find(u"rename-moves-references"_s, table.shown(),
                   Words::tr("What refers to %1 refers to %2 afterwards.").arg(table.shown(), to));
    else if (!isPart && !bench.isFresh(table) && !rebuilds.rebuilt.contains(table.name))
        bench.find(u"rename-table"_s, table.shown(), Words::tr("Renames %1 to %2.").arg(table.shown(), to));
    bench.known.rename(table, target);
}

void dropColumn(Bench& bench, const RelationName& table, const QString& name)
{
    const KnownColumn* column = bench.known.column(table, name);
    const QString subject = table.shown() + u'.' + name;
    if (!bench.isFresh(table) && !(column && column->fresh))
        bench.find(u"drop-column"_s, subject, Words::tr("Drops the column %1.").arg(subject));
    bench.dropColumn(table, name);
}

}  // namespace

std::optional<Rewrite> withDefault(const QString& sql, const QString& type)
{
    const QString kind = type.toUpper();
    const bool isText = kind.contains("CHAR"_L1) || kind.contains("TEXT"_L1) || kind.contains("CLOB"_L1);
    const bool isTime = kind.contains("DATE"_L1) || kind.contains("TIME"_L1);
    const bool isNumber = kind.contains("INT"_L1) || kind.contains("REAL"_L1) || kind.contains("NUM"_L1)
                          || kind.contains("BOOL"_L1) || kind.contains("DEC"_L1) || kind.contains("FLOA"_L1)
                          || kind.contains("DOUB"_L1);
    if (isTime || (!isText && !isNumber))
        return std::nullopt;
    QString changed = sql;
    while (!changed.isEmpty() && changed.back().isSpace())
        changed.chop(1);
    changed += u" DEFAULT "_s + (isText ? u"''"_s : u"0"_s);
    return Rewrite{.title = Words::tr("Give it a default"),
                   .statement = changed,
                   .outside = false,
                   .nextName = {},
                   .nextSql = {}};
}

void alterTable(Bench& bench, const WordList& words, const Rebuilds& rebuilds, const QString& sql)
{
    qsizetype at = 2;
    const RelationName table = words.relation(at);
    const bool rename = words.is(at, "RENAME"_L1);
    const bool named = words.is(at + 1, "COLUMN"_L1);
    const qsizetype next = at + (named ? 2 : 1);
    if (rename && words.is(at + 1, "TO"_L1))
        renameTable(bench, table, words.name(at + 2), rebuilds);
    else if (rename)
        bench.renameColumn(table, words.name(next), words.name(next + 2));
    else if (words.is(at, "ADD"_L1))
        addColumn(bench, table, readColumn(words, next), sql);
    else if (words.is(at, "DROP"_L1))
        dropColumn(bench, table, words.name(next));
}

}  // namespace dewpoint::lint::sqlite
