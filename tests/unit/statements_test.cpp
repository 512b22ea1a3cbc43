// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "sql/resplit.h"

#include <QRandomGenerator>
#include <QTest>

using namespace dewpoint;

class StatementsTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splitsAtTopLevelSemicolonsOnly_data();
    void splitsAtTopLevelSemicolonsOnly();
    void splitsAnewOnlyWhatAChangeTouched_data();
    void splitsAnewOnlyWhatAChangeTouched();
    void tellsTheLineOfEachStatement();
    void findsTheStatementUnderTheCursor();
    void noticesChangesOfEveryRow_data();
    void noticesChangesOfEveryRow();
};

void StatementsTest::splitsAtTopLevelSemicolonsOnly_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("expected");
    const int sqlite = static_cast<int>(Engine::Sqlite);
    const int postgres = static_cast<int>(Engine::Postgres);
    const auto row = [](const char* name, int engine, const char* script, const QStringList& expected) {
        QTest::newRow(name) << engine << QString::fromUtf8(script) << expected;
    };
    row("nothing", sqlite, "  ;; -- only a comment\n", {});
    row("two", sqlite, "select 1; select 2", {QStringLiteral("select 1"), QStringLiteral("select 2")});
    row("semicolon in a string", sqlite, "select 'a;''b'; x",
        {QStringLiteral("select 'a;''b'"), QStringLiteral("x")});
    row("semicolon in a comment", sqlite, "select /* ; */ 1 -- ;\n; x",
        {QStringLiteral("select /* ; */ 1"), QStringLiteral("x")});
    row("semicolon in quoted names", sqlite, "select \"a;\", [b;], `c;`; x",
        {QStringLiteral("select \"a;\", [b;], `c;`"), QStringLiteral("x")});
    row("trigger body", sqlite,
        "create trigger t after insert on a begin update a set b = case when 1 then 2 end; select 1; end; "
        "select 2",
        {QStringLiteral("create trigger t after insert on a begin update a set b = case when 1 then 2 end; "
                        "select 1; end"),
         QStringLiteral("select 2")});
    row("transaction words are no body", sqlite, "begin; select 1; end; x",
        {QStringLiteral("begin"), QStringLiteral("select 1"), QStringLiteral("end"), QStringLiteral("x")});
    row("dollar quotes", postgres, "do $a$ begin x; $b$;$b$ end $a$; y",
        {QStringLiteral("do $a$ begin x; $b$;$b$ end $a$"), QStringLiteral("y")});
    row("a dollar inside a name is no quote", postgres, "select a$b; select c$b",
        {QStringLiteral("select a$b"), QStringLiteral("select c$b")});
    row("nested comments", postgres, "select /* a /* ; */ ; */ 1; x",
        {QStringLiteral("select /* a /* ; */ ; */ 1"), QStringLiteral("x")});
    row("escape strings", postgres, "select E'a\\';b'; x",
        {QStringLiteral("select E'a\\';b'"), QStringLiteral("x")});
    row("begin atomic", postgres,
        "create function f() returns int begin atomic select 1; select case when true then 1 end; end; x",
        {QStringLiteral(
             "create function f() returns int begin atomic select 1; select case when true then 1 end; end"),
         QStringLiteral("x")});
    row("rule with several actions", postgres,
        "create rule r as on insert to t do also (select 1; select 2); x",
        {QStringLiteral("create rule r as on insert to t do also (select 1; select 2)"),
         QStringLiteral("x")});
    row("unfinished string", postgres, "select 'a; b", {QStringLiteral("select 'a; b")});
}

void StatementsTest::splitsAtTopLevelSemicolonsOnly()
{
    QFETCH(int, engine);
    QFETCH(QString, script);
    QFETCH(QStringList, expected);
    QStringList found;
    for (const sql::Statement& statement : sql::split(script, static_cast<Engine>(engine)))
        found << script.mid(statement.start, statement.length);
    QCOMPARE(found, expected);
}

void StatementsTest::tellsTheLineOfEachStatement()
{
    const QString script = QStringLiteral("-- first\nselect 1;\n\n/* a\nb */ select 2;");
    const auto statements = sql::split(script, Engine::Sqlite);
    QCOMPARE(statements.size(), 2);
    QCOMPARE(statements[0].line, 2);
    QCOMPARE(statements[1].line, 5);
}

void StatementsTest::findsTheStatementUnderTheCursor()
{
    const auto statements = sql::split(QStringLiteral("select 1;\nselect 2;\n"), Engine::Sqlite);
    QCOMPARE(sql::statementAt(statements, 0), 0);
    QCOMPARE(sql::statementAt(statements, 9), 0);
    QCOMPARE(sql::statementAt(statements, 10), 1);
    QCOMPARE(sql::statementAt(statements, 20), 1);
    QCOMPARE(sql::statementAt({}, 0), -1);
}

