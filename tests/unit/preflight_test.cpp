// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/executor.h"
#include "apply/file_change.h"
#include "apply/preflight.h"
#include "support/cli_answer.h"
#include "support/project_scratch.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The rows that would make a migration fail, counted on the real database before it runs.
class PreflightTest final : public QObject
{
    Q_OBJECT

    struct Scratch {
        test::ProjectScratch files;
        std::unique_ptr<drivers::Connection> db;
        explicit Scratch(Engine engine) : files(engine), db(files.connect()) {}

        /// The first is applied, with rows in its tables; the second is pending.
        void begin(const QByteArray& first, const QByteArray& rows, const QByteArray& second) const
        {
            files.write(u"migrations/1_first.sql"_s, first);
            files.write(u"migrations/2_second.sql"_s, second);
            const auto ran = apply::execute(*db, files.project(), apply::Action::Run, apply::Scope::one());
            QVERIFY2(ran && !ran->failure, ran ? "it failed" : qPrintable(ran.error().oneLine()));
            const auto filled = db->executeScript(rows);
            QVERIFY2(filled, filled ? "" : qPrintable(filled.error().oneLine()));
        }
        QList<lint::Question> ask() const
        {
            const auto status = apply::status(*db, files.project());
            const auto steps = apply::plan(*status, apply::Action::Run, apply::Scope::all());
            const auto asked = apply::preflight(*db, files.project(), *steps);
            if (!asked)
                qWarning("%s", qPrintable(asked.error().oneLine()));
            return asked.value_or(QList<lint::Question>());
        }
        test::CliAnswer cli(const QStringList& arguments) const
        {
            return test::runCli(QStringList{u"migrate"_s} + arguments
                                + QStringList{u"--project"_s, files.path(), u"--db"_s, files.url()});
        }
        bool runs() const
        {
            const auto ran = apply::execute(*db, files.project(), apply::Action::Run, apply::Scope::all());
            return ran && !ran->failure;
        }
    };

    static QStringList blocking(const QList<lint::Question>& questions)
    {
        QStringList lines;
        for (const lint::Question& question : questions) {
            if (question.means == lint::Question::Means::Blocks && !question.isHarmless())
                lines << u"%1 %2%3"_s.arg(question.code)
                             .arg(question.count)
                             .arg(question.mended ? u" may"_s : u""_s);
        }
        return lines;
    }

    static constexpr const char* table = "CREATE TABLE t(id int PRIMARY KEY, a int, b text);";
    static constexpr const char* fourRows =
        "INSERT INTO t VALUES (1, NULL, 'x'), (2, 5, 'x'), (3, 7, 'long text'), (4, NULL, 'y');";

