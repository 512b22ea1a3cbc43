// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/random_choices.h"

#include <array>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

namespace {

struct ColumnChoice {
    bool there = false;
    int kind = 0;
    int target = 0;
};

struct TableChoice {
    bool there = false;
    int key = 0;
    bool strict = false;
    int constraint = 0;
    std::array<ColumnChoice, columnCount> columns;
};

struct Choices {
    std::array<TableChoice, tableCount> tables;
    std::array<OtherChoice, 3> indexes;
    std::array<OtherChoice, 3> triggers;
    std::array<OtherChoice, 2> views;
    OtherChoice virtualTable;
};

ColumnChoice column(Dice& dice)
{
    return {.there = dice.chance(65), .kind = dice.upTo(16), .target = dice.upTo(tableCount)};
}

TableChoice table(Dice& dice)
{
    TableChoice choice{
        .there = dice.chance(80), .key = dice.upTo(4), .strict = dice.chance(15), .constraint = dice.upTo(8)};
    for (ColumnChoice& one : choice.columns)
        one = column(dice);
    return choice;
}

Choices choices(Dice& dice)
{
    Choices all;
    for (TableChoice& one : all.tables)
        one = table(dice);
    for (OtherChoice& one : all.indexes)
        one = other(dice);
    for (OtherChoice& one : all.triggers)
        one = other(dice);
    for (OtherChoice& one : all.views)
        one = other(dice);
    all.virtualTable = other(dice);
    all.virtualTable.there = dice.chance(20);
    return all;
}

/// Some of it as it was, some of it anew.
Choices changed(Choices all, Dice& dice)
{
    const Choices fresh = choices(dice);
    for (int i = 0; i < tableCount; ++i) {
        if (dice.chance(15)) {
            all.tables[i] = fresh.tables[i];
            continue;
        }
        for (int c = 0; c < columnCount; ++c) {
            if (dice.chance(20))
                all.tables[i].columns[c] = fresh.tables[i].columns[c];
        }
        if (dice.chance(10))
            all.tables[i].key = fresh.tables[i].key;
        if (dice.chance(15))
            all.tables[i].constraint = fresh.tables[i].constraint;
    }
    const auto mix = [&](auto& list, const auto& anew) {
        for (size_t i = 0; i < list.size(); ++i) {
            if (dice.chance(25))
                list[i] = anew[i];
        }
    };
    mix(all.indexes, fresh.indexes);
    mix(all.triggers, fresh.triggers);
    mix(all.views, fresh.views);
    if (dice.chance(30))
        all.virtualTable = fresh.virtualTable;
    return all;
}

class Writer final
{
public:
    explicit Writer(const Choices& choices) : m_all(choices) {}

    Pieces pieces()
    {
        for (int i = 0; i < tableCount; ++i)
            writeTable(i);
        for (size_t i = 0; i < m_all.indexes.size(); ++i)
            writeIndex(static_cast<int>(i));
        for (size_t i = 0; i < m_all.views.size(); ++i)
            writeView(static_cast<int>(i));
        for (size_t i = 0; i < m_all.triggers.size(); ++i)
            writeTrigger(static_cast<int>(i));
        if (m_all.virtualTable.there)
            m_pieces.append(
                {u"CREATE VIRTUAL TABLE search USING fts5("_s,
                 m_all.virtualTable.kind < 3 ? QStringList{u"body"_s} : QStringList{u"body"_s, u"title"_s},
                 u")"_s});
        return m_pieces;
    }

private:
    static QString nameOf(int table) { return u"t%1"_s.arg(table); }
    static QString columnOf(int column) { return u"c%1"_s.arg(column); }

    static bool isComputed(const ColumnChoice& choice) { return choice.kind == 8 || choice.kind == 9; }

    QString columnText(const ColumnChoice& choice, const QString& name) const
    {
        static const QStringList kinds{
            u"INTEGER"_s,
            u"TEXT"_s,
            u"TEXT NOT NULL DEFAULT '5'"_s,
            u"INTEGER DEFAULT 7"_s,
            u"TEXT COLLATE NOCASE"_s,
            u"INTEGER UNIQUE"_s,
            u"INTEGER CHECK (%1 > 0)"_s,
            u"INTEGER REFERENCES %2 (id) ON DELETE CASCADE"_s,
            u"TEXT GENERATED ALWAYS AS (id || 'x') VIRTUAL"_s,
            u"TEXT AS (id || 'y') STORED"_s,
            u"TEXT DEFAULT (lower('A'))"_s,
            u"INTEGER NOT NULL DEFAULT 3 CONSTRAINT %1_fine CHECK (%1 <> 0)"_s,
            u"REAL"_s,
            u"TEXT DEFAULT CURRENT_TIMESTAMP"_s,
            u"TEXT UNIQUE ON CONFLICT REPLACE"_s,
            u"INTEGER REFERENCES %2 ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED"_s};
        const QString& kind = kinds.at(choice.kind);
        const bool refers = kind.contains(u"%2");
        if (refers && !m_all.tables[choice.target].there)
            return name + u" INTEGER"_s;
        return name + u' ' + QString(kind).replace(u"%1"_s, name).replace(u"%2"_s, nameOf(choice.target));
    }

