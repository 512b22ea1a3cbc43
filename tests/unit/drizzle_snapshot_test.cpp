// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"
#include "change/change.h"
#include "diff/compare.h"
#include "project/format.h"
#include "project/schema_script.h"
#include "shadow/side.h"
#include "support/project_scratch.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What drizzle-kit keeps of a schema, as one of the two that are compared.
class DrizzleSnapshotTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static QDir samples() { return {qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/samples/drizzle"_s}; }

    static QByteArray bytesOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QByteArray config(Engine engine)
    {
        return engine == Engine::Sqlite ? R"({"dialect": "sqlite", "out": "./drizzle"})"
                                        : R"({"dialect": "postgresql", "out": "./drizzle"})";
    }

    /// A project in the folder of the scratch that has the sample's files.
    static void copySample(const QString& sample, const Scratch& scratch)
    {
        const QDir folder(samples().filePath(sample));
        QDirIterator files(folder.path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            scratch.write(u"drizzle/"_s + folder.relativeFilePath(path), bytesOf(path));
        }
        scratch.write(u"drizzle.config.json"_s, config(scratch.engine()));
    }

    /// The snapshot after a migration.
    static QString snapshotOf(const project::Migration& migration, const Scratch& scratch)
    {
        const QFileInfo script(migration.upPath);
        if (script.fileName() == u"migration.sql")
            return script.dir().filePath(u"snapshot.json"_s);
        return scratch.path(u"drizzle/meta/%1_snapshot.json"_s.arg(script.fileName().section(u'_', 0, 0)));
    }

    /// The schema of one side, as `schema diff` reads it.
    static Result<schema::Database> read(const Scratch& scratch, const shadow::Side& side)
    {
        return shadow::schemaOf(side, {},
                                {.server = scratch.target(), .project = scratch.project(), .stop = {}});
    }

    /// What is different between what a snapshot says and what the migrations up to it make.
    static QString difference(const Scratch& scratch, const project::Migration& migration)
    {
        const auto said = read(scratch, shadow::sideOfFile(snapshotOf(migration, scratch)));
        if (!said)
            return u"snapshot: "_s + said.error().oneLine();
        const auto made =
            read(scratch, {.kind = shadow::Side::Kind::Migrations, .version = migration.version});
        if (!made)
            return u"migrations: "_s + made.error().oneLine();
        QStringList lines;
        for (const change::Change& change : diff::compare(*said, *made))
            lines << change::sentence(change);
        return lines.join(u'\n');
    }

    /// What the files themselves do not agree on: the sample, which of its migrations, and what is found.
    static QMap<std::pair<QString, int>, QString> exceptions()
    {
        return {
            // No snapshot says which extensions are needed; this one has pgvector's type and pg_trgm's class.
            {{u"0.31-alter-battery-postgres"_s, 1},
             u"type \"vector\" does not exist. A snapshot does not say"_s},
            // What drizzle-kit wrote does not run: a column is dropped before the view that shows it.
            {{u"0.31-alter-battery-sqlite"_s, 1}, u"migrations: Replaying 0001_alter.sql"_s},
            // A rebuild copies a generated column, …
            {{u"0.31-sqlite"_s, 1}, u"migrations: Replaying 0001_age_not_null.sql"_s},
            // … or selects one that is only being added.
            {{u"0.31-sqlite-rebuild-plus-add-column"_s, 1}, u"migrations: Replaying 0001_two.sql"_s},
            // drizzle-kit pull hangs each CHECK on every table, and loses the end of an expression.
            {{u"0.31-pull-sqlite"_s, 0}, u"snapshot.json: no such column: users.age"_s},
        };
    }

    /// A foreign key has a name in 1.0's statements, and none in those of 0.x.
    static QList<QByteArray> sqliteSteps(bool named)
    {
        const QByteArray owner = named ? "CONSTRAINT fk_posts_user_id_users_id_fk " : "";
        const QByteArray post = named ? "CONSTRAINT fk_tags_post_posts_id_fk " : "";
        return {
            "CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, name text NOT NULL DEFAULT "
            "'it''s',"
            " mail text, score real DEFAULT 1.5, at integer DEFAULT (unixepoch()), raw blob,"
            " loud text GENERATED ALWAYS AS (upper(name)) VIRTUAL, CONSTRAINT score_check CHECK (score > 0));"
            " CREATE UNIQUE INDEX users_mail ON users (mail) WHERE score > 1;"
            " CREATE INDEX users_lower ON users (lower(name), id);",
            "CREATE TABLE posts (id integer PRIMARY KEY NOT NULL, user_id integer NOT NULL " + owner
                + "REFERENCES users (id) "
                  "ON DELETE CASCADE, \"odd \"\"name\" text);"
                  " CREATE TABLE tags (post integer NOT NULL "
                + post
                + "REFERENCES posts (id), tag text NOT NULL, PRIMARY KEY (post, tag));"
                  " CREATE VIEW titles AS SELECT id, \"odd \"\"name\" FROM posts;",
            "ALTER TABLE users ADD COLUMN extra numeric DEFAULT 3; ALTER TABLE posts RENAME COLUMN \"odd "
            "\"\"name\" TO title;"
            " DROP INDEX users_lower;"};
    }

