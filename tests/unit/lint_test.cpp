// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/allow.h"
#include "lint/lint.h"
#include "lint/pg_type.h"

#include <QRegularExpression>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What lint finds, statement by statement. Each row: what stands before, the migration, the codes.
class LintTest final : public QObject
{
    Q_OBJECT

    /// "1 drop-table": the statement, counted from 1, and the code; "0" for the script as a whole.
    static QStringList codesOf(const lint::Report& report)
    {
        QStringList codes;
        for (const lint::Finding& finding : report.findings)
            codes << QString::number(finding.statement + 1) + u' ' + finding.code
                         + (finding.allowed ? u" allowed"_s : QString());
        return codes;
    }
    static lint::Known after(const QString& script, Engine engine)
    {
        lint::Known known;
        known.whole = true;
        (void)lint::judge(script, {.engine = engine}, known);
        return known;
    }
    static const QString& before(Engine engine)
    {
        static const QString postgres =
            u"CREATE TYPE mood AS ENUM ('a');"
            "CREATE DOMAIN positive AS int CHECK (value > 0);"
            "CREATE TABLE users(id int PRIMARY KEY, name varchar(20), mail text NOT NULL, n numeric(8,2),"
            "  at timestamp, m mood);"
            "CREATE TABLE orders(id bigint PRIMARY KEY, user_id int REFERENCES users, total int);"
            "CREATE INDEX orders_total ON orders(total);"
            "ALTER TABLE users ADD CONSTRAINT proven CHECK (n IS NOT NULL);"
            "CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW mv AS SELECT 1;"
            "CREATE TABLE parts(id int) PARTITION BY RANGE (id)"_s;
        static const QString sqlite =
            u"CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE orders(id INTEGER)"_s;
        return engine == Engine::Postgres ? postgres : sqlite;
    }
    static void row(const char* sql, const char* codes)
    {
        QTest::newRow(sql) << QString::fromUtf8(sql)
                           << QString::fromLatin1(codes).split(u", "_s, Qt::SkipEmptyParts);
    }
    static void columns()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QStringList>("codes");
    }
    static void columnRows()
    {
        // Columns
        row("ALTER TABLE users ADD a int", "");
        row("ALTER TABLE users ADD a int NOT NULL DEFAULT 0", "");
        row("ALTER TABLE users ADD a timestamptz NOT NULL DEFAULT now()", "");
        row("ALTER TABLE users ADD a timestamptz DEFAULT current_timestamp", "");
        row("ALTER TABLE users ADD a int NOT NULL", "1 add-not-null-without-default");
        row("ALTER TABLE users ADD a int NOT NULL DEFAULT NULL", "1 add-not-null-without-default");
        row("ALTER TABLE users ADD a uuid DEFAULT gen_random_uuid()", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a float DEFAULT random()", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a int DEFAULT my_function()", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a timestamptz DEFAULT clock_timestamp()", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a serial", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a int GENERATED ALWAYS AS IDENTITY", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a int GENERATED ALWAYS AS (id + 1) STORED", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a positive", "1 add-column-rewrite");
        row("ALTER TABLE users ADD a int UNIQUE", "1 add-constraint-index");
        row("ALTER TABLE users ADD a int CHECK (a > 0)", "1 add-constraint-scan");
        row("ALTER TABLE orders ADD a int REFERENCES users", "");
        row("ALTER TABLE orders ADD a int DEFAULT 1 REFERENCES users", "1 add-constraint-scan");
        row("ALTER TABLE users ADD COLUMN IF NOT EXISTS name int NOT NULL", "");
        row("ALTER TABLE users DROP name", "1 drop-column");
        row("ALTER TABLE users DROP name CASCADE", "1 drop-column, 1 drop-cascade");
        row("ALTER TABLE users DROP IF EXISTS nothing", "");
        row("ALTER TABLE users ADD a int; ALTER TABLE users DROP a", "");
        row("ALTER TABLE users RENAME name TO title", "1 rename-column");
        row("ALTER TABLE users ADD a int; ALTER TABLE users RENAME a TO b", "");
        row("ALTER TABLE users ALTER name SET DEFAULT 'x'", "");
        row("ALTER TABLE users ALTER name DROP DEFAULT", "");
        row("ALTER TABLE users ALTER mail DROP NOT NULL", "");
        row("ALTER TABLE users ALTER name SET STATISTICS 100", "");
        row("ALTER TABLE users ALTER name SET STORAGE external", "");
        // NOT NULL
        row("ALTER TABLE users ALTER name SET NOT NULL", "1 set-not-null-scan, 1 set-not-null");
        row("ALTER TABLE users ALTER mail SET NOT NULL", "");
        row("ALTER TABLE users ALTER n SET NOT NULL", "");
        row("ALTER TABLE users ADD CONSTRAINT c CHECK (name IS NOT NULL) NOT VALID", "");
    }
    static void typeRows()
    {
        // Types
        row("ALTER TABLE users ALTER name TYPE varchar(30)", "");
        row("ALTER TABLE users ALTER name TYPE varchar", "");
        row("ALTER TABLE users ALTER name TYPE text", "");
        row("ALTER TABLE users ALTER name TYPE text USING name::text", "");
        row("ALTER TABLE users ALTER name TYPE varchar(10)", "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE users ALTER name TYPE text USING lower(name)",
            "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE users ALTER n TYPE numeric(10,2)", "");
        row("ALTER TABLE users ALTER n TYPE numeric", "");
        row("ALTER TABLE users ALTER n TYPE numeric(10,4)", "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE users ALTER n TYPE numeric(6,2)", "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE users ALTER id TYPE bigint", "1 alter-type-rewrite");
        row("ALTER TABLE users ALTER mail TYPE int USING mail::int", "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE users ALTER at TYPE timestamptz", "1 alter-type-rewrite");
        row("ALTER TABLE users ALTER at TYPE timestamp", "");
        row("ALTER TABLE users ALTER at TYPE timestamp(3)", "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE users ALTER mail TYPE varchar", "");
        row("ALTER TABLE users ALTER mail TYPE varchar(9)", "1 alter-type-rewrite, 1 change-type");
        row("ALTER TABLE unheard_of ALTER a TYPE text", "1 alter-type-rewrite, 1 change-type");
        // Types and domains
        row("ALTER TYPE mood ADD VALUE 'b'", "1 enum-add-value");
        row("ALTER TYPE mood ADD VALUE 'b'; INSERT INTO users(m) VALUES ('b')",
            "1 enum-add-value, 2 enum-add-value-in-transaction");
        row("ALTER TYPE mood ADD VALUE 'b'; ALTER TABLE users ALTER m SET DEFAULT 'b'",
            "1 enum-add-value, 2 enum-add-value-in-transaction");
        row("CREATE TYPE t AS ENUM ('a'); ALTER TYPE t ADD VALUE 'b'", "");
        row("ALTER TYPE mood RENAME VALUE 'a' TO 'z'", "");
        row("ALTER DOMAIN positive ADD CHECK (value < 9)", "1 alter-domain-scan, 1 add-check");
        row("ALTER DOMAIN positive ADD CHECK (value < 9) NOT VALID", "");
        row("ALTER DOMAIN positive SET NOT NULL", "1 alter-domain-scan, 1 set-not-null");
    }
    static void constraintRows()
    {
        row("ALTER TABLE orders ADD FOREIGN KEY (total) REFERENCES users",
            "1 add-constraint-scan, 1 add-foreign-key");
        row("ALTER TABLE orders ADD FOREIGN KEY (total) REFERENCES users NOT VALID", "");
        row("ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (total) REFERENCES users NOT VALID; "
            "ALTER TABLE orders VALIDATE CONSTRAINT k",
            "2 validate-same-transaction");
        row("ALTER TABLE users ADD CHECK (id > 0)", "1 add-constraint-scan, 1 add-check");
        row("ALTER TABLE users ADD CHECK (id > 0) NOT VALID", "");
        row("ALTER TABLE users ADD UNIQUE (name)", "1 add-constraint-index, 1 add-unique");
        row("ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX i", "");
        row("ALTER TABLE parts ADD PRIMARY KEY (id)", "1 set-not-null, 1 add-constraint-index, 1 add-unique");
        row("ALTER TABLE users ADD EXCLUDE (name WITH =)", "1 add-constraint-index, 1 add-exclusion");
        row("ALTER TABLE users DROP CONSTRAINT proven", "");
        row("ALTER TABLE users DROP CONSTRAINT proven; ALTER TABLE users ALTER n SET NOT NULL",
            "2 set-not-null-scan, 2 set-not-null");
        row("ALTER TABLE users DROP CONSTRAINT proven CASCADE", "1 drop-cascade");
        row("ALTER TABLE users RENAME CONSTRAINT proven TO proved", "");
    }
    static void wholeTableRows()
    {
        row("ALTER TABLE users RENAME TO people", "1 rename-table");
        row("ALTER TABLE users SET SCHEMA app", "1 rename-table");
        row("ALTER TABLE users SET (fillfactor = 70)", "");
        row("ALTER TABLE users SET UNLOGGED", "1 set-logged-rewrite");
        row("ALTER TABLE users SET TABLESPACE fast", "1 set-storage-rewrite");
        row("ALTER TABLE users SET ACCESS METHOD heap2", "1 set-storage-rewrite");
        row("ALTER TABLE users ENABLE ROW LEVEL SECURITY", "");
        row("ALTER TABLE users OWNER TO someone", "");
        row("ALTER TABLE parts ATTACH PARTITION orders FOR VALUES FROM (1) TO (2)",
            "1 attach-partition-scan");
        row("CREATE TABLE p1(id int); ALTER TABLE parts ATTACH PARTITION p1 FOR VALUES FROM (1) TO (2)", "");
        row("ALTER TABLE parts DETACH PARTITION orders", "");
        row("ALTER TABLE parts DETACH PARTITION orders CONCURRENTLY", "1 concurrently-in-transaction");
    }
    static void indexRows()
    {
        row("CREATE INDEX i ON users(name)", "1 create-index-blocking");
        row("CREATE INDEX ON users(name)", "1 create-index-blocking");
        row("CREATE INDEX IF NOT EXISTS orders_total ON orders(total)", "");
        row("CREATE UNIQUE INDEX i ON users(name)", "1 create-index-blocking, 1 add-unique");
        row("CREATE INDEX CONCURRENTLY i ON users(name)", "1 concurrently-in-transaction");
        row("CREATE INDEX i ON ONLY parts(id)", "");
        row("CREATE TABLE t(a int); CREATE UNIQUE INDEX i ON t(a)", "");
        row("DROP INDEX orders_total", "1 drop-index-blocking");
        row("DROP INDEX CONCURRENTLY orders_total", "1 concurrently-in-transaction");
        row("CREATE TABLE t(a int); CREATE INDEX i ON t(a); DROP INDEX i", "");
        row("ALTER INDEX orders_total RENAME TO x", "");
        row("REINDEX TABLE users", "1 reindex-blocking");
        row("REINDEX INDEX orders_total", "1 reindex-blocking");
        row("REINDEX TABLE CONCURRENTLY users", "1 concurrently-in-transaction");
        row("REINDEX SCHEMA public", "1 vacuum-in-transaction, 1 reindex-blocking");
    }
    static void rowsAndObjectsThatGo()
    {
        // What goes
        row("DROP TABLE users", "1 drop-table");
        row("DROP TABLE users, orders", "1 drop-table, 1 drop-table");
        row("DROP TABLE users CASCADE", "1 drop-table, 1 drop-cascade");
        row("DROP TABLE IF EXISTS nothing", "");
        row("DROP TABLE IF EXISTS nothing CASCADE; CREATE TABLE nothing(a int)", "");
        row("CREATE TABLE t(a int); DROP TABLE t", "");
        row("DROP VIEW v", "");
        row("DROP VIEW v CASCADE", "1 drop-cascade");
        row("DROP TYPE mood", "");
        row("DROP TYPE mood CASCADE", "1 drop-cascade");
        row("DROP SCHEMA app", "1 drop-schema");
        row("DROP SCHEMA app CASCADE", "1 drop-schema, 1 drop-cascade");
        row("DROP FUNCTION f()", "");
        row("DROP EXTENSION citext CASCADE", "1 drop-cascade");
        row("TRUNCATE users", "1 truncate");
        row("TRUNCATE users CASCADE", "1 truncate");
        // Rows
        row("DELETE FROM users", "1 delete-without-where");
        row("DELETE FROM users WHERE true", "1 delete-without-where");
        row("DELETE FROM users WHERE id = 1", "");
        row("UPDATE users SET name = 'x'", "1 update-without-where");
        row("UPDATE users SET name = 'x' WHERE name IS NULL", "");
        row("ALTER TABLE users ADD a int; UPDATE users SET a = 1", "2 backfill-in-one-statement");
        row("ALTER TABLE users ADD a int; UPDATE users SET a = 1, name = 'x'", "2 update-without-where");
        row("CREATE TABLE t(a int); INSERT INTO t VALUES (1); UPDATE t SET a = 2; DELETE FROM t", "");
        row("WITH gone AS (DELETE FROM users RETURNING *) SELECT count(*) FROM gone",
            "1 delete-without-where");
        row("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM users'", "");
        row("CREATE RULE r AS ON INSERT TO users DO ALSO DELETE FROM orders", "");
        row("INSERT INTO users(id) VALUES (1)", "");
        row("SELECT 1", "");
    }
    static void rebuiltRows()
    {
        // Made again by hand: the rows are followed
        const auto again = [](const char* copy, const char* codes) {
            const QByteArray script = "CREATE TABLE n(id bigint, user_id int, total int);"_ba + copy
                                      + ";DROP TABLE orders; ALTER TABLE n RENAME TO orders";
            row(script.constData(), codes);
        };
        again("INSERT INTO n SELECT * FROM orders", "");
        again("INSERT INTO n (total, id, user_id) SELECT total, id, coalesce(user_id, 0) FROM orders", "");
        again("INSERT INTO n (id, total) SELECT id, total FROM orders", "3 rebuild-forgets-column");
        again("INSERT INTO n (id, total) SELECT o.id, o.total FROM orders o; "
              "UPDATE n SET user_id = (SELECT user_id FROM orders WHERE orders.id = n.id)",
              "");
        again("INSERT INTO n SELECT * FROM orders WHERE id > 5", "3 drop-table");
        again("INSERT INTO n SELECT * FROM orders LIMIT 5", "3 drop-table");
        again("INSERT INTO n SELECT DISTINCT * FROM orders", "3 drop-table");
        again("INSERT INTO n SELECT o.* FROM orders o JOIN users u ON u.id = o.user_id", "3 drop-table");
        again("INSERT INTO n SELECT * FROM orders ON CONFLICT DO NOTHING", "3 drop-table");
        again("INSERT INTO n SELECT max(id) FROM orders", "3 drop-table");
        row("ALTER TABLE orders RENAME TO old; CREATE TABLE orders(id bigint, total int);"
            "INSERT INTO orders (id, total) SELECT id, total FROM old; DROP TABLE old",
            "4 drop-column");
        row("CREATE TEMP TABLE w AS SELECT * FROM orders; DROP TABLE orders; CREATE TABLE orders(id bigint, "
            "user_id int, total int); INSERT INTO orders SELECT * FROM w; DROP TABLE w",
            "");
        row("CREATE TEMP TABLE w AS SELECT * FROM orders WITH NO DATA; DROP TABLE orders; "
            "ALTER TABLE w RENAME TO orders",
            "2 drop-table");
        row("CREATE TABLE kept AS SELECT * FROM orders; DROP TABLE orders", "2 drop-table");
    }
    static void otherRows()
    {
        // Maintenance, locks, transactions
        row("VACUUM users", "1 vacuum-in-transaction");
        row("VACUUM FULL users", "1 vacuum-in-transaction, 1 vacuum-full");
        row("VACUUM (FULL false) users", "1 vacuum-in-transaction");
        row("ANALYZE users", "");
        row("CLUSTER users USING i", "1 vacuum-full");
        row("REFRESH MATERIALIZED VIEW mv", "1 refresh-view-blocking");
        row("REFRESH MATERIALIZED VIEW CONCURRENTLY mv", "");
        row("LOCK TABLE users IN ACCESS SHARE MODE", "");
        row("LOCK TABLE users IN SHARE MODE", "1 lock-table");
        row("LOCK TABLE users", "1 lock-table");
        row("BEGIN; SELECT 1; COMMIT", "1 transaction-control, 3 transaction-control");
        row("SAVEPOINT a; RELEASE a", "");
        row("CREATE DATABASE x", "1 vacuum-in-transaction");
        row("ALTER SYSTEM SET work_mem = '1MB'", "1 vacuum-in-transaction");
        // What is inside a DO
        row("DO $$ BEGIN DELETE FROM users; END $$", "1 delete-without-where");
        row("DO $$ BEGIN IF true THEN ALTER TABLE users DROP name; END IF; END $$", "1 drop-column");
        row("DO $$ BEGIN EXECUTE 'DROP TABLE users'; END $$", "1 drop-table");
        row("DO $$ BEGIN PERFORM 1; END $$", "");
        // Harmless
        row("CREATE TABLE t(a int PRIMARY KEY, b int NOT NULL, c int REFERENCES users, CHECK (a > 0))", "");
        row("CREATE TABLE t AS SELECT * FROM users", "");
        row("CREATE VIEW w AS SELECT * FROM users", "");
        row("CREATE OR REPLACE VIEW v AS SELECT 2", "");
        row("CREATE TRIGGER t BEFORE INSERT ON users EXECUTE FUNCTION f()", "");
        row("COMMENT ON TABLE users IS 'x'", "");
        row("GRANT SELECT ON users TO PUBLIC", "");
        row("CREATE EXTENSION IF NOT EXISTS citext", "");
        row("SET lock_timeout = '1s'", "");
        row("ALTER TABLE users NONSENSE", "1 not-understood");
        row("/* DROP TABLE users */ SELECT 'DROP TABLE users'", "");
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void postgresInsideATransaction_data()
    {
        columns();
        columnRows();
        typeRows();
        constraintRows();
        wholeTableRows();
        indexRows();
        rowsAndObjectsThatGo();
        rebuiltRows();
        otherRows();
    }
    void postgresInsideATransaction()
    {
        QFETCH(const QString, sql);
        QFETCH(const QStringList, codes);
        lint::Known known = after(before(Engine::Postgres), Engine::Postgres);
        QCOMPARE(codesOf(lint::judge(sql, {.engine = Engine::Postgres}, known)), codes);
    }

    void postgresOutsideATransaction_data()
    {
        columns();
        row("CREATE INDEX CONCURRENTLY i ON users(name)", "");
        row("DROP INDEX CONCURRENTLY orders_total", "");
        row("VACUUM users", "");
        row("REINDEX TABLE CONCURRENTLY users", "");
        row("ALTER TYPE mood ADD VALUE 'b'", "1 enum-add-value");
        // One call to the server is one transaction.
        row("CREATE INDEX CONCURRENTLY i ON users(name); SELECT 1", "1 concurrently-in-transaction");
        row("BEGIN; CREATE INDEX CONCURRENTLY i ON users(name); COMMIT", "2 concurrently-in-transaction");
    }
    void postgresOutsideATransaction()
    {
        QFETCH(const QString, sql);
        QFETCH(const QStringList, codes);
        lint::Known known = after(before(Engine::Postgres), Engine::Postgres);
        QCOMPARE(codesOf(lint::judge(sql, {.engine = Engine::Postgres, .inTransaction = false}, known)),
                 codes);
    }

    void saysThatPiecesStand()
    {
        lint::Known known;
        const auto report =
            lint::judge(u"CREATE INDEX CONCURRENTLY i ON t(a); CREATE INDEX CONCURRENTLY j ON t(b)"_s,
                        {.engine = Engine::Postgres, .inTransaction = false, .pieceByPiece = true}, known);
        QCOMPARE(codesOf(report), QStringList{u"0 outside-transaction"_s});
    }

    void sqlite_data()
    {
        columns();
        row("ALTER TABLE users ADD a", "");
        row("ALTER TABLE users ADD COLUMN a TEXT NOT NULL DEFAULT ''", "");
        row("ALTER TABLE users ADD COLUMN a TEXT NOT NULL", "1 add-not-null-without-default");
        row("ALTER TABLE users ADD a INTEGER NOT NULL DEFAULT NULL", "1 add-not-null-without-default");
        row("ALTER TABLE users ADD a UNIQUE", "1 add-column-impossible");
        row("ALTER TABLE users ADD a INTEGER PRIMARY KEY", "1 add-column-impossible");
        row("ALTER TABLE users ADD a DEFAULT CURRENT_TIMESTAMP", "1 add-column-impossible");
        row("ALTER TABLE users ADD a DEFAULT (1 + 1)", "1 add-column-impossible");
        row("ALTER TABLE users ADD a INTEGER DEFAULT 1 REFERENCES orders(id)", "1 add-column-impossible");
        row("ALTER TABLE users ADD a INTEGER REFERENCES orders(id)", "");
        row("ALTER TABLE users ADD a AS (id + 1) STORED", "1 add-column-impossible");
        row("ALTER TABLE users ADD a AS (id + 1) VIRTUAL", "");
        row("ALTER TABLE main.users DROP COLUMN name", "1 drop-column");
        row("ALTER TABLE \"users\" DROP [name]", "1 drop-column");
        row("ALTER TABLE users RENAME TO people", "1 rename-table");
        row("ALTER TABLE users RENAME name TO title", "1 rename-column");
        row("ALTER TABLE users RENAME COLUMN name TO title", "1 rename-column");
        row("DROP TABLE users", "1 drop-table");
        row("DROP TABLE IF EXISTS nothing", "");
        row("CREATE TABLE t(a); DROP TABLE t", "");
        row("CREATE TABLE t(a); CREATE UNIQUE INDEX i ON t(a); DELETE FROM t", "");
        row("CREATE INDEX i ON users(name)", "");
        row("CREATE UNIQUE INDEX i ON users(name)", "1 add-unique");
        row("CREATE UNIQUE INDEX IF NOT EXISTS i ON users(name)", "1 add-unique");
        row("DELETE FROM users", "1 delete-without-where");
        row("DELETE FROM users WHERE id = 1", "");
        row("UPDATE users SET name = 'x'", "1 update-without-where");
        row("UPDATE OR IGNORE users SET name = 'x'", "1 update-without-where");
        row("ALTER TABLE users ADD a; UPDATE users SET a = 1", "");
        row("CREATE TRIGGER t AFTER INSERT ON users BEGIN DELETE FROM orders; END", "");
        row("VACUUM", "1 vacuum-in-transaction");
        row("PRAGMA journal_mode = WAL", "1 pragma-in-transaction");
        row("PRAGMA journal_mode", "");
        row("PRAGMA foreign_keys = ON", "");
        row("PRAGMA foreign_keys = OFF", "");
        row("PRAGMA writable_schema = ON", "1 writable-schema");
        row("BEGIN; SELECT 1; COMMIT", "1 transaction-control, 3 transaction-control");
        row("CREATE TABLE users_new(id INTEGER, name TEXT); INSERT INTO users_new SELECT id, name FROM "
            "users; "
            "DROP TABLE users; ALTER TABLE users_new RENAME TO users",
            "");
        row("CREATE TABLE n(id, name); INSERT INTO n SELECT * FROM users WHERE id > 5; DROP TABLE users; "
            "ALTER TABLE n RENAME TO users",
            "2 rebuild-filters-rows");
        row("ALTER TABLE users RENAME TO old; CREATE TABLE users(id); INSERT INTO users SELECT id FROM old; "
            "DROP TABLE old",
            "");
        row("ALTER TABLE other RENAME TO old; CREATE TABLE other(id); DROP TABLE old", "3 drop-table");
        row("CREATE TABLE n(id, name); DROP TABLE users; ALTER TABLE n RENAME TO users", "2 drop-table");
        row("DROP TABLE users; CREATE TABLE users(id)", "1 drop-table");
        row("CREATE TEMP TABLE w AS SELECT * FROM users; DROP TABLE users; CREATE TABLE users(id, name); "
            "INSERT INTO users SELECT * FROM w; DROP TABLE w",
            "");
        row("INSERT INTO users VALUES (1, 'DROP TABLE users')", "");
        row("-- DROP TABLE users\nSELECT 1", "");
    }
    void sqlite()
    {
        QFETCH(const QString, sql);
        QFETCH(const QStringList, codes);
        lint::Known known = after(before(Engine::Sqlite), Engine::Sqlite);
        QCOMPARE(codesOf(lint::judge(sql, {.engine = Engine::Sqlite}, known)), codes);
    }

    void sqliteKnowsEveryReferenceThatHasNoName()
    {
        schema::Database database{.engine = Engine::Sqlite};
        schema::Table child{.schema = u"main"_s, .name = u"child"_s};
        for (const QString& target : {u"parent"_s, u"kind"_s})
            child.constraints += {.kind = schema::ConstraintKind::ForeignKey, .targetTable = target};
        database.tables = {{.schema = u"main"_s, .name = u"parent"_s}, child};
        const QString rebuild = u"CREATE TABLE n(id); INSERT INTO n SELECT id FROM parent; DROP TABLE parent;"
                                "ALTER TABLE n RENAME TO parent;"_s;
        const auto codes = [&](const QString& script, bool inTransaction) {
            lint::Known known = lint::Known::of(database);
            return codesOf(lint::judge(script, {.inTransaction = inTransaction}, known));
        };
        QCOMPARE(codes(rebuild, true), QStringList{u"3 drop-table-cascades"_s});
        QCOMPARE(codes(u"PRAGMA foreign_keys = OFF;"_s + rebuild, true),
                 (QStringList{u"1 pragma-in-transaction"_s, u"4 drop-table-cascades"_s}));
        QCOMPARE(codes(u"PRAGMA foreign_keys = OFF; BEGIN;"_s + rebuild + u"COMMIT;"_s, false),
                 QStringList());
        QCOMPARE(codes(u"BEGIN; PRAGMA foreign_keys = OFF;"_s + rebuild + u"COMMIT;"_s, false),
                 (QStringList{u"2 pragma-in-transaction"_s, u"5 drop-table-cascades"_s}));
    }

    void sqliteMovesReferences()
    {
        lint::Known known;  // anything may refer to it
        const auto report = lint::judge(u"ALTER TABLE a RENAME TO old; CREATE TABLE a(id);"
                                        "INSERT INTO a SELECT id FROM old; DROP TABLE old"_s,
                                        {.engine = Engine::Sqlite}, known);
        QCOMPARE(codesOf(report), QStringList{u"1 rename-moves-references"_s});
    }

    void sqliteOutsideATransaction()
    {
        lint::Known known;
        const auto report = lint::judge(u"PRAGMA journal_mode = WAL; VACUUM"_s,
                                        {.engine = Engine::Sqlite, .inTransaction = false}, known);
        QCOMPARE(codesOf(report), QStringList{u"0 outside-transaction"_s});
    }

    void aCommentAllows_data()
    {
        columns();
        row("-- dewpoint: allow drop-table: nobody has it\nDROP TABLE users;", "1 drop-table allowed");
        row("-- why\n-- dewpoint: allow drop-table\n-- more\nDROP TABLE users;", "1 drop-table allowed");
        row("-- dewpoint: allow drop-column\nDROP TABLE users;", "1 drop-table");
        row("-- dewpoint: allow drop-table\n\nSELECT 1;\nDROP TABLE users;", "2 drop-table allowed");
        row("-- dewpoint: allow drop-table\nSELECT 1;\nDROP TABLE users;", "2 drop-table");
        row("-- dewpoint: allow drop-table\n\nDROP TABLE users;", "1 drop-table allowed");
        row("SELECT 1;\n-- dewpoint: allow drop-table, delete-without-where\nDROP TABLE users;\nDELETE FROM "
            "orders;",
            "2 drop-table allowed, 3 delete-without-where");
        row("SELECT ' -- dewpoint: allow drop-table';\nDROP TABLE users;", "2 drop-table");
    }
    void aCommentAllows()
    {
        QFETCH(const QString, sql);
        QFETCH(const QStringList, codes);
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            lint::Known known = after(before(engine), engine);
            QCOMPARE(codesOf(lint::judge(sql, {.engine = engine}, known)), codes);
        }
    }
    void keepsTheReason()
    {
        lint::Known known;
        const auto report = lint::judge(u"-- dewpoint: allow drop-table: empty since 2024\nDROP TABLE t;"_s,
                                        {.engine = Engine::Postgres}, known);
        QCOMPARE(report.findings.first().allowed.value_or(QString()), u"empty since 2024"_s);
        QCOMPARE(report.worst(), lint::Class::Safe);
    }

    void rewrites_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("next");
        const auto add = [](const char* sql, const char* statement, const char* next = "") {
            QTest::newRow(sql) << QString::fromUtf8(sql) << QString::fromUtf8(statement)
                               << QString::fromUtf8(next);
        };
        add("CREATE UNIQUE INDEX i ON users (name)", "CREATE UNIQUE INDEX CONCURRENTLY i ON users (name)");
        add("drop index orders_total", "drop index CONCURRENTLY orders_total");
        add("REINDEX TABLE users", "REINDEX TABLE CONCURRENTLY users");
        add("ALTER TABLE orders ADD CONSTRAINT \"K\" FOREIGN KEY (total) REFERENCES users /* x */",
            // A comment behind the statement is no part of it, and stays in the file as it is.
            "ALTER TABLE orders ADD CONSTRAINT \"K\" FOREIGN KEY (total) REFERENCES users NOT VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT \"K\";\n");
        add("ALTER TABLE orders ADD FOREIGN KEY (total) REFERENCES users",
            "ALTER TABLE orders ADD CONSTRAINT orders_total_fkey FOREIGN KEY (total) REFERENCES users NOT "
            "VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_fkey;\n");
        add("ALTER TABLE users ADD CHECK (id > 0)",
            "ALTER TABLE users ADD CONSTRAINT users_id_check CHECK (id > 0) NOT VALID",
            "ALTER TABLE users VALIDATE CONSTRAINT users_id_check;\n");
        add("ALTER TABLE users ALTER name SET NOT NULL",
            "ALTER TABLE users ADD CONSTRAINT users_name_not_null CHECK (name IS NOT NULL) NOT VALID",
            "ALTER TABLE users VALIDATE CONSTRAINT users_name_not_null;\n"
            "ALTER TABLE users ALTER COLUMN name SET NOT NULL;\n"
            "ALTER TABLE users DROP CONSTRAINT users_name_not_null;\n");
        add("ALTER TABLE users ADD UNIQUE (name, mail)",
            "CREATE UNIQUE INDEX CONCURRENTLY users_name_mail_key ON users (name, mail)",
            "ALTER TABLE users ADD CONSTRAINT users_name_mail_key UNIQUE USING INDEX users_name_mail_key;\n");
        add("ALTER TABLE users ADD age int NOT NULL", "ALTER TABLE users ADD age int NOT NULL DEFAULT 0");
    }
    void rewrites()
    {
        QFETCH(const QString, sql);
        QFETCH(const QString, statement);
        QFETCH(const QString, next);
        lint::Known known = after(before(Engine::Postgres), Engine::Postgres);
        const auto report = lint::judge(sql, {.engine = Engine::Postgres}, known);
        QVERIFY(!report.findings.isEmpty());
        const auto rewrite = report.findings.first().rewrite;
        QVERIFY(rewrite.has_value());
        QCOMPARE(rewrite.value_or(lint::Rewrite{}).statement, statement);
        QCOMPARE(rewrite.value_or(lint::Rewrite{}).nextSql, next);
    }
    void offersNothingInAListOfCommands()
    {
        lint::Known known = after(before(Engine::Postgres), Engine::Postgres);
        const auto report = lint::judge(u"ALTER TABLE users ALTER name SET NOT NULL, ADD UNIQUE (name)"_s,
                                        {.engine = Engine::Postgres}, known);
        for (const lint::Finding& finding : report.findings)
            QVERIFY2(!finding.rewrite, qPrintable(finding.code));
    }

    void followsTypes()
    {
        QCOMPARE(lint::shown(lint::typeOfText(u"character varying(20)"_s)), u"varchar(20)"_s);
        QCOMPARE(lint::shown(lint::typeOfText(u"timestamp(3) with time zone"_s)), u"timestamptz(3)"_s);
        QCOMPARE(lint::shown(lint::typeOfText(u"numeric(8,2)[]"_s)), u"numeric(8,2)[]"_s);
        QCOMPARE(lint::shown(lint::typeOfText(u"integer"_s)), u"int4"_s);
    }

    void everyCodeIsExplained()
    {
        QSet<QString> names;
        for (const lint::Code& code : lint::codes()) {
            QVERIFY2(!names.contains(code.name), qPrintable(code.name));
            names.insert(code.name);
            for (const QString& text : {code.what, code.why, code.instead})
                QVERIFY2(text.endsWith(u'.'), qPrintable(code.name + u": "_s + text));
        }
        QVERIFY(names.size() > 40);
    }
};

QTEST_GUILESS_MAIN(LintTest)
#include "lint_test.moc"
