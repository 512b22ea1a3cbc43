// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "render/diesel/diesel.h"
#include "render/unified_diff.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// schema.rs by the rules of diesel_cli 2.3's print-schema.
class RenderDieselTest final : public QObject
{
    Q_OBJECT

    static QString printed(Engine engine, const QByteArray& script, const render::DieselOptions& options = {})
    {
        const test::ProjectScratch scratch(engine);
        const auto connection = scratch.connect();
        if (const auto done = connection->executeScript(script); !done)
            return done.error().oneLine();
        const auto text = render::diesel(catalog::inspect(*connection).value(), options);
        return text ? *text : text.error().oneLine();
    }
    static QString sqlite(const QByteArray& script, const render::DieselOptions& options = {})
    {
        return printed(Engine::Sqlite, script, options);
    }
    /// The line of a column in a table of this one column beside its key.
    static QString sqliteType(const QByteArray& type)
    {
        const QString text = sqlite("CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, c " + type + ");");
        const qsizetype at = text.indexOf(u"c -> "_s);
        return at < 0 ? text : text.sliced(at + 5, text.indexOf(u",\n"_s, at) - at - 5);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void printsNothingButTheHeadForAnEmptyDatabase()
    {
        QCOMPARE(sqlite({}), u"// @generated automatically by Diesel CLI.\n"_s);
    }

    void printsTablesJoinsAndTheirGroup()
    {
        QCOMPARE(sqlite("CREATE TABLE users (id INTEGER PRIMARY KEY, \"type\" TEXT NOT NULL, users INT, \"a "
                        "b\" BLOB);"
                        "CREATE TABLE posts (id BIGINT PRIMARY KEY NOT NULL, user_id INT REFERENCES users);"
                        "CREATE TABLE __hidden (a);"),
                 uR"(// @generated automatically by Diesel CLI.

diesel::table! {
    posts (id) {
        id -> BigInt,
        user_id -> Nullable<Integer>,
    }
}

diesel::table! {
    users (id) {
        id -> Nullable<Integer>,
        #[sql_name = "type"]
        type_ -> Text,
        #[sql_name = "users"]
        users_ -> Nullable<Integer>,
        #[sql_name = "a b"]
        a_b -> Nullable<Binary>,
    }
}

diesel::joinable!(posts -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(posts, users,);
)"_s);
    }

    void sqliteTypes_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* declared, const QString& expected) {
            QTest::newRow(declared) << QByteArray(declared) << u"Nullable<%1>"_s.arg(expected);
        };
        row("BOOL", u"Bool"_s);
        row("TINYINT", u"Bool"_s);
        row("int2", u"SmallInt"_s);
        row("UNSIGNED BIG INT", u"BigInt"_s);
        row("POINT", u"Integer"_s);
        row("VARCHAR(3)", u"Text"_s);
        row("", u"Binary"_s);
        row("REAL", u"Float"_s);
        row("NUMERIC(10,2)", u"Double"_s);
        row("DATETIME", u"Timestamp"_s);
        row("date", u"Date"_s);
        row("TIME", u"Time"_s);
    }
    void sqliteTypes()
    {
        QFETCH(const QByteArray, declared);
        QFETCH(const QString, expected);
        QCOMPARE(sqliteType(declared), expected);
    }

    void refusesWhatTheToolRefuses()
    {
        QVERIFY(sqliteType("uuid").contains(u"t.c: Diesel does not know the type “uuid”."_s));
        QVERIFY(printed(Engine::Postgres, "CREATE TABLE t (a int);").contains(u"t has none"_s));
    }

    void keysWithoutAColumnAreTheRowid()
    {
        QCOMPARE(
            sqlite("CREATE TABLE t (rowid TEXT);").section(u'\n', 2, 6),
            u"diesel::table! {\n    t (oid) {\n        oid -> Integer,\n        rowid -> Nullable<Text>,\n    }"_s);
    }

    void severalWaysBetweenTwoTablesAreNotJoinable()
    {
        const QString text =
            sqlite("CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b, c INT REFERENCES b,"
                   " s INT REFERENCES a);"
                   "CREATE TABLE b (id INTEGER PRIMARY KEY);"
                   "CREATE TABLE c (id INTEGER PRIMARY KEY, a INT REFERENCES a, x INT REFERENCES b(id));");
        QVERIFY(!text.contains(u"joinable!(a "_s));
        QVERIFY(text.contains(u"diesel::joinable!(c -> a (a));\ndiesel::joinable!(c -> b (x));\n"_s));
    }

