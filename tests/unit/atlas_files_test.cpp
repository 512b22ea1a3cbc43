// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/atlas/atlas.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
namespace atlas = dewpoint::project::atlas;

/// What Atlas reads from its files: the sum, the statements, the directives.
class AtlasFilesTest final : public QObject
{
    Q_OBJECT

    static QStringList statements(const QByteArray& text, Engine engine)
    {
        const auto script = atlas::scan(text, engine);
        if (!script)
            return {u"error: "_s + script.error().message};
        QStringList all;
        for (const auto& piece : script->pieces)
            all << QString::fromUtf8(text.sliced(piece.start, piece.length));
        return all;
    }

private Q_SLOTS:
    void sumsUpAsTheTool()
    {
        const QByteArray a = "CREATE TABLE t (id INTEGER);\nSELECT 1;\n";
        const QList<atlas::SumFile> files{{u"20240101000000_a.sql"_s, a},
                                          {u"20240102000000_b.sql"_s, "SELECT 2;\n"}};
        const QByteArray sum = "h1:9cU2oJQPYjRq29W6SLSAFfKQ3h09BzT1fNpWobZdIPA=\n"
                               "20240101000000_a.sql h1:6GKWpse80v9m4D9mFn40WeUGwCpofMFe4bGcCiVqjMk=\n"
                               "20240102000000_b.sql h1:WOuajTxcKGzdZbD5OGBjfIs5qT+RXQ/WyF/XscrYOlw=\n";
        QCOMPARE(atlas::sumText(atlas::sumLines(files)), sum);
        QVERIFY(atlas::verifySum(files, sum).has_value());
        const auto problem = [&](const QList<atlas::SumFile>& now) {
            return atlas::verifySum(now, sum).error().message;
        };
        QCOMPARE(problem({files[0], {files[1].name, "SELECT 3;\n"}}),
                 u"checksum mismatch (atlas.sum): L3: 20240102000000_b.sql was edited"_s);
        QCOMPARE(problem({files[1]}),
                 u"checksum mismatch (atlas.sum): L2: 20240101000000_a.sql was removed"_s);
        QCOMPARE(problem({files[0], {u"20240101500000_x.sql"_s, "x"}, files[1]}),
                 u"checksum mismatch (atlas.sum): L3: 20240101500000_x.sql was added"_s);
        QCOMPARE(problem({files[0], files[1], {u"3.sql"_s, "x"}}),
                 u"checksum mismatch (atlas.sum): L4: 3.sql was added"_s);
        QVERIFY(!atlas::verifySum(files, "h1:x\nfile\n"));
        QVERIFY(!atlas::verifySum(files, QByteArray(sum).replace("9cU2", "9cU3")));
        QCOMPARE(atlas::sumLines({{u"1.sql"_s, "-- atlas:sum ignore\n\nSELECT 1;\n"}}).size(), 0);
    }

    void scansAsTheTool_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        const auto both = [](const char* name, const QByteArray& text, const QStringList& expected) {
            QTest::addRow("%s, SQLite", name) << Engine::Sqlite << text << expected;
            QTest::addRow("%s, PostgreSQL", name) << Engine::Postgres << text << expected;
        };
        both("comments before", "-- Create\n/* b */ SELECT 1;\n-- end\n", {u"SELECT 1;"_s});
        both("comments inside", "SELECT 1 -- ;\n, ';', \";\" /* ; */;\nSELECT 2",
             {u"SELECT 1 -- ;\n, ';', \";\" /* ; */;"_s, u"SELECT 2"_s});
        both("parentheses", "SELECT (1;2);", {u"SELECT (1;2);"_s});
        both("unclosed", "SELECT (1", {u"error: 1: unclosed '('"_s});
        both("unopened", "\nSELECT 1)", {u"error: 2: unexpected ')'"_s});
        both("quote", "SELECT 'a", {u"error: 1: unclosed quote"_s});
        both("delimiter", "-- atlas:delimiter \\n\\n\nA;\nB;\n\nC;\n", {u"A;\nB;"_s, u"C;"_s});
        both("delimiter -- end", "-- atlas:delimiter -- end\nA;\n-- end\nB;\n-- end\n", {u"A;"_s, u"B;"_s});
        both("empty", "\n\n", {});
        both("only a comment", "-- nothing\n", {});
        both("trigger", "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END; SELECT 3;",
             {u"CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;"_s, u"SELECT 3;"_s});
        both("transaction", "BEGIN; SELECT 1; COMMIT;", {u"BEGIN;"_s, u"SELECT 1;"_s, u"COMMIT;"_s});
        QTest::newRow("dollar quote") << Engine::Postgres << "DO $x$ BEGIN a; END $x$; SELECT $$;$$;"_ba
                                      << QStringList{u"DO $x$ BEGIN a; END $x$;"_s, u"SELECT $$;$$;"_s};
        QTest::newRow("escapes") << Engine::Postgres << "SELECT E'\\';', 1; SELECT 2;"_ba
                                 << QStringList{u"SELECT E'\\';', 1;"_s, u"SELECT 2;"_s};
        QTest::newRow("atomic")
            << Engine::Postgres << "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; SELECT 2;"_ba
            << QStringList{u"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;"_s, u"SELECT 2;"_s};
    }
    void scansAsTheTool()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, text);
        QTEST(statements(text, engine), "expected");
    }

    void readsDirectives()
    {
        QCOMPARE(atlas::directives("-- atlas:txmode none\n\nSELECT 1;", "txmode"), QList<QByteArray>{"none"});
        QCOMPARE(atlas::directives("-- atlas:txmode none\nSELECT 1;", "txmode"), QList<QByteArray>{});
        QCOMPARE(atlas::directives("-- x\n-- atlas:checkpoint\n\n", "checkpoint"), QList<QByteArray>{""});
        QCOMPARE(atlas::directives("-- atlas:txmode none", "txmode"), QList<QByteArray>{"none"});
    }
};

QTEST_GUILESS_MAIN(AtlasFilesTest)
#include "atlas_files_test.moc"