    static void row(Engine engine, const char* name, const char* first, const char* content,
                    const char* second, const QStringList& expected)
    {
        QTest::newRow(QByteArray(engine == Engine::Sqlite ? "SQLite, " : "PostgreSQL, ") + name)
            << engine << QByteArray(first) << QByteArray(content) << QByteArray(second) << expected;
    }
    static void postgres(const char* name, const char* first, const char* content, const char* second,
                         const QStringList& expected)
    {
        row(Engine::Postgres, name, first, content, second, expected);
    }
    static void sqlite(const char* name, const char* first, const char* content, const char* second,
                       const QStringList& expected)
    {
        row(Engine::Sqlite, name, first, content, second, expected);
    }
    static void postgresRows()
    {
        postgres("NOT NULL", table, fourRows, "ALTER TABLE t ALTER a SET NOT NULL;", {u"set-not-null 2"_s});
        postgres("NOT NULL without such rows", table, fourRows, "ALTER TABLE t ALTER b SET NOT NULL;", {});
        postgres("NOT NULL behind a backfill", table, fourRows,
                 "UPDATE t SET a = 0 WHERE a IS NULL; ALTER TABLE t ALTER a SET NOT NULL;",
                 {u"set-not-null 2 may"_s});
        postgres(
            "NOT NULL behind a backfill in DO", table, fourRows,
            "DO $$ BEGIN UPDATE t SET a = 0 WHERE a IS NULL; END $$; ALTER TABLE t ALTER a SET NOT NULL;",
            {u"set-not-null 2 may"_s});
        postgres("a new column", table, fourRows, "ALTER TABLE t ADD c int NOT NULL;",
                 {u"add-not-null-without-default 4"_s});
        postgres("a new column in an empty table", table, "", "ALTER TABLE t ADD c int NOT NULL;", {});
        postgres("UNIQUE", table, fourRows, "ALTER TABLE t ADD UNIQUE (b);", {u"add-unique 2"_s});
        postgres("UNIQUE with NULLs", table, fourRows, "CREATE UNIQUE INDEX i ON t(a);", {});
        postgres("UNIQUE of two", table, fourRows, "CREATE UNIQUE INDEX i ON t(b, id);", {});
        postgres("UNIQUE of an expression", table, fourRows, "CREATE UNIQUE INDEX i ON t(left(b, 1));",
                 {u"add-unique 2"_s});
        postgres("UNIQUE where", table, fourRows, "CREATE UNIQUE INDEX i ON t(b) WHERE id > 1;", {});
        postgres("CHECK", table, fourRows, "ALTER TABLE t ADD CHECK (a > 5);", {u"add-check 1"_s});
        postgres("CHECK, not valid", table, fourRows, "ALTER TABLE t ADD CHECK (a > 5) NOT VALID;", {});
        postgres("FOREIGN KEY", table, fourRows, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t;",
                 {u"add-foreign-key 2"_s});
        postgres("FOREIGN KEY to a new table", table, fourRows,
                 "CREATE TABLE n(id int PRIMARY KEY); INSERT INTO n VALUES (5), (7);"
                 "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES n;",
                 {u"add-foreign-key 2 may"_s});
        postgres("a shorter type", table, fourRows, "ALTER TABLE t ALTER b TYPE varchar(3);",
                 {u"change-type 1"_s});
        postgres("a type that does not fit", table, fourRows, "ALTER TABLE t ALTER b TYPE int USING b::int;",
                 {u"change-type 4"_s});
        postgres("a number that is rounded", "CREATE TABLE t(n numeric(12,2), f float8);",
                 "INSERT INTO t VALUES (1.00, 2.5), (1.25, 3), (3000000000.00, NULL), (NULL, 'NaN');",
                 "ALTER TABLE t ALTER n TYPE int, ALTER f TYPE smallint;",
                 {u"change-type 1"_s, u"change-type 1"_s});
        postgres("a wider type", table, fourRows, "ALTER TABLE t ALTER a TYPE bigint;", {});
        postgres("EXCLUDE", table, fourRows, "ALTER TABLE t ADD EXCLUDE (b WITH =);", {u"add-exclusion 2"_s});
        postgres("a value of an enum goes", "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t(v e);",
                 "INSERT INTO t VALUES ('a'), ('b'), ('b');",
                 "CREATE TYPE n AS ENUM ('a'); ALTER TABLE t ALTER v TYPE n USING v::text::n; DROP TYPE e;"
                 "ALTER TYPE n RENAME TO e;",
                 {u"change-type 2"_s});
        postgres("VALIDATE",
                 "CREATE TABLE t(a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;"
                 "ALTER TABLE t DISABLE TRIGGER ALL;",
                 "ALTER TABLE t DROP CONSTRAINT c; INSERT INTO t VALUES (-1);"
                 "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
                 "ALTER TABLE t VALIDATE CONSTRAINT c;", {u"add-check 1"_s});
        postgres("a renamed column", table, fourRows,
                 "ALTER TABLE t RENAME a TO z; ALTER TABLE t ALTER z SET NOT NULL;", {u"set-not-null 2"_s});
        postgres("CHECK of a renamed column", table, fourRows,
                 "ALTER TABLE t RENAME a TO z; ALTER TABLE t ADD CHECK (abs(z) > 5);", {u"add-check 1"_s});
        postgres("a renamed column with a CHECK", "CREATE TABLE t(a int CHECK (a > 0));",
                 "INSERT INTO t VALUES (1);", "ALTER TABLE t RENAME a TO z;", {});
        postgres("a schema of its own", "CREATE SCHEMA s; CREATE TABLE s.t(a int);",
                 "INSERT INTO s.t VALUES (NULL);", "ALTER TABLE s.t ALTER a SET NOT NULL;",
                 {u"set-not-null 1"_s});
    }
    static void sqliteRows()
    {
        sqlite("a new column", table, fourRows, "ALTER TABLE t ADD c int NOT NULL;",
               {u"add-not-null-without-default 4"_s});
        sqlite("UNIQUE", table, fourRows, "CREATE UNIQUE INDEX i ON t(b);", {u"add-unique 2"_s});
        sqlite("UNIQUE where", table, fourRows, "CREATE UNIQUE INDEX i ON t(b) WHERE id > 1;", {});
        const auto* again =
            "CREATE TABLE n(id int PRIMARY KEY, a int NOT NULL, b text UNIQUE REFERENCES t(id), "
            "CHECK (a > 5)); INSERT INTO n SELECT id, a, b FROM t; DROP TABLE t;"
            "ALTER TABLE n RENAME TO t;";
        sqlite("a table made again", table, fourRows, again,
               {u"set-not-null 2"_s, u"add-unique 2"_s, u"add-check 1"_s, u"add-foreign-key 4"_s});
        const auto* mended = "CREATE TABLE n(id int PRIMARY KEY, a int NOT NULL, b text);"
                             "INSERT INTO n SELECT id, coalesce(a, 0), b FROM t; DROP TABLE t;"
                             "ALTER TABLE n RENAME TO t;";
        sqlite("a table made again with other values", table, fourRows, mended, {u"set-not-null 2 may"_s});
        const auto* renamed = "ALTER TABLE t RENAME a TO z; CREATE TABLE n(id int PRIMARY KEY, z int CHECK "
                              "(abs(z) > 5), b text); INSERT INTO n (id, z, b) SELECT id, z, b FROM t;"
                              "DROP TABLE t; ALTER TABLE n RENAME TO t;";
        sqlite("CHECK of a renamed column", table, fourRows, renamed, {u"add-check 1"_s});
        sqlite("STRICT", table, fourRows,
               "CREATE TABLE n(id int PRIMARY KEY, a int, b int) STRICT; INSERT INTO n SELECT * FROM t;"
               "DROP TABLE t; ALTER TABLE n RENAME TO t;",
               {u"change-type 4"_s});
        sqlite(
            "STRICT, and some values fit", "CREATE TABLE t(id int PRIMARY KEY, b);",
            "INSERT INTO t VALUES (1, '12'), (2, 'abc'), (3, 1.5), (4, 3.0), (5, NULL), (6, x'31');",
            "CREATE TABLE n(id int PRIMARY KEY, b int) STRICT; INSERT INTO n SELECT id, CAST(b AS int) FROM "
            "t; DROP TABLE t; ALTER TABLE n RENAME TO t;",
            {u"change-type 3 may"_s});  // the migration converts them itself
    }