    void followsTheOptions()
    {
        render::DieselOptions options{.docs = render::DieselOptions::Docs::Generated,
                                      .grouping = render::DieselOptions::Grouping::Related,
                                      .exceptTables = {QRegularExpression(u"^x"_s)},
                                      .sortsColumnsByName = true,
                                      .importTypes = {u"crate::types::*"_s},
                                      .integerKeyIsBigint = true};
        QCOMPARE(
            sqlite(
                "CREATE TABLE t (z INTEGER PRIMARY KEY NOT NULL, a INT NOT NULL REFERENCES u(id));"
                "CREATE TABLE u (id INTEGER PRIMARY KEY NOT NULL); CREATE TABLE x (a); CREATE TABLE w (a);",
                options)
                .section(u'\n', 0, 32),
            uR"(// @generated automatically by Diesel CLI.

diesel::table! {
    use crate::types::*;

    /// Representation of the `t` table.
    ///
    /// (Automatically generated by Diesel.)
    t (z) {
        /// The `a` column of the `t` table.
        ///
        /// Its SQL type is `BigInt`.
        ///
        /// (Automatically generated by Diesel.)
        a -> BigInt,
        /// The `z` column of the `t` table.
        ///
        /// Its SQL type is `BigInt`.
        ///
        /// (Automatically generated by Diesel.)
        z -> BigInt,
    }
}

diesel::table! {
    use crate::types::*;

    /// Representation of the `u` table.
    ///
    /// (Automatically generated by Diesel.)
    u (id) {
        /// The `id` column of the `u` table.
        ///)"_s);
    }

    void printsPostgresTypes()
    {
        render::DieselOptions options;
        options.typeDerives = {u"diesel::query_builder::QueryId"_s, u"Clone"_s};
        QCOMPARE(
            printed(Engine::Postgres,
                    "CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN short AS varchar(7) NOT NULL;"
                    "CREATE TABLE t (id bigserial PRIMARY KEY, m mood, ms mood[] NOT NULL, v tsvector,"
                    " s short, c char(3), n numeric(10,2), at timestamptz, k \"char\", d double precision);",
                    options),
            uR"(// @generated automatically by Diesel CLI.

pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "mood"))]
    pub struct Mood;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "tsvector", schema = "pg_catalog"))]
    pub struct Tsvector;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Mood;
    use super::sql_types::Tsvector;

    t (id) {
        id -> Int8,
        m -> Nullable<Mood>,
        ms -> Array<Nullable<Mood>>,
        v -> Nullable<Tsvector>,
        #[max_length = 7]
        s -> Varchar,
        #[max_length = 3]
        c -> Nullable<Bpchar>,
        n -> Nullable<Numeric>,
        at -> Nullable<Timestamptz>,
        k -> Nullable<Char>,
        d -> Nullable<Float8>,
    }
}
)"_s);
    }

    void wrapsAnotherSchemaInAModule()
    {
        render::DieselOptions options;
        options.schema = u"app"_s;
        QCOMPARE(printed(Engine::Postgres,
                         "CREATE SCHEMA app; CREATE TABLE app.a (id int PRIMARY KEY);"
                         "CREATE TABLE app.b (id int PRIMARY KEY REFERENCES app.a); CREATE TABLE c (id int);",
                         options),
                 uR"(// @generated automatically by Diesel CLI.

pub mod app {
    diesel::table! {
        app.a (id) {
            id -> Int4,
        }
    }

    diesel::table! {
        app.b (id) {
            id -> Int4,
        }
    }

    diesel::joinable!(b -> a (id));

    diesel::allow_tables_to_appear_in_same_query!(a, b,);
}
)"_s);
    }

    void breaksTheLongGroupAsRustfmtDoes()
    {
        QByteArray shortNames;
        QByteArray longNames;
        for (int i = 10; i < 40; ++i) {
            shortNames += "CREATE TABLE t" + QByteArray::number(i) + " (a);";
            longNames += "CREATE TABLE rather_long" + QByteArray::number(i) + " (a);";
        }
        const QString packed = sqlite(shortNames);
        QVERIFY(packed.contains(
            u"!(\n    t10, t11, t12, t13, t14, t15, t16, t17, t18, t19, t20, t21, t22, t23, t24, "
            "t25, t26, t27, t28,\n    t29, "_s));
        QVERIFY(sqlite(longNames).contains(u"!(\n    rather_long10,\n    rather_long11,\n"_s));
    }

    void appliesAPatch()
    {
        const QString text = u"a\nb\nc\nd\n"_s;
        const auto patched =
            render::applyUnifiedDiff(text, u"--- a\n+++ b\n@@ -1,3 +1,3 @@\n b\n-c\n+C\n d\n"_s);
        QCOMPARE(patched.value(), u"a\nb\nC\nd\n"_s);
        QVERIFY(!render::applyUnifiedDiff(text, u"@@ -1,1 +1,1 @@\n-x\n+y\n"_s).has_value());
        QCOMPARE(render::applyUnifiedDiff(text, u"@@ -4 +4,2 @@\n d\n+e\n\\ No newline at end of file\n"_s)
                     .value(),
                 u"a\nb\nc\nd\ne"_s);
    }
};

QTEST_GUILESS_MAIN(RenderDieselTest)
#include "render_diesel_test.moc"
