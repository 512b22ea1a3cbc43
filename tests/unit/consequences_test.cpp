// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "catalog/inspect.h"
#include "rows/consequences.h"
#include "rows/paged_rows.h"
#include "rows/reference.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;

/// What is said before a commit of the rows that the database deletes or changes with it.
class ConsequencesTest final : public QObject
{
    Q_OBJECT
private:
    void make(const QByteArray& script)
    {
        QFETCH(const Engine, engine);
        m_edits.clear();
        m_fixture = std::make_unique<RowsFixture>(engine, script);
        m_connection = m_fixture->connect();
        m_database = catalog::inspect(*m_connection).value();
    }

    /// The edits of this table, among all that are staged.
    rows::TableEdits& edits(const QString& name)
    {
        const QString schema = m_database.engine == Engine::Postgres ? u"public"_s : u"main"_s;
        const schema::Table& table = *m_database.table(schema, name);
        for (rows::TableEdits& each : m_edits) {
            if (each.relation.name == name)
                return each;
        }
        m_edits += {rows::relationIn(m_database, table),
                    {},
                    rows::dependantsOf(m_database, table),
                    rows::referrersOf(m_database, table)};
        return m_edits.last();
    }

    using Row = std::pair<rows::RowKey, rows::RowImage>;
    /// Where a column holds this.
    Row row(const QString& table, const QString& column, int number)
    {
        const rows::Relation& relation = edits(table).relation;
        const rows::ViewSpec spec{.filters = {{.column = column, .value = QString::number(number)}}};
        const auto page = rows::PagedRows(relation, spec).page(*m_connection, 0, 1);
        if (!page || page->keys.empty())
            qFatal("no row %d", number);
        rows::RowImage values;
        for (int i = 0; i < relation.columns.size(); ++i)
            values.emplace(relation.columns[i].name, page->rows.at(0, i));
        return {page->keys.front(), values};
    }
    void remove(const QString& table, int id, const QString& column = u"id"_s)
    {
        const auto [key, values] = row(table, column, id);
        edits(table).edits.deleteRow(key, values);
    }
    void set(const QString& table, int id, const QString& column, const Value& value)
    {
        const auto [key, values] = row(table, u"id"_s, id);
        edits(table).edits.setCell(key, values, column, value);
    }

    QString told()
    {
        const auto counts = rows::consequencesOf(*m_connection, m_edits);
        if (!counts)
            return counts.error().oneLine();
        QStringList lines;
        for (const rows::DependantCount& count : *counts)
            lines += rows::sentence(count);
        lines.sort();
        return lines.join(u'\n');
    }
    /// Rows that the database changed by itself when it is really done.
    qint64 done()
    {
        const auto report = rows::commit(*m_connection, m_edits);
        qint64 rows = 0;
        for (int i = 0; report && report->committed && i < report->changes.size(); ++i)
            rows += report->changes[i].unknown
                    + std::ranges::count_if(report->changes[i].rows, &rows::RowChange::byDatabase);
        return report && report->committed ? rows : -1;
    }
    qint64 along() { return rows::rowsAlong(rows::consequencesOf(*m_connection, m_edits).value()); }

    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<drivers::Connection> m_connection;
    schema::Database m_database;
    QList<rows::TableEdits> m_edits;

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void cleanup()
    {
        m_connection.reset();
        m_fixture.reset();
    }

    void everyActionIsToldOverSeveralLevels_data() { test::engines(); }
    void everyActionIsToldOverSeveralLevels()
    {
        make("CREATE TABLE shop (id INTEGER PRIMARY KEY);"
             "CREATE TABLE item (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop ON DELETE CASCADE);"
             "CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item ON DELETE CASCADE);"
             "CREATE TABLE visit (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop ON DELETE SET "
             "NULL);"
             "CREATE TABLE stay (id INTEGER PRIMARY KEY, shop_id INTEGER DEFAULT 3 REFERENCES shop ON DELETE "
             "SET DEFAULT);"
             "CREATE TABLE lease (id INTEGER PRIMARY KEY, part_id INTEGER REFERENCES part);"
             "INSERT INTO shop VALUES (1), (2), (3);"
             "INSERT INTO item VALUES (1, 1), (2, 1), (3, 2), (4, 3);"
             "INSERT INTO part VALUES (1, 1), (2, 1), (3, 3), (4, 4);"
             "INSERT INTO visit VALUES (1, 1), (2, 2), (3, 3);"
             "INSERT INTO stay VALUES (1, 2), (2, 3); INSERT INTO lease VALUES (1, 3), (2, 4);");
        remove(u"shop"_s, 1);
        QCOMPARE(told(), u"1 row(s) of visit (shop_id) lose the reference (ON DELETE SET NULL).\n"
                         "2 row(s) of item (shop_id) are deleted as well (ON DELETE CASCADE).\n"
                         "2 row(s) of part (item_id) are deleted as well (ON DELETE CASCADE)."_s);
        QCOMPARE(along(), 5);
        remove(u"shop"_s, 2);
        QCOMPARE(told(), u"1 row(s) of lease (part_id) still refer to it: the database will refuse.\n"
                         "1 row(s) of stay (shop_id) take their default (ON DELETE SET DEFAULT).\n"
                         "2 row(s) of visit (shop_id) lose the reference (ON DELETE SET NULL).\n"
                         "3 row(s) of item (shop_id) are deleted as well (ON DELETE CASCADE).\n"
                         "3 row(s) of part (item_id) are deleted as well (ON DELETE CASCADE)."_s);
        QCOMPARE(done(), -1);
        // What stands in the way is staged to go as well, or to refer to something else.
        remove(u"lease"_s, 1);
        QVERIFY2(!told().contains(u"refuse"_s), qPrintable(told()));
        const qint64 before = along();
        QCOMPARE(before, 9);
        QCOMPARE(done(), before);
    }

