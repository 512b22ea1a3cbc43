// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "catalog/schema_json.h"
#include "support/schema_text.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// A live SQLite database as values.
class CatalogSqliteTest final : public QObject
{
    Q_OBJECT

private:
    static Result<schema::Database> inspected(const QByteArray& script)
    {
        auto connection = drivers::Connection::open({.engine = Engine::Sqlite, .location = u":memory:"_s});
        if (!connection)
            return fail(connection.error());
        if (const auto done = (*connection)->executeScript(script); !done)
            return fail(done.error());
        return catalog::inspect(**connection);
    }

    static QString described(const QByteArray& script)
    {
        const auto database = inspected(script);
        return database ? test::describe(*database) : database.error().oneLine();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void readsEveryKindOfTable()
    {
        QCOMPARE(
            described(
                "CREATE TABLE strict_one (id INTEGER PRIMARY KEY, t TEXT DEFAULT 'x' COLLATE NOCASE) STRICT;"
                "CREATE TABLE \"Odd Name\" (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID;"
                "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);"
                "CREATE VIRTUAL TABLE notes USING fts5(title, body);"),
            u"schemas main\n"
            "table main.Odd Name without rowid\n"
            "  a not null key 2\n"
            "  b not null key 1\n"
            "  primary key (b, a)\n"
            "  implicit unique index sqlite_autoindex_Odd Name_1 (b, a)\n"
            "table main.counted\n"
            "  id INTEGER key 1\n"
            "  primary key (id) autoincrement\n"
            "virtual table main.notes using fts5\n"
            "  title\n"
            "  body\n"
            "  notes hidden\n"
            "  rank hidden\n"
            "table main.strict_one strict\n"
            "  id INTEGER key 1\n"
            "  t TEXT default 'x' collate NOCASE\n"
            "  primary key (id)\n"_s);
    }

    void readsConstraintsAndGeneratedColumns()
    {
        QCOMPARE(described("CREATE TABLE p (id INTEGER PRIMARY KEY, x, y, UNIQUE (x, y));"
                           "CREATE TABLE c (a INT REFERENCES p ON DELETE SET NULL DEFERRABLE INITIALLY "
                           "DEFERRED, b INT NOT NULL,"
                           " total INT AS (a + b) STORED, twice INT AS (b * 2), w DEFAULT word, CONSTRAINT "
                           "positive CHECK (b > 0),"
                           " CONSTRAINT pair FOREIGN KEY (a, b) REFERENCES p (x, y) ON UPDATE CASCADE);"),
                 u"schemas main\n"
                 "table main.c\n"
                 "  a INT\n"
                 "  b INT not null\n"
                 "  total INT stored as a + b\n"
                 "  twice INT virtual as b * 2\n"
                 "  w default 'word'\n"
                 "  foreign key (a) -> p () on delete SET NULL match NONE deferrable deferred\n"
                 "  foreign key pair (a, b) -> p (x, y) on update CASCADE match NONE\n"
                 "  check positive {b > 0}\n"
                 "table main.p\n"
                 "  id INTEGER key 1\n"
                 "  x\n"
                 "  y\n"
                 "  primary key (id)\n"
                 "  unique (x, y)\n"
                 "  implicit unique index sqlite_autoindex_p_1 (x, y)\n"_s);
    }

    void readsIndexesViewsAndTriggers()
    {
        QCOMPARE(described("CREATE TABLE t (a INT, b TEXT COLLATE NOCASE);"
                           "CREATE UNIQUE INDEX i ON t (a DESC, lower(b), b COLLATE BINARY) WHERE a > 0;"
                           "CREATE INDEX j ON t (b);"
                           "CREATE VIEW v AS SELECT a AS one, b FROM t;"
                           "CREATE TRIGGER tr AFTER INSERT ON T BEGIN SELECT 1; END;"
                           "CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN SELECT 1; END;"),
                 u"schemas main\n"
                 "table main.t\n"
                 "  a INT\n"
                 "  b TEXT collate NOCASE\n"
                 "  unique index i (a desc, {lower(b)}, b collate BINARY) where a > 0\n"
                 "  index j (b)\n"
                 "  trigger tr on T\n"
                 "view main.v\n"
                 "  one INT\n"
                 "  b TEXT\n"
                 "  trigger iv on v\n"_s);
    }

    void aBrokenViewHidesNothing()
    {
        QCOMPARE(described("CREATE TABLE t (a INT); CREATE VIEW broken AS SELECT * FROM nowhere; CREATE VIEW "
                           "fine AS SELECT a FROM t;"),
                 u"schemas main\ntable main.t\n  a INT\nview main.broken\nview main.fine\n  a INT\n"_s);
    }

    void estimatesRowsFromStatistics()
    {
        const auto database = inspected(
            "CREATE TABLE t (a INT); CREATE INDEX i ON t (a); INSERT INTO t VALUES (1), (2), (3); ANALYZE;");
        QVERIFY(database);
        QCOMPARE(database->tables.size(), 1);
        QCOMPARE(database->tables.constFirst().estimatedRows, 3);
    }

    void runsInsideTheCallersTransaction()
    {
        auto connection = drivers::Connection::open({.engine = Engine::Sqlite, .location = u":memory:"_s});
        QVERIFY(connection);
        QVERIFY((*connection)->executeScript("BEGIN; CREATE TABLE t (a)"));
        const auto database = catalog::inspect(**connection);
        QVERIFY(database);
        QCOMPARE(database->tables.size(), 1);
        QVERIFY((*connection)->inTransaction());
        QVERIFY((*connection)->executeScript("ROLLBACK"));
        QCOMPARE(catalog::inspect(**connection)->tables.size(), 0);
        QVERIFY(!(*connection)->inTransaction());
    }

    void writesJson()
    {
        const auto database = inspected("CREATE TABLE t (id INTEGER PRIMARY KEY, n INT NOT NULL DEFAULT 1)");
        QVERIFY(database);
        const QJsonObject json = catalog::toJson(*database);
        QCOMPARE(json.value(u"format"_s).toInt(), 1);
        QCOMPARE(json.value(u"engine"_s).toString(), u"sqlite"_s);
        const QJsonObject table = json.value(u"tables"_s).toArray().at(0).toObject();
        QCOMPARE(table.value(u"kind"_s).toString(), u"table"_s);
        const QJsonObject column = table.value(u"columns"_s).toArray().at(1).toObject();
        QCOMPARE(
            column,
            (QJsonObject{
                {u"name"_s, u"n"_s}, {u"type"_s, u"INT"_s}, {u"nullable"_s, false}, {u"default"_s, u"1"_s}}));
    }
};

QTEST_GUILESS_MAIN(CatalogSqliteTest)
#include "catalog_sqlite_test.moc"
