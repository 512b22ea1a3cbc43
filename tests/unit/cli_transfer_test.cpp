// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"
#include "support/transfer_files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;

/// dewpoint export and dewpoint import: what they print, what they write, and their exit codes.
class CliTransferTest final : public QObject
{
    Q_OBJECT
    test::TransferFiles m_files;

    static constexpr auto script = "CREATE TABLE t (id integer PRIMARY KEY, a text, n integer CHECK (n > 0));"
                                   "INSERT INTO t VALUES (1, 'x', 1), (2, NULL, 2), (3, '', 3);";
    static QString url(const RowsFixture& fixture) { return fixture.target().location; }
    static test::CliAnswer run(const QStringList& words) { return test::runCli(words); }
    static QString all(const RowsFixture& fixture)
    {
        const auto batch = fixture.connect()->query(u"SELECT id, a, n FROM t ORDER BY id"_s);
        QStringList lines;
        for (int row = 0; batch && row < batch->rowCount(); ++row)
            lines += displayText(batch->at(row, 0)) + u'|'
                     + (isNull(batch->at(row, 1)) ? u"NULL"_s : displayText(batch->at(row, 1))) + u'|'
                     + displayText(batch->at(row, 2));
        return lines.join(u' ');
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }

    void exportsAndImports_data() { test::engines(); }
    void exportsAndImports()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, script);
        const auto plain =
            run({u"export"_s, url(fixture), u"t"_s, u"--where"_s, u"id < 3"_s, u"--order"_s, u"-id"_s});
        QCOMPARE(plain.code, 0);
        QCOMPARE(plain.out, "id,a,n\r\n2,,2\r\n1,x,1\r\n");
        QCOMPARE(plain.err, "");
        QCOMPARE(run({u"export"_s, url(fixture), u"--sql"_s, u"SELECT a, n FROM t WHERE id = 1;"_s,
                      u"--format"_s, u"json"_s})
                     .out,
                 "[\n{\"a\": \"x\", \"n\": 1}\n]\n");
        QCOMPARE(run({u"export"_s, url(fixture), u"t"_s, u"--columns"_s, u"n, id"_s, u"--format"_s, u"tsv"_s,
                      u"--no-header"_s})
                     .out,
                 "1\t1\r\n2\t2\r\n3\t3\r\n");
        const QString path = m_files.path(u"t.ndjson"_s);
        const auto file = run({u"export"_s, url(fixture), u"t"_s, u"--output"_s, path});
        QCOMPARE(file.code, 0);
        QCOMPARE(file.out, "");
        QVERIFY2(file.err.startsWith("3 rows written to "), file.err);
        const auto back =
            run({u"import"_s, url(fixture), u"t"_s, path, u"--mode"_s, u"replace"_s, u"--yes"_s});
        QVERIFY2(back.code == 0, back.err);
        QCOMPARE(back.out, "3 rows written to t. 3 rows deleted before.\n");
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3"_s);
    }

    void tellsBadRows_data() { test::engines(); }
    void tellsBadRows()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, script);
        const QString path = m_files.write(u"bad.csv"_s, "key;text\n7;good\n8\n3;taken\n");
        const QStringList call{u"import"_s, url(fixture), u"t"_s,     path,
                               u"--map"_s,  u"key=id"_s,  u"--map"_s, u"text=a"_s};
        const auto refused = run(call);
        QCOMPARE(refused.code, 3);
        QCOMPARE(refused.out, "");
        QVERIFY2(refused.err.contains("dewpoint: line 3: It has 1 fields, the first row has 2."),
                 refused.err);
        QVERIFY2(refused.err.contains("dewpoint: line 4"), refused.err);
        QVERIFY2(
            refused.err.contains(
                "Nothing was written: 2 of 3 rows are bad. Mend them, or write the others with --skip-bad."),
            refused.err);
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3"_s);
        const auto json = QJsonDocument::fromJson(run(call + QStringList{u"--json"_s}).out).object();
        QCOMPARE(json[u"committed"].toBool(true), false);
        QCOMPARE(json[u"bad"].toArray().size(), 2);
        QCOMPARE(json[u"bad"][0][u"line"].toInt(), 3);
        const auto rehearsed = run(call + QStringList{u"--skip-bad"_s, u"--dry-run"_s});
        QCOMPARE(rehearsed.code, 0);
        QCOMPARE(rehearsed.out, "1 rows would be written to t. 2 bad rows left out.\n");
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3"_s);
        const auto rest = run(call + QStringList{u"--skip-bad"_s});
        QCOMPARE(rest.code, 0);
        QCOMPARE(rest.out, "1 rows written to t. 2 bad rows left out.\n");
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3 7|good|"_s);
    }

    void whatSqliteWouldKeepAsTextIsAskedFor()
    {
        const RowsFixture fixture(Engine::Sqlite,
                                  "CREATE TABLE n (id INTEGER PRIMARY KEY, size INTEGER);"
                                  "CREATE TABLE s (id INTEGER PRIMARY KEY, size INTEGER) STRICT;");
        const QString path = m_files.write(u"odd.csv"_s, "id,size\n1,4\n2,many\n3,12345678901234567890\n");
        const QStringList call{u"import"_s, url(fixture), u"n"_s, path};
        const auto refused = run(call);
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("line 3, column size: It is no number, and would be kept as text."),
                 refused.err);
        QVERIFY2(refused.err.contains("line 4, column size: As a number it would have fewer digits."),
                 refused.err);
        QVERIFY2(refused.err.contains("--keep-odd"), refused.err);
        const auto json = QJsonDocument::fromJson(run(call + QStringList{u"--json"_s}).out).object();
        QCOMPARE(json[u"bad"][0][u"odd"].toBool(), true);
        const auto kept = run(call + QStringList{u"--keep-odd"_s});
        QVERIFY2(kept.code == 0, kept.err);
        QCOMPARE(kept.out, "3 rows written to n.\n");
        const auto connection = fixture.connect();
        QCOMPARE(displayText(*connection->scalar(u"SELECT group_concat(typeof(size)) FROM n"_s)),
                 u"integer,text,real"_s);
        // A strict table takes no text, whoever agrees.
        const auto strict = run({u"import"_s, url(fixture), u"s"_s, path, u"--keep-odd"_s});
        QCOMPARE(strict.code, 3);
        QVERIFY2(strict.err.contains("cannot store TEXT value in INTEGER column"), strict.err);
    }

    void refusesMistakes_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        const auto add = [](const char* name, const QString& words, int code) {
            QTest::newRow(name) << words.split(u' ') << code;
        };
        add("no database", u"export t"_s, 2);
        add("too many", u"export DB t x"_s, 2);
        add("no format", u"export DB t --format docx"_s, 2);
        add("query and condition", u"export DB --sql SELECT --where x"_s, 2);
        add("no such table", u"export DB nowhere"_s, 3);
        add("no such column", u"export DB t --columns x"_s, 2);
        add("no such folder", u"export DB t --output /nowhere/at/all.csv"_s, 3);
        add("a delimiter of two", u"export DB t --delimiter ;;"_s, 2);
        add("import, no file", u"import t"_s, 2);
        add("import, no such file", u"import DB t nowhere.csv"_s, 3);
        add("import, no such mode", u"import DB t FILE --mode merge"_s, 2);
        add("import, no such column", u"import DB t FILE --map x=id"_s, 2);
        add("import, a format that is not read", u"import DB t FILE --format xlsx"_s, 2);
        add("replace without a word", u"import DB t FILE --mode replace"_s, 2);
        add("import into a view", u"import DB v FILE"_s, 3);
    }
    void refusesMistakes()
    {
        QFETCH(QStringList, words);
        const RowsFixture fixture(Engine::Sqlite, QByteArray(script) + "CREATE VIEW v AS SELECT * FROM t;");
        words.replaceInStrings(u"DB"_s, url(fixture))
            .replaceInStrings(u"FILE"_s, m_files.write(u"f.csv"_s, "id,a\n9,b\n"));
        const auto answer = run(words);
        QTEST(answer.code, "code");
        QCOMPARE(answer.out, "");
        QCOMPARE(answer.err.count('\n'), 1);
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3"_s);
    }

    void replacingTellsWhatElseGoes_data() { test::engines(); }
    void replacingTellsWhatElseGoes()
    {
        QFETCH(const Engine, engine);
        const QByteArray others =
            "CREATE TABLE part (id integer PRIMARY KEY, t_id integer REFERENCES t (id) ON "
            "DELETE CASCADE);"
            "CREATE TABLE crumb (part_id integer REFERENCES part (id) ON DELETE SET NULL);"
            "CREATE TABLE calm (t_id integer REFERENCES t (id) ON DELETE CASCADE);"
            "INSERT INTO part VALUES (1, 1), (2, 1), (3, NULL);"
            "INSERT INTO crumb VALUES (1), (3); INSERT INTO calm VALUES (NULL);";
        const RowsFixture fixture(engine, script + others);
        const QStringList words{u"import"_s, url(fixture), u"t"_s, m_files.write(u"f.csv"_s, "id,a\n9,b\n"),
                                u"--mode"_s, u"replace"_s};
        const QByteArray told = "2 row(s) of part (t_id) are deleted as well (ON DELETE CASCADE).\n"
                                "1 row(s) of crumb (part_id) lose the reference (ON DELETE SET NULL).\n";
        const auto refused = run(words);
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains(told.simplified()), refused.err);
        const auto declined = test::runCli(words, "n\n");
        QCOMPARE(declined.code, 1);
        QCOMPARE(declined.err, told + "Delete all rows of t and write those of the file? [y/N] ");
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3"_s);
        const auto done = run(words + QStringList{u"--yes"_s, u"--json"_s});
        QCOMPARE(done.err, told);
        QCOMPARE(done.code, 0);
        const auto json = QJsonDocument::fromJson(done.out).object();
        QCOMPARE(json[u"others"][0][u"rows"].toInt(), 2);
        QCOMPARE(json[u"others"][1][u"on_delete"].toString(), u"SET NULL"_s);
        QCOMPARE(displayText(fixture.connect()->scalar(u"SELECT count(*) FROM part"_s).value()), u"1"_s);
    }

    void aPipeCarriesRows()
    {
        const RowsFixture fixture(Engine::Sqlite, script);
        QProcess program;
        program.start(qEnvironmentVariable("DEWPOINT_BIN"), {u"import"_s, url(fixture), u"t"_s, u"-"_s});
        program.write("{\"id\": 9, \"a\": \"piped\", \"n\": 1}\n");
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished());
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError());
        QVERIFY(all(fixture).endsWith(u" 9|piped|1"_s));
        program.start(qEnvironmentVariable("DEWPOINT_BIN"),
                      {u"export"_s, url(fixture), u"t"_s, u"--where"_s, u"id = 9"_s, u"--output"_s, u"-"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.readAllStandardOutput(), "id,a,n\r\n9,piped,1\r\n");
    }

    void anInterruptedExportLeavesNothing_data() { test::engines(); }
    void anInterruptedExportLeavesNothing()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, script);
        const test::TransferFiles files;
        const QString endless =
            engine == Engine::Sqlite
                ? u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"_s
                : u"SELECT generate_series(1, 2000000000) AS i"_s;
        QProcess program;
        program.start(qEnvironmentVariable("DEWPOINT_BIN"), {u"export"_s, url(fixture), u"--sql"_s, endless,
                                                             u"--output"_s, files.path(u"rows.csv"_s)});
        // What becomes rows.csv has no name before.
        const auto writes = [&] {
            const auto opened = QDir(u"/proc/%1/fd"_s.arg(program.processId())).entryInfoList();
            return std::ranges::any_of(opened, [&](const QFileInfo& each) {
                return each.symLinkTarget().startsWith(QFileInfo(files.path(u"x"_s)).path());
            });
        };
        QTRY_VERIFY(writes());
        program.terminate();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QVERIFY2(program.exitCode() == 3, program.readAllStandardError());
        QCOMPARE(files.names(), QStringList());
    }

    void anInterruptedFillWritesNothing_data() { test::engines(); }
    void anInterruptedFillWritesNothing()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, script);
        const auto db = fixture.connect();
        const auto writes = [&] {
            return engine == Engine::Sqlite
                       ? QFile::exists(url(fixture) + u"-journal"_s)
                       : displayText(db->scalar(u"SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                                "current_database() AND pid <> pg_backend_pid() AND "
                                                "backend_xid IS NOT NULL"_s)
                                         .value())
                             != u"0"_s;
        };
        QProcess program;
        program.start(qEnvironmentVariable("DEWPOINT_BIN"),
                      {u"fill"_s, url(fixture), u"t"_s, u"--rows"_s, u"20000000"_s});
        QTRY_VERIFY(writes());
        program.terminate();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QVERIFY2(program.exitCode() == 3, program.readAllStandardError());
        QCOMPARE(all(fixture), u"1|x|1 2|NULL|2 3||3"_s);
        QVERIFY(!QFile::exists(url(fixture) + u"-journal"_s));
    }
};

QTEST_GUILESS_MAIN(CliTransferTest)
#include "cli_transfer_test.moc"