void StatementsTest::noticesChangesOfEveryRow_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<bool>("expected");
    QTest::newRow("bare delete") << QStringLiteral("DELETE FROM t") << true;
    QTest::newRow("delete with where") << QStringLiteral("delete from t where id = 1") << false;
    QTest::newRow("update") << QStringLiteral("update t set a = (select 1 where true)") << true;
    QTest::newRow("update with where") << QStringLiteral("update t set a = 1 where b") << false;
    QTest::newRow("upsert") << QStringLiteral("insert into t values (1) on conflict do update set a = 1")
                            << false;
    QTest::newRow("select for update") << QStringLiteral("select * from t for update") << false;
    QTest::newRow("with delete") << QStringLiteral("with x as (select 1 where true) delete from t") << true;
    const auto row = [](const char* name, const char* sql, bool expected) {
        QTest::newRow(name) << QString::fromLatin1(sql) << expected;
    };
    row("explain", "EXPLAIN DELETE FROM t", false);
    row("explain analyze", "EXPLAIN ANALYZE DELETE FROM t", true);
    row("explain analyze verbose", "explain analyze verbose update t set a = 1", true);
    row("explain with options", "EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t", true);
    row("explain analyze with where", "EXPLAIN ANALYZE DELETE FROM t WHERE id = 1", false);
    row("delete in with", "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d WHERE id = 1", true);
    row("delete in with, materialised", "WITH d AS MATERIALIZED (DELETE FROM t RETURNING *) SELECT 1", true);
    row("delete in with, with where", "WITH d AS (DELETE FROM t WHERE a RETURNING *) SELECT * FROM d", false);
    row("with in with", "WITH a AS (WITH b AS (SELECT 1 WHERE true) UPDATE t SET a = 2 RETURNING 1) TABLE a",
        true);
    row("where of the second only", "WITH a AS (UPDATE t SET a = 1) DELETE FROM t WHERE b", true);
    row("where in brackets", "DELETE FROM t USING (SELECT 1 WHERE true) s", true);
    row("trigger", "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; END", false);
    row("rule", "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM u)", false);
    row("prepare", "PREPARE p AS DELETE FROM t", false);
    row("upsert with select", "INSERT INTO t SELECT * FROM u ON CONFLICT DO UPDATE SET a = 1", false);
    row("merge", "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE", false);
    row("in brackets", "COPY (DELETE FROM t RETURNING *) TO STDOUT", true);
    row("a call", "SELECT f(1), (2), (a.delete) FROM t", false);
    QTest::newRow("commented where") << QStringLiteral("delete from t -- where id = 1") << true;
}

void StatementsTest::noticesChangesOfEveryRow()
{
    QFETCH(QString, statement);
    QFETCH(bool, expected);
    QCOMPARE(sql::changesEveryRow(statement, Engine::Postgres), expected);
}

void StatementsTest::splitsAnewOnlyWhatAChangeTouched_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QTest::addRow("SQLite %u", seed) << Engine::Sqlite << seed;
        QTest::addRow("PostgreSQL %u", seed) << Engine::Postgres << seed;
    }
}

// Whatever is typed, pasted or taken away: the same as if all of it were split.
void StatementsTest::splitsAnewOnlyWhatAChangeTouched()
{
    QFETCH(const Engine, engine);
    QFETCH(const quint32, seed);
    QRandomGenerator dice(seed);
    const QStringList parts{QStringLiteral(";"),
                            QStringLiteral("'"),
                            QStringLiteral("\n"),
                            QStringLiteral(" "),
                            QStringLiteral("select 1;"),
                            QStringLiteral("-- x"),
                            QStringLiteral("/*"),
                            QStringLiteral("*/"),
                            QStringLiteral("$a$"),
                            QStringLiteral("$"),
                            QStringLiteral("("),
                            QStringLiteral(")"),
                            QStringLiteral("e"),
                            QStringLiteral("\\"),
                            QStringLiteral("\""),
                            QStringLiteral("[b]"),
                            QStringLiteral("create trigger t begin select case 1 end; end;\n"),
                            QStringLiteral("create function f() begin atomic select 1; end;\n"),
                            QStringLiteral("insert into t values ('a;b', 2);\n")};
    QString script;
    QList<sql::Statement> statements;
    for (int step = 0; step < 400; ++step) {
        const qsizetype position = dice.bounded(static_cast<int>(script.size()) + 1);
        const qsizetype most = std::min<qsizetype>(script.size() - position, 12);
        const qsizetype removed = dice.bounded(3) == 0 ? dice.bounded(static_cast<int>(most) + 1) : 0;
        const QString added =
            dice.bounded(5) == 0 ? QString() : parts[dice.bounded(static_cast<int>(parts.size()))];
        const QString before = script;
        script.replace(position, removed, added);
        statements = sql::resplit(statements, script, {position, removed, added.size()}, engine);
        const QList<sql::Statement> wanted = sql::split(script, engine);
        QVERIFY2(statements == wanted, qPrintable(before + QStringLiteral("\n=>\n") + script));
    }
}

QTEST_GUILESS_MAIN(StatementsTest)
#include "statements_test.moc"