    void whatIsStagedIsNotCountedAgain_data() { test::engines(); }
    void whatIsStagedIsNotCountedAgain()
    {
        make("CREATE TABLE shop (id INTEGER PRIMARY KEY);"
             "CREATE TABLE item (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop ON DELETE CASCADE,"
             "  back_id INTEGER REFERENCES shop ON DELETE CASCADE);"
             "CREATE TABLE lease (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop);"
             "INSERT INTO shop VALUES (1), (2), (3);"
             "INSERT INTO item VALUES (1, 1, 1), (2, 1, 2), (3, 2, NULL), (4, 3, 2);"
             "INSERT INTO lease VALUES (1, 1), (2, 3);");
        remove(u"shop"_s, 1);
        remove(u"shop"_s, 2);
        remove(u"item"_s, 1);
        set(u"lease"_s, 1, u"shop_id"_s, Value(qint64(3)));
        // By whichever way a row is met, it goes once.
        QCOMPARE(told(), u"3 row(s) of item are deleted as well (ON DELETE CASCADE)."_s);
        QCOMPARE(done(), 3);
    }

    void aNewKeyIsFollowed_data() { test::engines(); }
    void aNewKeyIsFollowed()
    {
        make("CREATE TABLE shop (land INTEGER, id INTEGER, code INTEGER UNIQUE, note INTEGER, PRIMARY KEY "
             "(land, id));"
             "CREATE TABLE item (land INTEGER, shop_id INTEGER, id INTEGER, PRIMARY KEY (land, shop_id, id),"
             "  FOREIGN KEY (land, shop_id) REFERENCES shop ON UPDATE CASCADE);"
             "CREATE TABLE part (id INTEGER PRIMARY KEY, land INTEGER, shop_id INTEGER, item_id INTEGER,"
             "  FOREIGN KEY (land, shop_id, item_id) REFERENCES item ON UPDATE SET NULL);"
             "CREATE TABLE sign (id INTEGER PRIMARY KEY, code INTEGER REFERENCES shop (code));"
             "INSERT INTO shop VALUES (1, 1, 10, 0), (1, 2, 20, 0), (2, 3, 30, 0);"
             "INSERT INTO item VALUES (1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 3, 1);"
             "INSERT INTO part VALUES (1, 1, 1, 1), (2, 1, 1, 1), (3, 1, 2, 1), (4, NULL, 1, 1);"
             "INSERT INTO sign VALUES (1, 10), (2, 30);");
        set(u"shop"_s, 1, u"note"_s, Value(qint64(5)));
        QCOMPARE(told(), QString());  // nobody refers to it
        set(u"shop"_s, 1, u"id"_s, Value(qint64(9)));
        QCOMPARE(told(), u"2 row(s) of item (land, shop_id) get the new value (ON UPDATE CASCADE).\n"
                         "2 row(s) of part (land, shop_id, item_id) lose the reference (ON UPDATE SET "
                         "NULL)."_s);
        QCOMPARE(along(), 4);
        set(u"shop"_s, 3, u"code"_s, Value(qint64(31)));
        QVERIFY2(told().contains(u"1 row(s) of sign (code) still refer to it: the database will refuse."_s),
                 qPrintable(told()));
        set(u"shop"_s, 3, u"code"_s, Value(qint64(30)));
        QVERIFY(done() >= 0);
        QCOMPARE(
            displayText(*m_connection->scalar(u"SELECT count(*) FROM item WHERE land = 1 AND shop_id = 9"_s)),
            u"2"_s);
        QCOMPARE(displayText(*m_connection->scalar(u"SELECT count(*) FROM part WHERE land IS NULL"_s)),
                 u"3"_s);
    }

