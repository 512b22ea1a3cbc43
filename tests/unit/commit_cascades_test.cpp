// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "catalog/inspect.h"
#include "rows/commit.h"
#include "rows/paged_rows.h"
#include "rows/reference.h"
#include "rows/take_back.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::TableChanges;
using test::RowsFixture;

/// What a commit's history knows of the rows that go along with a deleted one, however many and far away.
class CommitCascadesTest final : public QObject
{
    Q_OBJECT
private:
    /// Deletes the row of the table with this id.
    static QList<TableChanges> deleteOne(drivers::Connection& connection, const QString& name, int id)
    {
        const schema::Database database = catalog::inspect(connection).value();
        const QString schema = connection.engine() == Engine::Postgres ? u"public"_s : u"main"_s;
        const rows::Relation relation = rows::relationIn(database, *database.table(schema, name));
        rows::ViewSpec spec{.filters = {{.column = u"id"_s, .value = QString::number(id)}}};
        const auto page = rows::PagedRows(relation, spec).page(connection, 0, 1);
        if (!page || page->keys.empty())
            qFatal("no row %d", id);
        rows::RowImage values;
        for (int i = 0; i < relation.columns.size(); ++i)
            values.emplace(relation.columns[i].name, page->rows.at(0, i));
        rows::StagedEdits edits;
        edits.deleteRow(page->keys.front(), values);
        const auto report = rows::commit(
            connection, {{relation, edits, rows::dependantsOf(database, *database.table(schema, name))}});
        if (!report || !report->committed)
            qFatal("not committed");
        return report->changes;
    }

    /// "item 3 kept 2 unknown" of each table, by name.
    static QString told(const QList<TableChanges>& changes)
    {
        QStringList lines;
        for (const TableChanges& table : changes)
            lines += u"%1 %2 kept %3 unknown"_s.arg(table.name).arg(table.rows.size()).arg(table.unknown);
        lines.sort();
        return lines.join(u'\n');
    }