    static QList<QByteArray> postgresSteps()
    {
        return {"CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('sad', 'it''s ok'); CREATE TYPE app.\"Kind\" "
                "AS ENUM ('a', 'b');"
                " CREATE SEQUENCE app.numbers INCREMENT BY 5 START WITH 100 CYCLE;"
                " CREATE TABLE users (id serial PRIMARY KEY, n integer GENERATED ALWAYS AS IDENTITY, name "
                "varchar(120) NOT "
                "NULL DEFAULT 'it''s', mail text NOT NULL CONSTRAINT users_mail_unique UNIQUE NULLS NOT "
                "DISTINCT, mood mood NOT NULL DEFAULT 'sad', moods "
                "mood[], kind app.\"Kind\", price numeric(12, 2) DEFAULT '0', at timestamp(3) with time zone "
                "DEFAULT now(), tags "
                "text[] DEFAULT '{}', meta jsonb DEFAULT '{\"a\": 1}', uid uuid DEFAULT gen_random_uuid(), "
                "place point,"
                " loud text GENERATED ALWAYS AS (upper(name::text)) STORED, CONSTRAINT price_check CHECK "
                "(price >= 0));"
                " CREATE INDEX users_order ON users USING btree (name DESC NULLS LAST, lower(mail), id DESC) "
                "WHERE price > 1;"
                " CREATE INDEX users_meta ON users USING gin (meta jsonb_path_ops);",
                "CREATE TABLE app.posts (id bigint PRIMARY KEY, owner integer NOT NULL CONSTRAINT "
                "posts_owner_fk REFERENCES "
                "users (id) ON DELETE CASCADE ON UPDATE SET NULL, title text);"
                " CREATE TABLE tags (post bigint CONSTRAINT tags_post_fk REFERENCES app.posts (id), tag "
                "text, CONSTRAINT "
                "tags_pk PRIMARY KEY (post, tag));"
                " ALTER TABLE tags ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON tags AS RESTRICTIVE FOR "
                "SELECT TO "
                "public USING (tag <> 'x');"
                " CREATE VIEW names AS SELECT id, name FROM users; CREATE MATERIALIZED VIEW app.counted AS "
                "SELECT count(*) "
                "AS n FROM names;",
                "ALTER TABLE users ADD COLUMN extra double precision DEFAULT 1.5; ALTER TABLE app.posts "
                "RENAME COLUMN title "
                "TO headline; DROP INDEX users_meta; ALTER TYPE mood ADD VALUE 'happy'; DROP MATERIALIZED "
                "VIEW app.counted;"};
    }

    static QByteArray damaged(QByteArray text, QRandomGenerator& random)
    {
        static const QList<QByteArray> words{"{", "}", "[", "]",       "\"",  "null",
                                             "7", ",", ":", "\\u0000", "\xff"};
        for (int edits = random.bounded(1, 5); edits > 0; --edits) {
            const qsizetype at = random.bounded(static_cast<int>(text.size()));
            const qsizetype quote = text.indexOf('"', at);
            switch (random.bounded(4)) {
            case 0: text.insert(at, words.at(random.bounded(static_cast<int>(words.size())))); break;
            case 1: text.remove(at, random.bounded(20)); break;
            case 2: text.replace(at, 1, words.at(random.bounded(static_cast<int>(words.size())))); break;
            default:  // another name, so that it stays JSON and something is missing
                if (quote >= 0)
                    text.insert(quote + 1, 'x');
            }
        }
        return text;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }
    void init() { QTest::failOnWarning(); }