    static void madeAnew()
    {
        const QStringList lost{u"Drops the table t and makes another of that name: drops data: 4 rows"_s};
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            const QByteArray name = engine == Engine::Sqlite ? "SQLite, " : "PostgreSQL, ";
            const auto made = [&](const char* what, const QByteArray& script, const QStringList& expected) {
                QTest::newRow(name + what) << engine << script << expected;
            };
            made("a table made anew", "DROP TABLE t; CREATE TABLE t(id int PRIMARY KEY, c text);", lost);
            made("made anew and filled with something else",
                 "DROP TABLE t; CREATE TABLE t(id int PRIMARY KEY, c text); INSERT INTO t VALUES (9, 'x');",
                 lost);
            made(
                "a new one takes its place without the rows",
                "CREATE TABLE n(id int PRIMARY KEY, a int, b text); DROP TABLE t; ALTER TABLE n RENAME TO t;",
                lost);
            made("set aside, made anew and dropped",
                 "ALTER TABLE t RENAME TO old; CREATE TABLE t(id int PRIMARY KEY, a int, b text);"
                 "DROP TABLE old;",
                 lost);
            made("a new one takes its place with the rows",
                 "CREATE TABLE n(id int PRIMARY KEY, a int, b text); INSERT INTO n SELECT * FROM t;"
                 "DROP TABLE t; ALTER TABLE n RENAME TO t;",
                 {});
            made("the rows wait elsewhere",
                 "CREATE TEMPORARY TABLE w AS SELECT * FROM t; DROP TABLE t;"
                 "CREATE TABLE t(id int PRIMARY KEY, a int, b text); INSERT INTO t SELECT * FROM w;"
                 "DROP TABLE w;",
                 {});
            made("set aside, and the rows copied back",
                 "ALTER TABLE t RENAME TO old; CREATE TABLE t(id int PRIMARY KEY, a int, b text);"
                 "WITH w AS (SELECT * FROM old) INSERT INTO t SELECT * FROM w; DROP TABLE old;",
                 {});
            // What a copy leaves out is lost as by DROP COLUMN.
            const QStringList column{u"Drops the column t.b and adds another of that name: "
                                     "drops data: 4 non-null values"_s};
            made("a column that is not copied",
                 "CREATE TABLE n(id int PRIMARY KEY, a int, b text);"
                 "INSERT INTO n (id, a) SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;",
                 column);
            made("set aside, and a column that is not copied",
                 "ALTER TABLE t RENAME TO old; CREATE TABLE t(id int PRIMARY KEY, a int, b text);"
                 "INSERT INTO t (a, id) SELECT a, id FROM old; DROP TABLE old;",
                 {column.first() + u", unless the migration itself puts them right"_s});
            made("renamed first, and then not copied",
                 "ALTER TABLE t RENAME COLUMN b TO c; CREATE TABLE n(id int PRIMARY KEY, a int, c text);"
                 "INSERT INTO n (id, a) SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;",
                 {u"Drops the column t.c and adds another of that name: drops data: 4 non-null values"_s});
            made("a column that comes behind",
                 "CREATE TABLE n(id int PRIMARY KEY, a int, b text);"
                 "INSERT INTO n (id, a) SELECT id, a FROM t;"
                 "UPDATE n SET b = (SELECT t.b FROM t WHERE t.id = n.id);"
                 "DROP TABLE t; ALTER TABLE n RENAME TO t;",
                 {});
            made("a column that the new table has not",
                 "CREATE TABLE n(id int PRIMARY KEY, a int); INSERT INTO n (id, a) SELECT id, a FROM t;"
                 "DROP TABLE t; ALTER TABLE n RENAME TO t;",
                 {u"Drops the column t.b: drops data: 4 non-null values"_s});
            made("a table of the migration itself",
                 "CREATE TABLE n(id int); DROP TABLE n; CREATE TABLE n(id int);", {});
        }
        QTest::newRow("SQLite, in another case")
            << Engine::Sqlite
            << "CREATE TABLE N(id int PRIMARY KEY, a int, b text); INSERT INTO n SELECT * FROM T;"
               "DROP TABLE T; ALTER TABLE n RENAME TO t;"_ba
            << QStringList();
        QTest::newRow("SQLite, made anew in another case")
            << Engine::Sqlite << "DROP TABLE T; CREATE TABLE t(id int PRIMARY KEY, c text);"_ba << lost;
        QTest::newRow("PostgreSQL, a whole schema")
            << Engine::Postgres
            << "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE t(a int);"
               "CREATE TABLE o(a int);"_ba
            << QStringList(lost);
        QTest::newRow("PostgreSQL, SELECT INTO")
            << Engine::Postgres << "SELECT * INTO n FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"_ba
            << QStringList();
    }