    void writeTable(int place)
    {
        const TableChoice& choice = m_all.tables[place];
        if (!choice.there)
            return;
        static const QStringList keys{u"id INTEGER PRIMARY KEY"_s, u"id INTEGER PRIMARY KEY AUTOINCREMENT"_s,
                                      u"id TEXT NOT NULL PRIMARY KEY"_s,
                                      u"id INTEGER NOT NULL PRIMARY KEY"_s};
        Piece piece{u"CREATE TABLE %1 ("_s.arg(nameOf(place)), {keys.at(choice.key)}, u")"_s};
        for (int c = 0; c < columnCount; ++c) {
            if (choice.columns[c].there)
                piece.items << columnText(choice.columns[c], columnOf(c));
        }
        if (has(place, 0) && has(place, 1) && choice.constraint == 0)
            piece.items << u"UNIQUE (c0, c1)"_s;
        if (has(place, 1) && choice.constraint == 1)
            piece.items << u"CONSTRAINT short CHECK (c1 IS NULL OR length(c1) < 100)"_s;
        if (has(place, 2) && choice.constraint == 2 && m_all.tables[0].there)
            piece.items << u"FOREIGN KEY (c2) REFERENCES t0 (id) ON DELETE SET NULL"_s;
        QStringList options;
        if (choice.strict)
            options << u"STRICT"_s;
        if (choice.key == 3)
            options << u"WITHOUT ROWID"_s;
        piece.tail += u' ' + options.join(u", "_s);
        m_pieces.append(piece);
    }

    bool has(int table, int column) const
    {
        const ColumnChoice& choice = m_all.tables[table].columns[column];
        return m_all.tables[table].there && choice.there && !isComputed(choice);
    }

    void writeIndex(int place)
    {
        const OtherChoice& choice = m_all.indexes[place];
        if (!choice.there || !has(choice.table, choice.column))
            return;
        static const QStringList kinds{u"CREATE INDEX i%1 ON %2 (%3)"_s,
                                       u"CREATE UNIQUE INDEX i%1 ON %2 (%3, id)"_s,
                                       u"CREATE INDEX i%1 ON %2 (%3 DESC) WHERE %3 IS NOT NULL"_s,
                                       u"CREATE INDEX i%1 ON %2 (lower(%3))"_s,
                                       u"CREATE INDEX i%1 ON %2 (id, %3 COLLATE NOCASE)"_s,
                                       u"CREATE INDEX i%1 ON %2 (%3) WHERE id > 5"_s};
        m_pieces.append(
            {kinds.at(choice.kind).arg(place).arg(nameOf(choice.table), columnOf(choice.column)), {}, {}});
    }

    void writeView(int place)
    {
        const OtherChoice& choice = m_all.views[place];
        if (!choice.there || !m_all.tables[choice.table].there)
            return;
        static const QStringList kinds{u"SELECT * FROM %1"_s,
                                       u"SELECT id, %2 FROM %1"_s,
                                       u"SELECT count(*) AS n FROM %1"_s,
                                       u"SELECT max(%2) AS m FROM %1"_s,
                                       u"SELECT a.id FROM %1 AS a"_s,
                                       u"SELECT id FROM v0"_s};
        QString kind = kinds.at(choice.kind);
        if (kind.contains(u"%2") && !has(choice.table, choice.column))
            kind = kinds.at(0);
        if (kind.contains(u"v0")
            && (place == 0 || !m_hasView || m_all.views[0].kind == 2 || m_all.views[0].kind == 3))
            kind = kinds.at(2);
        m_hasView = m_hasView || place == 0;
        m_pieces.append({u"CREATE VIEW v%1 AS "_s.arg(place)
                             + QString(kind)
                                   .replace(u"%1"_s, nameOf(choice.table))
                                   .replace(u"%2"_s, columnOf(choice.column)),
                         {},
                         {}});
        if (choice.kind % 2 == 0)
            m_pieces.append(
                {u"CREATE TRIGGER w%1 INSTEAD OF DELETE ON v%1 BEGIN SELECT %2; END"_s.arg(place).arg(
                     choice.column),
                 {},
                 {}});
    }

    void writeTrigger(int place)
    {
        const OtherChoice& choice = m_all.triggers[place];
        if (!choice.there || !has(choice.table, choice.column))
            return;
        static const QStringList kinds{
            u"CREATE TRIGGER g%1 AFTER INSERT ON %2 BEGIN SELECT NEW.%3; END"_s,
            u"CREATE TRIGGER g%1 BEFORE UPDATE OF %3 ON %2 BEGIN SELECT 1; END"_s,
            u"CREATE TRIGGER g%1 AFTER DELETE ON %2 WHEN OLD.%3 IS NULL BEGIN DELETE FROM %2 WHERE id = OLD.id; END"_s,
            u"CREATE TRIGGER g%1 AFTER INSERT ON %2 BEGIN UPDATE %2 SET %3 = %3 WHERE 0; END"_s,
            u"CREATE TRIGGER g%1 AFTER UPDATE ON %2 BEGIN INSERT INTO %4 (id) SELECT 1 WHERE 0; END"_s,
            u"CREATE TRIGGER g%1 AFTER DELETE ON %2 BEGIN SELECT count(*) FROM %4; END"_s};
        const int target = (choice.table + 1) % tableCount;
        const int kind = choice.kind > 3 && !m_all.tables[target].there ? 0 : choice.kind;
        m_pieces.append({QString(kinds.at(kind))
                             .replace(u"%1"_s, QString::number(place))
                             .replace(u"%2"_s, nameOf(choice.table))
                             .replace(u"%3"_s, columnOf(choice.column))
                             .replace(u"%4"_s, nameOf(target)),
                         {},
                         {}});
    }

    const Choices& m_all;
    Pieces m_pieces;
    bool m_hasView = false;
};

}  // namespace

SchemaPair randomSqlitePair(Dice& dice)
{
    const Choices from = choices(dice);
    const Choices to = changed(from, dice);
    return {Writer(from).pieces(), Writer(to).pieces()};
}

}  // namespace dewpoint::test
