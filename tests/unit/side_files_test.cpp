// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "project/formats/diesel/diesel.h"
#include "unit/diesel_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// What tools keep beside their migrations is rewritten when the schema changes.
class SideFilesTest final : public QObject
{
    Q_OBJECT

    static Report done(const test::ProjectScratch& scratch, Action action, const Scope& scope = Scope::all())
    {
        const auto connection = scratch.connect();
        const auto report = execute(*connection, scratch.project(), action, scope);
        if (!report || report->failure)
            QTest::qFail(qPrintable(report ? report->failure->oneLine() : report.error().oneLine()), __FILE__,
                         __LINE__);
        return report.value_or(Report());
    }
    static QStringList names(const test::ProjectScratch& scratch, const QStringList& paths)
    {
        QStringList list;
        for (const QString& path : paths)
            list << QDir(scratch.path()).relativeFilePath(path);
        return list;
    }
    static void dieselProject(const test::DieselScratch& scratch, const QByteArray& more = {})
    {
        scratch.write(u"diesel.toml"_s, "[print_schema]\nfile = \"src/schema.rs\"\n" + more
                                            + "[migrations_directory]\ndir = \"migrations\"\n");
        scratch.migration(u"2024-01-01-000000_a"_s, "CREATE TABLE a (id INTEGER PRIMARY KEY NOT NULL);",
                          "DROP TABLE a;");
        scratch.migration(u"2024-01-02-000000_b"_s,
                          "CREATE TABLE b (id INTEGER PRIMARY KEY NOT NULL, a INTEGER REFERENCES a);",
                          "DROP TABLE b;");
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void dieselSchemaFollowsRunAndRevert_data() { test::engines(); }
    void dieselSchemaFollowsRunAndRevert()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        dieselProject(scratch);
        QCOMPARE(names(scratch, done(scratch, Action::Run).sideFiles), QStringList{u"src/schema.rs"_s});
        const QByteArray type = engine == Engine::Postgres ? "Int4" : "Integer";
        QCOMPARE(
            scratch.read(u"src/schema.rs"_s),
            "// @generated automatically by Diesel CLI.\n\ndiesel::table! {\n    a (id) {\n        id -> "
                + type + ",\n    }\n}\n\ndiesel::table! {\n    b (id) {\n        id -> " + type
                + ",\n        a -> Nullable<" + type
                + ">,\n    }\n}\n\ndiesel::joinable!(b -> a (a));\n\n"
                  "diesel::allow_tables_to_appear_in_same_query!(a, b,);\n");
        QCOMPARE(done(scratch, Action::Redo, Scope::one()).sideFiles, QStringList());
        QCOMPARE(names(scratch, done(scratch, Action::Revert, Scope::one()).sideFiles),
                 QStringList{u"src/schema.rs"_s});
        QVERIFY(!scratch.read(u"src/schema.rs"_s).contains("b (id)"));
    }

    void aLostFileComesBackWithNothingPending()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        dieselProject(scratch);
        done(scratch, Action::Run);
        QVERIFY(QFile::remove(scratch.path(u"src/schema.rs"_s)));
        const Report report = done(scratch, Action::Run);
        QVERIFY(report.done.isEmpty());
        QCOMPARE(names(scratch, report.sideFiles), QStringList{u"src/schema.rs"_s});
    }

    void everyOptionOfTheConfigurationIsRead()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        dieselProject(scratch);
        scratch.write(u"fix.patch"_s, "@@ -3,3 +3,3 @@\n diesel::table! {\n-    b (id) {\n+    b (a) {\n");
        scratch.write(u"diesel.toml"_s, R"([print_schema.one]
file = "one.rs"
with_docs = true
filter = { only_tables = ["^a$"] }
[print_schema.two]
file = "two.rs"
column_sorting = "name"
filter = { except_tables = ["a"] }
patch_file = "fix.patch"
allow_tables_to_appear_in_same_query_config = "none"
sqlite_integer_primary_key_is_bigint = true
)");
        QCOMPARE(names(scratch, done(scratch, Action::Run).sideFiles),
                 (QStringList{u"one.rs"_s, u"two.rs"_s}));
        QVERIFY(scratch.read(u"one.rs"_s).contains("/// Representation of the `a` table."));
        QCOMPARE(scratch.read(u"two.rs"_s),
                 QByteArray("// @generated automatically by Diesel CLI.\n\ndiesel::table! {\n"
                            "    b (a) {\n        a -> Nullable<BigInt>,\n        id -> BigInt,\n"
                            "    }\n}\n"));
    }

    void migrationsStandWhenTheFileCannotBeWritten()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        dieselProject(scratch, "patch_file = \"missing.patch\"\n");
        const Report report = done(scratch, Action::Run);
        QCOMPARE(report.done.size(), 2);
        QVERIFY(report.sideFilesProblem.has_value());
        QVERIFY(report.sideFilesProblem->oneLine().contains(u"missing.patch"_s));
        QVERIFY(!QFile::exists(scratch.path(u"src/schema.rs"_s)));
    }

    void dbmateDumpsTheSchema_data() { test::engines(); }
    void dbmateDumpsTheSchema()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        scratch.write(u"db/migrations/20250101000000_a.sql"_s,
                      "-- migrate:up\nCREATE TABLE a (id integer);\n\n-- migrate:down\nDROP TABLE a;\n");
        QCOMPARE(names(scratch, done(scratch, Action::Run).sideFiles), QStringList{u"db/schema.sql"_s});
        const QByteArray text = scratch.read(u"db/schema.sql"_s);
        QVERIFY2(text.contains(engine == Engine::Postgres ? "CREATE TABLE public.a ("
                                                          : "CREATE TABLE a (id integer);"),
                 text.constData());
        QVERIFY2(text.endsWith(
                     engine == Engine::Postgres
                         ? "INSERT INTO public.schema_migrations (version) VALUES\n    ('20250101000000');\n"
                         : "INSERT INTO \"schema_migrations\" (version) VALUES\n  ('20250101000000');\n"),
                 text.constData());
        done(scratch, Action::Revert, Scope::one());
        QVERIFY(!scratch.read(u"db/schema.sql"_s).contains("20250101000000"));
    }

    void dbmateDumpsNothingWhenToldSo()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"db/migrations/20250101000000_a.sql"_s, "-- migrate:up\nSELECT 1;\n-- migrate:down\n");
        scratch.write(u".env"_s, "DBMATE_NO_DUMP_SCHEMA=true\n");
        QCOMPARE(done(scratch, Action::Run).sideFiles, QStringList());
        QVERIFY(!QFile::exists(scratch.path(u"db/schema.sql"_s)));
    }
};

QTEST_GUILESS_MAIN(SideFilesTest)
#include "side_files_test.moc"