    void saysWhatTheMigrationsMake_data()
    {
        QTest::addColumn<QString>("sample");
        for (const QString& sample : samples().entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(sample)) << sample;
    }
    /// After each migration of a project of drizzle-kit's own.
    void saysWhatTheMigrationsMake()
    {
        QFETCH(const QString, sample);
        const Scratch scratch(sample.contains(u"postgres"_s) ? Engine::Postgres : Engine::Sqlite);
        copySample(sample, scratch);
        const auto migrations = project::list(scratch.project());
        QVERIFY2(migrations, migrations ? "" : qUtf8Printable(migrations.error().oneLine()));
        QVERIFY(!migrations->isEmpty());
        for (qsizetype i = 0; i < migrations->size(); ++i) {
            const auto known = exceptions().value({sample, static_cast<int>(i)});
            const QString found = difference(scratch, migrations->at(i));
            QVERIFY2(known.isEmpty() ? found.isEmpty() : found.contains(known),
                     qUtf8Printable(u"%1: %2"_s.arg(migrations->at(i).folder, found)));
        }
    }

    void readsWhatIsWrittenHere_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<bool>("folders");
        for (const bool folders : {false, true}) {
            QTest::addRow("SQLite, %s", folders ? "1.0" : "0.x") << Engine::Sqlite << folders;
            QTest::addRow("PostgreSQL, %s", folders ? "1.0" : "0.x") << Engine::Postgres << folders;
        }
    }
    /// The snapshots beside migrations that Dewpoint made; the second and third change what was there.
    void readsWhatIsWrittenHere()
    {
        QFETCH(const Engine, engine);
        QFETCH(const bool, folders);
        const Scratch scratch(engine);
        scratch.write(u"drizzle.config.json"_s, config(engine));
        if (folders)
            scratch.write(u"package.json"_s, R"({"devDependencies":{"drizzle-kit":"1.0.0-rc.5"}})");
        for (const QByteArray& sql : engine == Engine::Sqlite ? sqliteSteps(folders) : postgresSteps()) {
            const auto made =
                apply::generate(scratch.project(), {.name = u"step"_s, .up = sql}, {}, scratch.target());
            QVERIFY2(made, made ? "" : qUtf8Printable(made.error().oneLine()));
        }
        const auto migrations = project::list(scratch.project());
        QVERIFY(migrations);
        QCOMPARE(migrations->size(), 3);
        for (const project::Migration& migration : *migrations)
            QCOMPARE(difference(scratch, migration), QString());
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        const auto snapshot = [](const QByteArray& head, const QByteArray& rest) {
            return R"({"id":"a","prevId":"b",)" + head + ',' + rest + '}';
        };
        const QByteArray sqlite = R"("version":"6","dialect":"sqlite")";
        const QByteArray flat = R"("version":"8","dialect":"postgres")";
        QTest::newRow("no JSON") << "CREATE TABLE t (id int);"_ba << u"is no snapshot of drizzle-kit"_s;
        QTest::newRow("nothing") << ""_ba << u"is no snapshot of drizzle-kit"_s;
        QTest::newRow("other JSON") << R"({"name":"shop","version":"6"})"_ba << u"is no snapshot"_s;
        QTest::newRow("a journal") << R"({"version":"7","dialect":"sqlite","entries":[]})"_ba
                                   << u"is no snapshot"_s;
        QTest::newRow("older")
            << snapshot(R"("version":"5","dialect":"pg")", R"("tables":{})")
            << u"version 5, which is not known. Those of PostgreSQL that are known: 7, 8, 9"_s;
        QTest::newRow("newer") << snapshot(R"("version":"8","dialect":"sqlite")", R"("ddl":[])")
                               << u"version 8, which is not known. Those of SQLite that are known: 6, 7"_s;
        QTest::newRow("MySQL") << snapshot(R"("version":"5","dialect":"mysql")", R"("tables":{})")
                               << u"dialect is “mysql”. PostgreSQL's and SQLite's"_s;
        QTest::newRow("no tables") << snapshot(sqlite, R"("views":{})") << u"It has no “tables”"_s;
        QTest::newRow("no rows") << snapshot(flat, R"("renames":[])") << u"neither “ddl” nor “deltas”"_s;
        QTest::newRow("a table that is none")
            << snapshot(sqlite, R"("tables":{"t":7})") << u"One of its tables has no “name”"_s;
        QTest::newRow("a column without a type")
            << snapshot(sqlite, R"("tables":{"t":{"name":"t","columns":{"c":{"name":"c"}}}})")
            << u"One of its columns has no “type”"_s;
        QTest::newRow("an unknown row")
            << snapshot(flat, R"("ddl":[{"entityType":"graphs","name":"g"}])") << u"“graphs” is not known"_s;
        QTest::newRow("a character that ends texts")
            << snapshot(flat, R"("ddl":[{"entityType":"schemas","name":"a\u0000b"}])")
            << u"a character that no database takes"_s;
        QTest::newRow("a difference to nothing")
            << R"({"id":"a","prevIds":["gone"],"version":"9","dialect":"postgres","type":"diff","deltas":[]})"_ba
            << u"that of id gone is not there"_s;
    }
    void refusesWhatItDoesNotKnow()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, said);
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"1_a/snapshot.json"_s, text);
        const auto script = project::schemaScript(scratch.path(u"1_a/snapshot.json"_s));
        QVERIFY(!script);
        QVERIFY2(script.error().oneLine().contains(said), qUtf8Printable(script.error().oneLine()));
        QVERIFY(script.error().message.contains(u"snapshot.json"_s));
    }

    void knowsWhichEngineItIsOf()
    {
        const auto last = [](const QString& path) { return shadow::sideOfFile(samples().filePath(path)); };
        const auto sqlite = last(u"0.31-sqlite/meta/0001_snapshot.json"_s);
        const auto postgres = last(u"0.31-postgres/meta/0002_snapshot.json"_s);
        const drivers::Target file{.engine = Engine::Sqlite, .location = u"x.db"_s};
        const drivers::Target server{.engine = Engine::Postgres, .location = u"postgres://h/d"_s};
        const shadow::Side empty{.kind = shadow::Side::Kind::Empty};
        const shadow::Side live{.kind = shadow::Side::Kind::Database, .target = server};
        QCOMPARE(sqlite.kind, shadow::Side::Kind::Snapshot);
        QCOMPARE(shadow::serverFor({sqlite, empty}, file).value(), file);
        QCOMPARE(shadow::serverFor({sqlite, empty}, server)->location, u":memory:"_s);
        QCOMPARE(shadow::serverFor({postgres, empty}, server).value(), server);
        QCOMPARE(shadow::serverFor({postgres, live}, file).value(), server);
        const QString mixed = u"One is SQLite and the other PostgreSQL."_s;
        QCOMPARE(shadow::serverFor({sqlite, postgres}, server).error().message, mixed);
        QCOMPARE(shadow::serverFor({sqlite, live}, server).error().message, mixed);
        QVERIFY(shadow::serverFor({postgres, empty}, file).error().message.contains(u"none was named"_s));
    }

    void viewsAreMadeInTheOrderThatTheyNeed()
    {
        const Scratch scratch(Engine::Postgres);
        QByteArray text = "{'id':'a','prevId':'b','version':'7','dialect':'postgresql','tables':{},'views':{"
                          "'public.a':{'name':'a','schema':'public','definition':'select * from \\'B\\''},"
                          "'public.x':{'name':'x','schema':'public','isExisting':true},"
                          "'public.B':{'name':'B','schema':'public','definition':'select * from c;'},"
                          "'public.c':{'name':'c','schema':'public','materialized':true,'withNoData':true,"
                          "'definition':'select 1 AS a -- one'}}}";
        scratch.write(u"s.json"_s, text.replace('\'', '"'));
        const auto made = shadow::schemaOf(shadow::sideOfFile(scratch.path(u"s.json"_s)), {},
                                           {.server = scratch.target(), .project = {}, .stop = {}});
        QVERIFY2(made, made ? "" : qUtf8Printable(made.error().oneLine()));
        QCOMPARE(made->views.size(), 3);
    }

    void answersToDamagedSnapshots()
    {
        QRandomGenerator random(20260101);
        const Scratch scratch(Engine::Sqlite);
        QDirIterator files(samples().path(), {u"*snapshot.json"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        int read = 0;
        while (files.hasNext()) {
            const QByteArray text = bytesOf(files.next());
            for (int round = 0; round < 40; ++round) {
                scratch.write(u"1_a/snapshot.json"_s, damaged(text, random));
                read += project::schemaScript(scratch.path(u"1_a/snapshot.json"_s)) ? 1 : 0;
            }
        }
        QVERIFY2(read > 0, "every single one was damaged too much to be read");
    }
};

QTEST_GUILESS_MAIN(DrizzleSnapshotTest)
#include "drizzle_snapshot_test.moc"
