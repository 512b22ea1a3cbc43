// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "project/formats/diesel/diesel.h"
#include "support/node_tools.h"
#include "support/project_scratch.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// schema.rs, ours and the real diesel_cli's, byte for byte.
class DieselInteropTest final : public QObject
{
    Q_OBJECT

    QString m_program;

    static QByteArray demo(Engine engine)
    {
        QByteArray script;
        const QDir root(qEnvironmentVariable("DEWPOINT_SOURCE")
                        + (engine == Engine::Postgres ? u"/resources/demo/postgres/migrations"_s
                                                      : u"/resources/demo/sqlite/migrations"_s));
        const QStringList folders = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const QString& folder : folders) {
            QFile file(root.filePath(folder + u"/up.sql"_s));
            if (file.open(QIODevice::ReadOnly))
                script += file.readAll() + '\n';
        }
        return script;
    }
    static QByteArray battery(Engine engine)
    {
        if (engine == Engine::Sqlite) {
            return R"(
CREATE TABLE users (id INTEGER PRIMARY KEY, "type" TEXT NOT NULL, users INT, "a b" BLOB, "2nd" REAL, "__x" DATE, é TIME);
CREATE TABLE posts (id BIGINT PRIMARY KEY NOT NULL, user_id INT REFERENCES users, n NUMERIC(3,1), at DATETIME);
CREATE TABLE pairs (b INT NOT NULL, a INT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE refs (rowid TEXT, x INT, y INT, p INT REFERENCES posts(id), FOREIGN KEY (x, y) REFERENCES pairs (a, b));
CREATE TABLE two (id INTEGER PRIMARY KEY NOT NULL, a INTEGER REFERENCES users, b INTEGER REFERENCES users(id));
CREATE TABLE one (id INTEGER PRIMARY KEY NOT NULL, u INTEGER REFERENCES users(id), g INT GENERATED ALWAYS AS (id + 1));
CREATE TABLE __hidden (a); CREATE VIEW v AS SELECT * FROM users;
)";
        }
        return R"(
CREATE TYPE "Mood" AS ENUM ('a'); CREATE TYPE public.http_status AS ENUM ('x'); CREATE SCHEMA other;
CREATE TYPE other.far AS ENUM ('f'); CREATE DOMAIN short AS varchar(7); CREATE DOMAIN amount AS numeric(10,2) NOT NULL;
CREATE TABLE users (id bigserial PRIMARY KEY, m "Mood", hs http_status[] NOT NULL, far other.far, v tsvector,
    s short, money amount, c char(3), vc varchar, vs text[], n numeric(10,2), at timestamptz(3), tz timetz,
    k "char", d double precision, b bit(4), vb bit varying(5), r int4range, "type" xml, "users" int, "a-b" jsonb, o oid);
CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES users, "select" int);
CREATE TABLE pairs (b int, a int, PRIMARY KEY (a, b));
CREATE TABLE refs (id uuid PRIMARY KEY, a int, b int, p int REFERENCES posts, q int REFERENCES posts,
    u bigint UNIQUE REFERENCES users, FOREIGN KEY (a, b) REFERENCES pairs);
CREATE TABLE log (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE log_2025 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE other.inner_one (id int PRIMARY KEY, f other.far); CREATE TABLE other.two (id int PRIMARY KEY REFERENCES other.inner_one);
COMMENT ON TABLE users IS E'People.\\n\\n  Two lines.'; COMMENT ON COLUMN users.m IS 'How it feels';
CREATE TABLE __hidden (a int); CREATE VIEW w AS SELECT * FROM users;
)";
    }
    QString url(const test::ProjectScratch& scratch) const
    {
        return scratch.engine() == Engine::Sqlite ? scratch.target().location : scratch.url();
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const QString& program :
             {qEnvironmentVariable("DEWPOINT_DIESEL"), QStandardPaths::findExecutable(u"diesel"_s),
              qEnvironmentVariable("DEWPOINT_SOURCE") + u"/build/interop/bin/diesel"_s}) {
            if (m_program.isEmpty() && QFileInfo(program).isExecutable())
                m_program = program;
        }
        if (m_program.isEmpty())
            QSKIP("there is no diesel here (DEWPOINT_DIESEL, PATH); to have it: cargo install diesel_cli "
                  "--version ~2.3 "
                  "--no-default-features --features sqlite-bundled,postgres --root build/interop");
        if (QStandardPaths::findExecutable(u"rustfmt"_s).isEmpty())
            QSKIP("there is no rustfmt on the PATH, and without it diesel prints another layout");
    }

    void printsTheSame_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<bool>("isDemo");
        QTest::addColumn<QByteArray>("options");
        const auto both = [](const QByteArray& name, const QByteArray& options) {
            QTest::addRow("SQLite, %s", name.constData())
                << Engine::Sqlite << (name == "sample shop") << options;
            QTest::addRow("PostgreSQL, %s", name.constData())
                << Engine::Postgres << (name == "sample shop") << options;
        };
        const QByteArray derives = "custom_type_derives = [\"diesel::query_builder::QueryId\", \"Clone\"]\n";
        both("sample shop", derives);
        both("many features", derives);
        both("docs", "with_docs = true\n" + derives);
        both("comments", "with_docs = \"only-database-comments\"\ncolumn_sorting = \"name\"\n");
        both("groups", "allow_tables_to_appear_in_same_query_config = \"fk_related_tables\"\n");
        both("no groups",
             "allow_tables_to_appear_in_same_query_config = \"none\"\nimport_types = [\"crate::T\"]\n");
        both("only", "filter = { only_tables = [\"^p\", \"users\"] }\n");
        both("except",
             "filter = { except_tables = [\"s$\"] }\nsqlite_integer_primary_key_is_bigint = true\n");
        both("bigint",
             "sqlite_integer_primary_key_is_bigint = true\ngenerate_missing_sql_type_definitions = false\n");
        QTest::newRow("a schema") << Engine::Postgres << false << "schema = \"other\"\n" + derives;
        QTest::newRow("domains")
            << Engine::Postgres << false
            << QByteArray("pg_domains_as_custom_types = [\"^sh\"]\nexcept_custom_type_definitions "
                          "= [\"Tsvector\"]\n");
    }
    void printsTheSame()
    {
        QFETCH(const Engine, engine);
        QFETCH(const bool, isDemo);
        QFETCH(const QByteArray, options);
        const test::ProjectScratch scratch(engine);
        scratch.write(u"diesel.toml"_s,
                      "[print_schema]\n" + options + "[migrations_directory]\ndir = \"migrations\"\n");
        scratch.write(u"migrations/.keep"_s, {});
        const auto connection = scratch.connect();
        const auto built = connection->executeScript(isDemo ? demo(engine) : battery(engine));
        QVERIFY2(built, built ? "" : qPrintable(built.error().oneLine()));
        const auto theirs =
            test::run(m_program, {u"print-schema"_s, u"--database-url"_s, url(scratch)}, scratch.path());
        const auto wanted = project::diesel::printSchemas(scratch.project());
        QVERIFY(wanted && !wanted->isEmpty());
        const auto ours =
            project::diesel::printSchema(catalog::inspect(*connection).value(), wanted->constFirst());
        if (theirs.code != 0) {
            QVERIFY2(!ours && theirs.text.contains(u"Unsupported type"_s), qPrintable(theirs.text));
            return;
        }
        QVERIFY2(ours, ours ? "" : qPrintable(ours.error().oneLine()));
        QCOMPARE(*ours, theirs.text);
    }
};

QTEST_GUILESS_MAIN(DieselInteropTest)
#include "diesel_interop_test.moc"