    static QByteArray numbers(Engine engine, int count)
    {
        const QByteArray last = QByteArray::number(count);
        return engine == Engine::Postgres
                   ? "(SELECT generate_series(1, " + last + ") AS n)"
                   : "(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < " + last
                         + ") SELECT n FROM c)";
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void whatIsTooMuchToKeepIsCounted_data() { test::engines(); }
    void whatIsTooMuchToKeepIsCounted()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(
            engine,
            "CREATE TABLE shop (id INTEGER PRIMARY KEY);"
            "CREATE TABLE item (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop (id) ON DELETE "
            "CASCADE);"
            "CREATE INDEX by_shop ON item (shop_id);"
            "CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id) ON DELETE "
            "CASCADE);"
            "CREATE INDEX by_item ON part (item_id);"
            "INSERT INTO shop VALUES (1);"
            "INSERT INTO item SELECT n, 1 FROM "
                + numbers(engine, 20'001) + " AS s; INSERT INTO part VALUES (1, 7), (2, 7), (3, 20001);");
        const auto connection = fixture.connect();
        const auto changes = deleteOne(*connection, u"shop"_s, 1);
        QCOMPARE(told(changes), u"item 0 kept 20001 unknown\npart 0 kept 3 unknown\nshop 1 kept 0 unknown"_s);
        const auto back = rows::takeBackOf(*connection, fixture.relation(u"item"_s),
                                           *std::ranges::find(changes, u"item"_s, &TableChanges::name));
        QVERIFY(back);
        QCOMPARE(back->leftOut, 20'001);
    }

    void longChainsAreFollowedToTheirEnd_data() { test::engines(); }
    void longChainsAreFollowedToTheirEnd()
    {
        QFETCH(const Engine, engine);
        QByteArray script = "CREATE TABLE t0 (id INTEGER PRIMARY KEY); INSERT INTO t0 VALUES (1);";
        for (int i = 1; i <= 7; ++i) {
            const QByteArray name = "t" + QByteArray::number(i);
            const QByteArray parent = "t" + QByteArray::number(i - 1);
            script += "CREATE TABLE " + name + " (id INTEGER PRIMARY KEY, up INTEGER REFERENCES " + parent
                      + " (id) ON DELETE CASCADE); INSERT INTO " + name + " VALUES (1, 1), (2, NULL);";
        }
        const RowsFixture fixture(engine, script);
        QStringList expected{u"t0 1 kept 0 unknown"_s};
        for (int i = 1; i <= 7; ++i)
            expected += u"t%1 1 kept 0 unknown"_s.arg(i);
        QCOMPARE(told(deleteOne(*fixture.connect(), u"t0"_s, 1)), expected.join(u'\n'));
    }

    void aTreeInOneTableIsFollowedToItsLeaves_data() { test::engines(); }
    void aTreeInOneTableIsFollowedToItsLeaves()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(
            engine,
            "CREATE TABLE node (id INTEGER PRIMARY KEY, up INTEGER REFERENCES node (id) ON DELETE CASCADE);"
            "INSERT INTO node VALUES (1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, NULL);");
        QCOMPARE(told(deleteOne(*fixture.connect(), u"node"_s, 1)), u"node 6 kept 0 unknown"_s);
    }

    void rowsWithoutAKeyAreCounted()
    {
        const RowsFixture fixture(
            Engine::Postgres,
            "CREATE TABLE shop (id integer PRIMARY KEY);"
            "CREATE TABLE visit (shop_id integer REFERENCES shop (id) ON DELETE CASCADE, at text);"
            "CREATE TABLE stay (shop_id integer REFERENCES shop (id) ON DELETE SET NULL);"
            "INSERT INTO shop VALUES (1), (2);"
            "INSERT INTO visit VALUES (1, 'a'), (1, 'a'), (2, 'b');"
            "INSERT INTO stay VALUES (1), (2), (NULL);");
        QCOMPARE(told(deleteOne(*fixture.connect(), u"shop"_s, 1)),
                 u"shop 1 kept 0 unknown\nstay 0 kept 1 unknown\nvisit 0 kept 2 unknown"_s);
    }

    void rowsThatMayNotBeReadAreCounted()
    {
        const RowsFixture fixture(
            Engine::Postgres,
            "CREATE TABLE shop (id integer PRIMARY KEY);"
            "CREATE TABLE secret (id integer PRIMARY KEY, shop_id integer REFERENCES shop (id) ON DELETE "
            "CASCADE);"
            "CREATE TABLE detail (id integer PRIMARY KEY, of integer REFERENCES secret (id) ON DELETE "
            "CASCADE);"
            "INSERT INTO shop VALUES (1), (2);"
            "INSERT INTO secret VALUES (1, 1), (2, 1), (3, 2);"
            "INSERT INTO detail VALUES (1, 1), (2, 1), (3, 2), (4, 3);"
            "CREATE ROLE dewpoint_cascades; GRANT USAGE ON SCHEMA public TO dewpoint_cascades;"
            "GRANT SELECT, DELETE ON shop TO dewpoint_cascades; GRANT SELECT ON detail TO "
            "dewpoint_cascades;");
        const auto connection = fixture.connect();
        QVERIFY(connection->execute(u"SET ROLE dewpoint_cascades"_s));
        const QString changes = told(deleteOne(*connection, u"shop"_s, 1));
        QVERIFY(connection->executeScript("RESET ROLE; DROP OWNED BY dewpoint_cascades; DROP ROLE "
                                          "dewpoint_cascades;"));
        QCOMPARE(changes, u"detail 0 kept 3 unknown\nsecret 0 kept 2 unknown\nshop 1 kept 0 unknown"_s);
    }
};

QTEST_GUILESS_MAIN(CommitCascadesTest)
#include "commit_cascades_test.moc"