private Q_SLOTS:
    void aColumnThatIsRenamedIsNotLost_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("before the table is made again")
            << "ALTER TABLE t RENAME COLUMN b TO z; CREATE TABLE n(id INTEGER PRIMARY KEY, z);"
               "INSERT INTO n(id, z) SELECT id, z FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"_ba;
        QTest::newRow("as it is copied")
            << "CREATE TABLE n(id INTEGER PRIMARY KEY, z); INSERT INTO n(id, z) SELECT id, b FROM t;"
               "DROP TABLE t; ALTER TABLE n RENAME TO t;"_ba;
        QTest::newRow("as it is copied from the old one, moved away")
            << "ALTER TABLE t RENAME TO o; CREATE TABLE t(id INTEGER PRIMARY KEY, z);"
               "INSERT INTO t(id, z) SELECT id, o.b FROM o; DROP TABLE o;"_ba;
    }
    void aColumnThatIsRenamedIsNotLost()
    {
        QFETCH(const QByteArray, script);
        const Scratch scratch(Engine::Sqlite);
        scratch.files.write(u"migrations/1_first.sql"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, b);");
        scratch.files.write(u"migrations/2_second.sql"_s, script);
        const auto linted = apply::lintProject(scratch.files.project(), Engine::Sqlite);
        QVERIFY(linted);
        QStringList codes;
        for (const lint::Finding& finding : linted->last().report.findings)
            codes << finding.code + u' ' + finding.subject;
        codes.removeIf([](const QString& code) { return code.startsWith(u"rename-table"_s); });
        QCOMPARE(codes.size(), 1);
        QVERIFY2(codes.first().startsWith(u"rename-column"_s), qPrintable(codes.join(u'\n')));
    }

    void aRenamedTableIsNoLoss_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QStringList>("expected");
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            const QByteArray name = engine == Engine::Sqlite ? "SQLite, " : "PostgreSQL, ";
            QTest::newRow(name + "alone") << engine << "ALTER TABLE t RENAME TO u;"_ba << QStringList();
            QTest::newRow(name + "with a column")
                << engine
                << "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME a TO z; ALTER TABLE u DROP COLUMN b;"_ba
                << QStringList{u"Drops the column t.b: drops data: 4 non-null values"_s};
            QTest::newRow(name + "and another one of that name")
                << engine << "ALTER TABLE t RENAME TO u; CREATE TABLE t(id int);"_ba << QStringList();
            QTest::newRow(name + "onto the name of one that goes")
                << engine << "DROP TABLE t; ALTER TABLE o RENAME TO t;"_ba
                << QStringList{u"Drops the table t: drops data: 4 rows"_s};
            QTest::newRow(name + "a column and another one of that name")
                << engine << "ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD COLUMN b text;"_ba
                << QStringList{u"Drops the column t.b and adds another of that name: "
                               "drops data: 4 non-null values"_s};
            QTest::newRow(name + "a column whose name goes to another one")
                << engine << "ALTER TABLE t DROP COLUMN b; ALTER TABLE t RENAME COLUMN a TO b;"_ba
                << QStringList{u"Drops the column t.b and adds another of that name: "
                               "drops data: 4 non-null values"_s};
            QTest::newRow(name + "a column of the migration itself")
                << engine
                << "ALTER TABLE t ADD COLUMN c text; ALTER TABLE t DROP COLUMN c; "
                   "ALTER TABLE t ADD COLUMN c int;"_ba
                << QStringList();
        }
        madeAnew();
        QTest::newRow("PostgreSQL, a column that is computed from now on")
            << Engine::Postgres << "ALTER TABLE t DROP b, ADD b text GENERATED ALWAYS AS (a::text) STORED;"_ba
            << QStringList{u"Computes the column t.b from now on: drops data: 4 non-null values"_s};
        QTest::newRow("SQLite, a column that is computed from now on")
            << Engine::Sqlite
            << "CREATE TABLE n(id int PRIMARY KEY, a int, b text AS (a || 'x') STORED);"
               "INSERT INTO n (id, a) SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"_ba
            << QStringList{u"Computes the column t.b from now on: drops data: 4 non-null values"_s};
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres})
            QTest::newRow(engine == Engine::Sqlite ? "SQLite, made again with a column of another name"
                                                   : "PostgreSQL, made again with a column of another name")
                << engine
                << "CREATE TABLE n(id int PRIMARY KEY, z int, b text); INSERT INTO n (id, z, b) SELECT t.id, "
                   "a, b FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"_ba
                << QStringList();
        QTest::newRow("SQLite, a column renamed before, and made again")
            << Engine::Sqlite
            << "ALTER TABLE t RENAME b TO z; CREATE TABLE n(id int PRIMARY KEY, a int, z text);"
               "INSERT INTO n (id, a, z) SELECT id, a, z FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"_ba
            << QStringList();
        QTest::newRow("PostgreSQL, into another schema")
            << Engine::Postgres << "CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s;"_ba << QStringList();
    }
    void aRenamedTableIsNoLoss()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, second);
        QFETCH(const QStringList, expected);
        const Scratch scratch(engine);
        scratch.begin(QByteArray(table) + "CREATE TABLE o(id int PRIMARY KEY, a int, b text);", fourRows,
                      second);
        QStringList lost;
        for (const lint::Question& question : scratch.ask()) {
            if (question.means == lint::Question::Means::Lost && !question.isHarmless())
                lost << question.sentence();
        }
        QCOMPARE(lost, expected);
    }

    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void countsWhatBlocks_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QStringList>("expected");
        postgresRows();
        sqliteRows();
    }
    void countsWhatBlocks()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, first);
        QFETCH(const QByteArray, rows);
        QFETCH(const QByteArray, second);
        QFETCH(const QStringList, expected);
        const Scratch scratch(engine);
        scratch.begin(first, rows, second);
        QStringList found = blocking(scratch.ask());
        QStringList wanted = expected;
        std::ranges::sort(found);
        std::ranges::sort(wanted);
        QCOMPARE(found, wanted);
        // What is said holds: the migration fails where rows surely block it, and runs where none do.
        const bool may =
            std::ranges::any_of(found, [](const QString& line) { return line.endsWith(u"may"); });
        QCOMPARE(scratch.runs(), found.isEmpty() || may);
    }

    void tellsHowManyValuesAreRounded()
    {
        const Scratch scratch(Engine::Postgres);
        scratch.begin("CREATE TABLE t(n numeric(12,2), f float8, m numeric(8,3));",
                      "INSERT INTO t VALUES (1.00, 2.5, 1.25), (1.25, 3, 1.255), (NULL, 0.1, NULL);",
                      "ALTER TABLE t ALTER n TYPE int, ALTER f TYPE smallint, ALTER m TYPE numeric(6,2);");
        QStringList rounded;
        for (const lint::Question& question : scratch.ask()) {
            if (question.text.startsWith(u"Rounds"_s))
                rounded << question.sentence();
        }
        QCOMPARE(rounded, (QStringList{u"Rounds t.n: 1 values lose digits behind the point"_s,
                                       u"Rounds t.f: 2 values lose digits behind the point"_s,
                                       u"Rounds t.m: 1 values lose digits behind the point"_s}));
    }

    void theShellExitsWithOneWhereRowsBlock_data() { test::engines(); }
    void theShellExitsWithOneWhereRowsBlock()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.begin("CREATE TABLE t(id int PRIMARY KEY, b text);",
                      "INSERT INTO t VALUES (1, 'x'), (2, 'x');", "CREATE UNIQUE INDEX i ON t(b);");
        const auto blocked = scratch.cli({u"preflight"_s});
        QVERIFY2(blocked.code == 1, blocked.err);
        QVERIFY2(blocked.out.contains("2 rows share"), blocked.out);
        const auto json = scratch.cli({u"preflight"_s, u"--json"_s});
        QCOMPARE(json.code, 1);
        QVERIFY2(json.out.contains("\"count\": 2"), json.out);
        QVERIFY(scratch.db->executeScript("UPDATE t SET b = 'y' WHERE id = 2;"));
        const auto fine = scratch.cli({u"preflight"_s});
        QVERIFY2(fine.code == 0, fine.err);
        QVERIFY2(fine.out.startsWith("No row"), fine.out);
    }

    void theShellLints_data() { test::engines(); }
    void theShellLints()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.files.write(u"migrations/1_first.sql"_s, "CREATE TABLE t(id int);\n");
        scratch.files.write(u"migrations/2_second.sql"_s, "-- why\nDROP TABLE t;\n");
        const auto found = scratch.cli({u"lint"_s});
        QVERIFY2(found.code == 1, found.err);
        QVERIFY2(found.out.contains("2_second.sql:2: data-loss [drop-table]"), found.out);
        QCOMPARE(scratch.cli({u"lint"_s, scratch.files.path(u"migrations/1_first.sql"_s)}).code, 0);
        QCOMPARE(scratch.cli({u"lint"_s, scratch.files.path(u"migrations/2_second.sql"_s)}).code, 1);
        QCOMPARE(scratch.cli({u"lint"_s, u"--at-least"_s, u"data-loss"_s}).code, 1);
        QCOMPARE(scratch.cli({u"lint"_s, u"--at-least"_s, u"nonsense"_s}).code, 2);
        QCOMPARE(scratch.cli({u"lint"_s, u"nowhere.sql"_s}).code, 3);
        QCOMPARE(scratch.cli({u"lint"_s, u"--explain"_s, u"drop-table"_s}).code, 0);
        QCOMPARE(scratch.cli({u"lint"_s, u"--explain"_s, u"nonsense"_s}).code, 2);
        scratch.files.write(u"migrations/2_second.sql"_s,
                            "-- dewpoint: allow drop-table: nobody uses it\nDROP TABLE t;\n");
        const auto allowed = scratch.cli({u"lint"_s, u"--json"_s});
        QVERIFY2(allowed.code == 0, allowed.out);
        QVERIFY2(allowed.out.contains("\"reason\": \"nobody uses it\""), allowed.out);
    }

    void tellsWhatATableMadeAgainLoses()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.files.write(u"migrations/1_first.sql"_s,
                            "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b, c); CREATE INDEX i ON t(a);"
                            "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;");
        scratch.files.write(
            u"migrations/2_second.sql"_s,
            "CREATE TABLE n(id INTEGER PRIMARY KEY, a, b); INSERT INTO n(id, a) SELECT id, a FROM t;"
            "DROP TABLE t; ALTER TABLE n RENAME TO t;");
        const auto linted = apply::lintProject(scratch.files.project(), Engine::Sqlite);
        QVERIFY(linted);
        QStringList codes;
        for (const lint::Finding& finding : linted->last().report.findings)
            codes << finding.code + u' ' + finding.subject;
        QCOMPARE(codes, (QStringList{u"rebuild-forgets-column t.b"_s, u"drop-column t.c"_s,
                                     u"rebuild-loses-index i"_s, u"rebuild-loses-trigger tr"_s}));
    }

    void changesOnlyTheStatementOfAFile()
    {
        const Scratch scratch(Engine::Sqlite);
        const QByteArray before = "-- Größe\r\nSELECT 'ä';\r\nCREATE INDEX \"ö\" ON t (a) ; -- end\r\n";
        scratch.files.write(u"migrations/1_first.sql"_s, before);
        auto project = scratch.files.project();
        auto linted = apply::lintProject(project, Engine::Postgres);
        QVERIFY(linted);
        apply::Linted one = linted->first();
        QCOMPARE(one.report.findings.size(), 1);
        QVERIFY2(!apply::canRewrite(project, one, one.report.findings.first()),
                 "CONCURRENTLY has to be alone in its file");
        scratch.files.write(u"migrations/1_first.sql"_s,
                            "-- Größe\r\nCREATE INDEX \"ö\" ON t (a) ; -- end\r\n");
        one = apply::lintProject(project, Engine::Postgres)->first();
        const auto change = apply::rewritten(project, one, one.report.findings.first());
        QVERIFY(change);
        QCOMPARE(change->after,
                 QByteArray(
                     "-- no-transaction\n-- Größe\r\nCREATE INDEX CONCURRENTLY \"ö\" ON t (a) ; -- end\r\n"));
        QVERIFY(apply::write(*change));
        QVERIFY2(!apply::write(*change), "the file is another one now");
        one = apply::lintProject(project, Engine::Postgres)->first();
        QCOMPARE(one.report.worst(), lint::Class::Safe);
    }

    void theSampleShopRaisesNoFalseAlarm_data() { test::engines(); }
    void theSampleShopRaisesNoFalseAlarm()
    {
        QFETCH(const Engine, engine);
        const QString folder = qEnvironmentVariable("DEWPOINT_SOURCE") + u"/resources/demo/"_s
                               + (engine == Engine::Sqlite ? u"sqlite"_s : u"postgres"_s);
        const auto project = project::detect(folder, {});
        QVERIFY(project && *project);
        const auto linted = apply::lintProject(**project, engine);
        QVERIFY(linted);
        QStringList found;
        for (const apply::Linted& one : *linted) {
            for (const lint::Finding& finding : one.report.findings)
                found << one.migration.name + u' ' + finding.code;
        }
        found.removeDuplicates();
        // Indexes on tables that are there and in use, and a column that goes: nothing else.
        QStringList wanted{u"add_indexes add-unique"_s, u"drop_phone_from_users drop-column"_s};
        if (engine == Engine::Postgres)
            wanted.prepend(u"add_indexes create-index-blocking"_s);
        QCOMPARE(found, wanted);
    }
};

QTEST_GUILESS_MAIN(PreflightTest)
#include "preflight_test.moc"