    void aTreeIsFollowedToItsLeaves_data() { test::engines(); }
    void aTreeIsFollowedToItsLeaves()
    {
        make("CREATE TABLE node (id INTEGER PRIMARY KEY, up INTEGER REFERENCES node ON DELETE CASCADE);"
             "INSERT INTO node VALUES (1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, NULL);");
        remove(u"node"_s, 1);
        QCOMPARE(told(), u"5 row(s) of node (up) are deleted as well (ON DELETE CASCADE)."_s);
        remove(u"node"_s, 4);
        QCOMPARE(told(), u"4 row(s) of node (up) are deleted as well (ON DELETE CASCADE)."_s);
        QCOMPARE(done(), 4);
    }

    void manyRowsAreCountedByTheServer_data() { test::engines(); }
    void manyRowsAreCountedByTheServer()
    {
        QFETCH(const Engine, engine);
        const QByteArray many =
            engine == Engine::Postgres
                ? "(SELECT generate_series(1, 60001) AS n)"
                : "(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60001) "
                  "SELECT n FROM c)";
        make("CREATE TABLE shop (id INTEGER PRIMARY KEY);"
             "CREATE TABLE item (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop ON DELETE CASCADE);"
             "CREATE INDEX by_shop ON item (shop_id);"
             "CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item ON DELETE CASCADE);"
             "CREATE INDEX by_item ON part (item_id);"
             "INSERT INTO shop VALUES (1), (2);"
             "INSERT INTO item SELECT n, 1 FROM "
             + many + " AS s; INSERT INTO part VALUES (1, 7), (2, 7), (3, 60001), (4, NULL);");
        remove(u"shop"_s, 1);
        QCOMPARE(told(), u"3 row(s) of part (item_id) are deleted as well (ON DELETE CASCADE).\n"
                         "60001 row(s) of item (shop_id) are deleted as well (ON DELETE CASCADE)."_s);
        QCOMPARE(along(), 60'004);
        // Those that go anyway cannot be told apart.
        remove(u"item"_s, 9);
        QVERIFY2(told().contains(u"CASCADE). The number is not exact."_s), qPrintable(told()));
    }

    void rowsThatMayNotBeReadAreToldAsUncounted()
    {
        m_fixture = std::make_unique<RowsFixture>(
            Engine::Postgres,
            "CREATE TABLE shop (id integer PRIMARY KEY);"
            "CREATE TABLE secret (id integer PRIMARY KEY, shop_id integer REFERENCES shop ON DELETE CASCADE);"
            "INSERT INTO shop VALUES (1); INSERT INTO secret VALUES (1, 1);"
            "CREATE ROLE dewpoint_told; GRANT USAGE ON SCHEMA public TO dewpoint_told;"
            "GRANT SELECT, DELETE ON shop TO dewpoint_told;");
        m_connection = m_fixture->connect();
        m_database = catalog::inspect(*m_connection).value();
        m_edits.clear();
        remove(u"shop"_s, 1);
        QVERIFY(m_connection->execute(u"SET ROLE dewpoint_told"_s));
        const QString said = told();
        const qint64 rows = along();
        QVERIFY(m_connection->executeScript("RESET ROLE; DROP OWNED BY dewpoint_told; DROP ROLE "
                                            "dewpoint_told;"));
        QCOMPARE(said,
                 u"Rows of secret (shop_id) that refer to it could not be counted (ON DELETE CASCADE)."_s);
        QCOMPARE(rows, -1);
    }

    void whereKeysAreNotWatchedNothingFollows()
    {
        drivers::Target target;
        const RowsFixture fixture(Engine::Sqlite,
                                  "CREATE TABLE shop (id INTEGER PRIMARY KEY); CREATE TABLE item (id INTEGER "
                                  "PRIMARY KEY, shop_id INTEGER REFERENCES shop ON DELETE CASCADE);"
                                  "INSERT INTO shop VALUES (1); INSERT INTO item VALUES (1, 1);");
        target = fixture.target();
        target.foreignKeys = false;
        m_connection = drivers::Connection::open(target).value();
        m_database = catalog::inspect(*m_connection).value();
        m_edits.clear();
        remove(u"shop"_s, 1);
        QCOMPARE(told(), QString());
    }
};

QTEST_GUILESS_MAIN(ConsequencesTest)
#include "consequences_test.moc"
