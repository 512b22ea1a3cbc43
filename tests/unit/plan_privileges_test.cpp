// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "diff/compare.h"
#include "diff/mixed.h"
#include "plan/script.h"
#include "render/sql.h"
#include "shadow/difference.h"
#include "support/project_scratch.h"
#include "support/scratch_roles.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// GRANT and REVOKE in the diff of two PostgreSQL schemas, on a real server.
class PlanPrivilegesTest final : public QObject
{
    Q_OBJECT

    std::optional<test::ScratchRoles> m_roles;

    static Result<schema::Database> read(drivers::Connection& connection)
    {
        return catalog::inspect(connection, catalog::Extent::WithPrivileges);
    }
    static QStringList sentences(const QList<change::Change>& changes)
    {
        QStringList texts;
        for (const change::Change& change : changes)
            texts << change::sentence(change);
        return texts;
    }
    static QStringList grants(const plan::Plan& plan)
    {
        QStringList texts;
        for (const plan::Step& step : plan.steps) {
            for (const QString& sql : step.sql) {
                if (sql.contains(u"GRANT") || sql.contains(u"REVOKE"))
                    texts << sql;
            }
        }
        return texts;
    }

    /// A database with something in it, which stays open.
    struct Place {
        std::unique_ptr<test::ScratchPostgres> scratch = std::make_unique<test::ScratchPostgres>();
        std::unique_ptr<drivers::Connection> connection =
            drivers::Connection::open(scratch->target()).value();
        schema::Database schema() const { return read(*connection).value(); }
    };
    Place built(const QString& sql) const
    {
        Place place;
        run(*place.connection, m_roles->named(sql).toUtf8());
        return place;
    }
    static void run(drivers::Connection& connection, const QByteArray& sql)
    {
        const auto done = connection.executeScript(sql);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().oneLine()));
    }
    static void run(drivers::Connection& connection, const plan::Plan& plan)
    {
        for (const QByteArray& piece : plan::pieces(plan, plan::Sender::Shell))
            run(connection, piece);
    }
    QStringList plain(const QStringList& texts) const
    {
        return m_roles->plain(texts.join(u'\n')).split(u'\n', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning();
        m_roles.emplace();
    }
    void cleanup() { m_roles.reset(); }

    void arePlannedAndProvenBothWays_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QStringList>("up");
        QTest::addColumn<QStringList>("down");
        const QString table = u"CREATE TABLE t (a int, b int);"_s;
        QTest::newRow("a right is granted")
            << table << u""_s << u"GRANT SELECT, INSERT ON t TO $reader"_s
            << QStringList{u"GRANT INSERT, SELECT ON TABLE public.t TO $reader"_s}
            << QStringList{u"REVOKE INSERT, SELECT ON TABLE public.t FROM $reader"_s};
        QTest::newRow("to everybody") << table << u"GRANT SELECT ON t TO PUBLIC"_s << u""_s
                                      << QStringList{u"REVOKE SELECT ON TABLE public.t FROM PUBLIC"_s}
                                      << QStringList{u"GRANT SELECT ON TABLE public.t TO PUBLIC"_s};
        QTest::newRow("with grant option")
            << table << u"GRANT SELECT ON t TO $reader"_s
            << u"GRANT SELECT ON t TO $reader WITH GRANT OPTION"_s
            << QStringList{u"GRANT SELECT ON TABLE public.t TO $reader WITH GRANT OPTION"_s}
            << QStringList{u"REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM $reader"_s};
        QTest::newRow("columns") << table << u"GRANT UPDATE (a) ON t TO $reader"_s
                                 << u"GRANT UPDATE (a, b), SELECT ON t TO $reader"_s
                                 << QStringList{u"GRANT SELECT, UPDATE (b) ON TABLE public.t TO $reader"_s}
                                 << QStringList{u"REVOKE SELECT ON TABLE public.t FROM $reader"_s,
                                                u"REVOKE UPDATE (b) ON TABLE public.t FROM $reader"_s};
        // What is revoked of a table is revoked of its columns (manual, REVOKE).
        QTest::newRow("a table's right goes and its column's stays")
            << table << u"GRANT SELECT, SELECT (a) ON t TO $reader"_s << u"GRANT SELECT (a) ON t TO $reader"_s
            << QStringList{u"REVOKE SELECT ON TABLE public.t FROM $reader"_s,
                           u"GRANT SELECT (a) ON TABLE public.t TO $reader"_s}
            << QStringList{u"GRANT SELECT ON TABLE public.t TO $reader"_s};
        QTest::newRow("what was handed on goes with it")
            << table
            << u"GRANT SELECT ON t TO $boss WITH GRANT OPTION; SET ROLE $boss; GRANT SELECT ON t TO $reader; RESET ROLE"_s
            << u"GRANT SELECT ON t TO $reader"_s
            << QStringList{u"REVOKE ALL ON TABLE public.t FROM $reader CASCADE"_s,
                           u"REVOKE ALL ON TABLE public.t FROM $boss CASCADE"_s,
                           u"GRANT SELECT ON TABLE public.t TO $reader"_s}
            << QStringList{u"GRANT SELECT ON TABLE public.t TO $boss WITH GRANT OPTION"_s};
        QTest::newRow("a function that not everybody may call")
            << u"CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql AS 'SELECT 1';"_s << u""_s
            << u"REVOKE EXECUTE ON FUNCTION f FROM PUBLIC; GRANT EXECUTE ON FUNCTION f TO $reader"_s
            << QStringList{u"REVOKE EXECUTE ON ROUTINE public.f(n integer) FROM PUBLIC"_s,
                           u"GRANT EXECUTE ON ROUTINE public.f(n integer) TO $reader"_s}
            << QStringList{u"REVOKE EXECUTE ON ROUTINE public.f(n integer) FROM $reader"_s,
                           u"GRANT EXECUTE ON ROUTINE public.f(n integer) TO PUBLIC"_s};
        QTest::newRow("a new function that not everybody may call")
            << u""_s << u""_s
            << u"CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON PROCEDURE p FROM PUBLIC"_s
            << QStringList{u"REVOKE EXECUTE ON ROUTINE public.p() FROM PUBLIC"_s} << QStringList();
        QTest::newRow("schemas, sequences and types")
            << u"CREATE SCHEMA s; CREATE SEQUENCE n; CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN d AS text;"_s
            << u""_s
            << u"GRANT USAGE, CREATE ON SCHEMA s TO $reader; GRANT USAGE ON SEQUENCE n TO $reader;"_s
               u"REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT USAGE ON DOMAIN d TO $reader"_s
            << QStringList{u"GRANT CREATE, USAGE ON SCHEMA s TO $reader"_s,
                           u"GRANT USAGE ON TYPE public.d TO $reader"_s,
                           u"REVOKE USAGE ON TYPE public.mood FROM PUBLIC"_s,
                           u"GRANT USAGE ON SEQUENCE public.n TO $reader"_s}
            << QStringList{u"REVOKE CREATE, USAGE ON SCHEMA s FROM $reader"_s,
                           u"REVOKE USAGE ON TYPE public.d FROM $reader"_s,
                           u"GRANT USAGE ON TYPE public.mood TO PUBLIC"_s,
                           u"REVOKE USAGE ON SEQUENCE public.n FROM $reader"_s};
        QTest::newRow("views of both kinds, new ones")
            << table << u""_s
            << u"CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM t;"_s
               u"GRANT SELECT ON v, m TO $reader; GRANT UPDATE (a) ON v TO $writer"_s
            << QStringList{u"GRANT SELECT ON TABLE public.m TO $reader"_s,
                           u"GRANT SELECT ON TABLE public.v TO $reader"_s,
                           u"GRANT UPDATE (a) ON TABLE public.v TO $writer"_s}
            << QStringList();
        QTest::newRow("a dropped column takes its own along")
            << u""_s << u"CREATE TABLE t (a int, b int); GRANT SELECT (a, b) ON t TO $reader"_s
            << u"CREATE TABLE t (a int); GRANT SELECT (a) ON t TO $reader"_s << QStringList()
            << QStringList{u"GRANT SELECT (b) ON TABLE public.t TO $reader"_s};
        QTest::newRow("a view that makes way gets its own back")
            << u""_s
            << u"CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; GRANT SELECT ON v TO $reader"_s
            << u"CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t; GRANT SELECT ON v TO $reader"_s
            << QStringList{u"GRANT SELECT ON TABLE public.v TO $reader"_s}
            << QStringList{u"GRANT SELECT ON TABLE public.v TO $reader"_s};
        QTest::newRow("defaults")
            << u"CREATE SCHEMA s;"_s << u""_s
            << u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss GRANT SELECT ON TABLES TO $reader;"_s
               u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;"_s
               u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss IN SCHEMA s GRANT USAGE ON SEQUENCES TO $reader"_s
            << QStringList{u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"_s,
                           u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss GRANT SELECT ON TABLES TO $reader"_s,
                           u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss IN SCHEMA s GRANT USAGE ON SEQUENCES TO $reader"_s}
            << QStringList{
                   u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss GRANT EXECUTE ON FUNCTIONS TO PUBLIC"_s,
                   u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss REVOKE SELECT ON TABLES FROM $reader"_s,
                   u"ALTER DEFAULT PRIVILEGES FOR ROLE $boss IN SCHEMA s REVOKE USAGE ON SEQUENCES FROM $reader"_s};
        // Its maker's defaults give something to what is new: it is taken back.
        QTest::newRow("a new table under other defaults")
            << u"ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO $writer;"_s << u""_s
            << u"CREATE TABLE t (a int); REVOKE ALL ON t FROM $writer; GRANT SELECT ON t TO $reader"_s
            << QStringList{u"REVOKE ALL ON TABLE public.t FROM $writer"_s,
                           u"GRANT SELECT ON TABLE public.t TO $reader"_s}
            << QStringList();
    }
    void arePlannedAndProvenBothWays()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        QFETCH(const QStringList, up);
        QFETCH(const QStringList, down);
        const Place live = built(before + from);
        const Place goal = built(before + to);
        const schema::Database old = live.schema();
        const schema::Database wanted = goal.schema();
        const auto difference = shadow::difference(live.scratch->target(), old, wanted,
                                                   {.renames = {}, .known = {}, .dropAndAdd = true});
        QVERIFY2(difference, difference ? "" : qUtf8Printable(difference.error().oneLine()));
        QStringList planned = plain(grants(difference->up));
        QStringList back = plain(grants(difference->down));
        planned.sort();
        back.sort();
        QStringList expected = up;
        QStringList expectedBack = down;
        expected.sort();
        expectedBack.sort();
        QCOMPARE(planned, expected);
        QCOMPARE(back, expectedBack);
        run(*live.connection, difference->up);
        QCOMPARE(sentences(diff::compare(live.schema(), wanted)), QStringList());
        run(*live.connection, difference->down);
        QCOMPARE(sentences(diff::compare(live.schema(), old)), QStringList());
    }

    void whatIsSpelledOutIsTheDefault()
    {
        const QString all =
            u"CREATE TABLE t (a int); CREATE SEQUENCE n; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"_s
            u"CREATE TYPE mood AS ENUM ('ok'); CREATE SCHEMA s; CREATE VIEW v AS SELECT a FROM t;"_s;
        // Granted and revoked again, the list is there and says what no list says.
        const Place spelledOut =
            built(all
                  + u"GRANT SELECT, SELECT (a) ON t TO $reader; REVOKE SELECT ON t FROM $reader;"_s
                    u"GRANT SELECT ON v, n TO $reader; REVOKE SELECT ON v, n FROM $reader;"_s
                    u"GRANT EXECUTE ON FUNCTION f TO PUBLIC; GRANT USAGE ON TYPE mood TO PUBLIC;"_s
                    u"GRANT USAGE ON SCHEMA s TO $reader; REVOKE USAGE ON SCHEMA s FROM $reader"_s);
        QCOMPARE(
            test::rowsOf(
                *spelledOut.connection,
                u"SELECT count(*) FROM pg_class WHERE relacl IS NOT NULL AND relname IN ('t', 'v', 'n')"_s),
            QStringList{u"3"_s});
        const Place silent = built(all);
        QCOMPARE(sentences(diff::compare(silent.schema(), spelledOut.schema())), QStringList());
        QCOMPARE(sentences(diff::compare(spelledOut.schema(), silent.schema())), QStringList());
        // What is taken for usual is what the server says.
        for (const schema::Privileges& object : silent.schema().allPrivileges()) {
            if (object.on != schema::GrantedOn::Schema || object.name != u"public")
                QCOMPARE(object, schema::usual(object));
        }
    }

    void ownersMakeNoDifference()
    {
        const Place ours = built(u"CREATE TABLE t (a int); GRANT SELECT ON t TO $boss"_s);
        const Place theirs = built(u"CREATE TABLE t (a int); ALTER TABLE t OWNER TO $boss"_s);
        QCOMPARE(sentences(diff::compare(ours.schema(), theirs.schema())), QStringList());
        QCOMPARE(sentences(diff::compare(theirs.schema(), ours.schema())), QStringList());
    }

    void areOnlyReadWhereAskedFor()
    {
        const Place open = built(u"CREATE TABLE t (a int); GRANT SELECT ON t TO $reader"_s);
        const Place shut = built(u"CREATE TABLE t (a int)"_s);
        QVERIFY(!catalog::inspect(*open.connection).value().privileges);
        QCOMPARE(diff::compare(catalog::inspect(*shut.connection).value(), open.schema()).size(), 0);
        QCOMPARE(plain(sentences(diff::compare(shut.schema(), open.schema()))),
                 QStringList{u"Privileges on t: grant SELECT to $reader"_s});
    }

    void aMissingRoleIsNamedWithWhatToDo()
    {
        const Place live = built(u"CREATE TABLE t (a int)"_s);
        schema::Database wanted = live.schema();
        for (schema::Privileges& object : *wanted.privileges) {
            if (object.name == u"t")
                object.grants = {{.role = u"nobody_here"_s, .column = {}, .privilege = u"SELECT"_s}};
        }
        const auto difference = shadow::difference(live.scratch->target(), live.schema(), wanted);
        QVERIFY(!difference);
        QVERIFY2(difference.error().message.contains(u"role \"nobody_here\" does not exist"),
                 qUtf8Printable(difference.error().message));
        QVERIFY2(difference.error().hint.contains(u"CREATE ROLE"), qUtf8Printable(difference.error().hint));
    }

    void theSqlOfADatabaseMakesTheSameOnes()
    {
        const Place live = built(
            u"CREATE SCHEMA s; CREATE TABLE s.t (a int, b int); CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1';"_s
            u"GRANT USAGE ON SCHEMA s TO $reader; GRANT SELECT, UPDATE (b) ON s.t TO $reader WITH GRANT OPTION;"_s
            u"REVOKE ALL ON FUNCTION s.f FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC;"_s
            u"ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO $reader"_s);
        const schema::Database wanted = live.schema();
        const Place copy = built(render::sql(wanted));
        QCOMPARE(sentences(diff::compare(copy.schema(), wanted)), QStringList());
        QVERIFY(!render::sql(catalog::inspect(*live.connection).value()).contains(u"GRANT"));
    }

    void areTakenOneByOne()
    {
        const Place base = built(u"CREATE TABLE t (a int); CREATE SEQUENCE n"_s);
        const Place other = built(u"CREATE TABLE t (a int); CREATE SEQUENCE n; CREATE TABLE u (a int);"_s
                                  u"GRANT SELECT ON t, u TO $reader; GRANT USAGE ON SEQUENCE n TO $reader"_s);
        const schema::Database from = base.schema();
        const schema::Database to = other.schema();
        const diff::Part onT{
            .kind = diff::Part::Kind::Privileges, .owner = {u"public"_s, u"t"_s}, .member = {}};
        QCOMPARE(plain(sentences(diff::compare(from, diff::mixed(from, to, {onT})))),
                 QStringList{u"Privileges on t: grant SELECT to $reader"_s});
        const diff::Part newTable{
            .kind = diff::Part::Kind::Table, .owner = {u"public"_s, u"u"_s}, .member = {}};
        QCOMPARE(
            plain(sentences(diff::compare(from, diff::mixed(from, to, {newTable})))),
            QStringList({u"Add table u with 1 column"_s, u"Privileges on u: grant SELECT to $reader"_s}));
        QList<diff::Part> all;
        for (const change::Change& change : diff::compare(from, to))
            all.append(diff::partOf(change, Engine::Postgres));
        QCOMPARE(sentences(diff::compare(diff::mixed(from, to, all), to)), QStringList());
    }
};

QTEST_GUILESS_MAIN(PlanPrivilegesTest)
#include "plan_privileges_test.moc"
