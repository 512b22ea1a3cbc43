// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"
#include "project/checksum.h"
#include "project/formats/drizzle/drizzle.h"
#include "project/formats/drizzle/merge.h"
#include "project/formats/drizzle/snapshot.h"
#include "project/js_object.h"
#include "render/drizzle/json.h"
#include "shadow/replay.h"
#include "support/project_scratch.h"

#include <QFileInfo>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
namespace drizzle = dewpoint::project::drizzle;

/// Drizzle's configuration read as text, its journal and folders, and new migrations.
class DrizzleProjectTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static QString shown(const QString& text)
    {
        const auto object = project::exportedObject(text);
        if (!object)
            return u"nothing"_s;
        QStringList lines;
        for (const auto& [key, value] : object->asKeyValueRange())
            lines << key + (value.isLiteral() ? u" = "_s : u" ~ "_s) + value.text;
        return lines.join(u'\n');
    }
    static QByteArray config(const QByteArray& more = {})
    {
        return "import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({\n  dialect: "
               "'sqlite',\n  out: './drizzle',\n"
               + more + "});\n";
    }
    static QByteArray journal(const QByteArray& entries)
    {
        return "{\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n  \"entries\": [" + entries + "]\n}";
    }

private Q_SLOTS:
    void readsTheExportedObject_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("defineConfig")
            << u"import x from 'y';\nexport default defineConfig({ out: './o', a: { b: 1 } });"_s
            << u"a.b = 1\nout = ./o"_s;
        QTest::newRow("json") << u"{ \"dialect\": \"sqlite\", \"breakpoints\": false }"_s
                              << u"breakpoints = false\ndialect = sqlite"_s;
        QTest::newRow("commonjs") << u"module.exports = { out: \"o\" }"_s << u"out = o"_s;
        QTest::newRow("a constant")
            << u"const c: Config = { out: `o` } satisfies Config;\nexport default c;"_s << u"out = o"_s;
        QTest::newRow("comments")
            << u"// export default { out: 'no' }\nexport default { /* out: 'no', */ out: 'a//b', // x\n }"_s
            << u"out = a//b"_s;
        QTest::newRow("code")
            << u"export default { url: process.env.URL!, f(x) { return { a: 1 } }, t: `a${b}`, n: f({ q: 1 }, 2) }"_s
            << u"f ~ f(x) { return { a: 1 } }\nn ~ f({ q: 1 }, 2)\nt ~ `a${b}`\nurl ~ process.env.URL!"_s;
        QTest::newRow("something spread in may replace what stands before it")
            << u"export default { a: 'x', ...rest, b: 'y', c: { ...more, d: 'z' } }"_s
            << u"... ~ ...rest\na ~ ...rest\nb = y\nc.... ~ ...more\nc.d = z"_s;
        QTest::newRow("arrays") << u"export default { schema: ['a', \"b\"] as const, x: 'y' as const }"_s
                                << u"schema.0 = a\nschema.1 = b\nx = y"_s;
        QTest::newRow("escapes") << u"export default { url: 'it\\'s' }"_s << u"url = it's"_s;
        QTest::newRow("a call") << u"export default makeConfig();"_s << u"nothing"_s;
        QTest::newRow("unfinished") << u"export default { out: 'o', a: {"_s << u"out = o"_s;
        QTest::newRow("empty") << QString() << u"nothing"_s;
    }
    void readsTheExportedObject()
    {
        QFETCH(const QString, text);
        QTEST(shown(text), "meaning");
    }

    void survivesEveryTruncation()
    {
        const QString text =
            u"// c\nexport default defineConfig({ a: ['x', { b: `y${z}` }], 'c-d': /* e */ 1, f: g(h) })"_s;
        for (qsizetype length = 0; length <= text.size(); ++length)
            (void)project::exportedObject(text.first(length));
    }

    void findsOutWhereTheDatabaseIs_data()
    {
        QTest::addColumn<QByteArray>("credentials");
        QTest::addColumn<QString>("url");
        QTest::newRow("literal") << "dbCredentials: { url: 'file:local.db' }"_ba << u"file:local.db"_s;
        QTest::newRow("variable") << "dbCredentials: { url: process.env.SHOP_URL! }"_ba << u"file:env.db"_s;
        QTest::newRow("variable in brackets")
            << "dbCredentials: { url: process.env['SHOP_URL'] as string }"_ba << u"file:env.db"_s;
        QTest::newRow("fallback") << "dbCredentials: { url: process.env.NOT_SET ?? 'file:other.db' }"_ba
                                  << u"file:other.db"_s;
        QTest::newRow("not set") << "dbCredentials: { url: process.env.NOT_SET! }"_ba
                                 << u"? NOT_SET is not set"_s;
        QTest::newRow("code") << "dbCredentials: { url: makeUrl() }"_ba << u"? does not run"_s;
        QTest::newRow("remote") << "dbCredentials: { url: 'libsql://x.turso.io' }"_ba
                                << u"? cannot open itself"_s;
        QTest::newRow("parts")
            << "dbCredentials: { host: 'h', port: 5433, user: 'u', password: 'p@', database: 'd', ssl: true }"_ba
            << u"postgres://u:p%40@h:5433/d?sslmode=require"_s;
    }
    void findsOutWhereTheDatabaseIs()
    {
        QFETCH(const QByteArray, credentials);
        QFETCH(const QString, url);
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u".env"_s, "SHOP_URL=file:env.db\n");
        scratch.write(u"drizzle.config.ts"_s, config(credentials));
        const project::Project project = scratch.project();
        if (url.startsWith(u'?'))
            QVERIFY2(project.databaseProblem.contains(url.mid(2)), qPrintable(project.databaseProblem));
        else
            QCOMPARE(project.databaseUrl, url);
        if (url == u"file:local.db"_s)
            QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"local.db"_s));
    }

    void knowsTheSamples_data()
    {
        QTest::addColumn<QByteArray>("files");
        QTest::addColumn<QString>("layout");
        QTest::newRow("journal") << "drizzle/meta/_journal.json"_ba << u"journal"_s;
        QTest::newRow("folders")
            << "drizzle/20260101000000_a/migration.sql drizzle/20260101000000_a/snapshot.json"_ba
            << u"folders"_s;
        QTest::newRow("new project") << ""_ba << u"journal"_s;
        QTest::newRow("new project of 1.0") << "package.json"_ba << u"folders"_s;
    }
    void knowsTheSamples()
    {
        QFETCH(const QByteArray, files);
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config());
        for (const QByteArray& file : files.split(' ')) {
            if (!file.isEmpty())
                scratch.write(QString::fromUtf8(file),
                              file == "package.json"
                                  ? "{\"devDependencies\":{\"drizzle-kit\":\"^1.0.0-rc.5\"}}"_ba
                                  : journal({}));
        }
        const QString layout = scratch.project().settings[drizzle::keys::layout];
        QTEST(layout, "layout");
    }

    void needsNoConfigurationInItsOutputFolder()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"meta/_journal.json"_s, journal({}));
        scratch.write(u"0000_a.sql"_s, "SELECT 1;");
        const auto found = project::detectAll(scratch.path(), {});
        QCOMPARE(found->size(), 1);
        QCOMPARE(found->first().tool, u"drizzle"_s);
        QCOMPARE(found->first().engine, Engine::Sqlite);
        const Scratch folders(Engine::Sqlite);
        folders.write(u"20260101000000_a/migration.sql"_s, "SELECT 1;");
        folders.write(u"20260101000000_a/snapshot.json"_s, "{\"dialect\":\"postgres\"}");
        QCOMPARE(folders.project().engine, Engine::Postgres);
    }

    void leavesOtherDialectsAlone()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: 'mysql' }");
        QVERIFY(!*project::detect(scratch.path(), {}));
    }

    void listsByTheJournalAlone()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config());
        scratch.write(u"drizzle/meta/_journal.json"_s,
                      journal(R"({"idx":0,"version":"6","when":2000,"tag":"0000_b c","breakpoints":true},
                                 {"idx":1,"version":"6","when":1000,"tag":"0001_a","breakpoints":true})"));
        scratch.write(u"drizzle/0000_b c.sql"_s, "SELECT 1;");
        scratch.write(u"drizzle/0009_stray.sql"_s, "SELECT 1;");
        QVERIFY(project::list(scratch.project()).error().message.contains(u"0001_a.sql"_s));
        scratch.write(u"drizzle/0001_a.sql"_s, "SELECT 2;");
        scratch.write(u"drizzle/0001_a.down.sql"_s, "SELECT 3;");
        const auto list = project::list(scratch.project());
        QVERIFY(list.has_value());
        QCOMPARE(list->size(), 2);
        QCOMPARE(list->at(0).version, u"0000_b c"_s);
        QCOMPARE(list->at(0).key, u"2000"_s);
        QVERIFY(!list->at(0).reversible() && list->at(1).reversible());
    }

    void cutsAtTheMarkerAndNowhereElse()
    {
        const auto script = drizzle::cutAtBreakpoints("A;\n--> statement-breakpoint\nB; C;\n");
        QCOMPARE(script.pieces.size(), 2);
        QCOMPARE(script.text.sliced(script.pieces[0].start, script.pieces[0].length), "A;\n"_ba);
        QCOMPARE(script.text.sliced(script.pieces[1].start, script.pieces[1].length), "\nB; C;\n"_ba);
        QCOMPARE(drizzle::cutAtBreakpoints("").pieces.size(), 1);
    }

    void hashesAsTheMigrator()
    {
        const QByteArray text = "CREATE TABLE t (id INTEGER);\nSELECT 1;\n";
        QCOMPARE(project::sha256(text),
                 u"8f7ed709cc6670f1980e619b99bab445bb0ef95d9b95cc9f1ef1db4f18c7590b"_s);
        QVERIFY(project::sha256Fits(project::sha256(text), QByteArray(text).replace("\n", "\r\n")));
        QVERIFY(!project::sha256Fits(project::sha256(text), text + ' '));
    }

    void goesOnWithAJournal()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config());
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1795279070873, QTimeZone::UTC);
        const auto first = apply::generate(scratch.project(), {.name = u"first one"_s, .now = now});
        QVERIFY2(first, first ? "" : qPrintable(first.error().oneLine()));
        QCOMPARE(scratch.read(u"drizzle/0000_first one.sql"_s),
                 "-- Custom SQL migration file, put your code below! --"_ba);
        const QByteArray snapshot = scratch.read(u"drizzle/meta/0000_snapshot.json"_s);
        const QByteArray id = drizzle::snapshot::idOf(snapshot).toUtf8();
        QCOMPARE(
            snapshot,
            "{\n  \"id\": \"" + id
                + "\",\n  \"prevId\": \"00000000-0000-0000-0000-000000000000\",\n  \"version\": \"6\",\n"
                  "  \"dialect\": \"sqlite\",\n  \"tables\": {},\n  \"views\": {},\n  \"enums\": {},\n"
                  "  \"_meta\": {\n    \"columns\": {},\n    \"schemas\": {},\n    \"tables\": {}\n  }\n}");
        const auto second = apply::generate(
            scratch.project(),
            {.name = u"again"_s, .up = "CREATE TABLE a(id);", .down = "DROP TABLE a;", .now = now});
        QVERIFY(second && second->reversible());
        QCOMPARE(scratch.read(u"drizzle/0001_again.sql"_s),
                 "-- Custom SQL migration file, put your code below! --\nCREATE TABLE a(id);"_ba);
        QCOMPARE(drizzle::snapshot::parentsOf(scratch.read(u"drizzle/meta/0001_snapshot.json"_s)),
                 QStringList{QString::fromUtf8(id)});
        QCOMPARE(scratch.read(u"drizzle/meta/_journal.json"_s),
                 "{\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n  \"entries\": [\n    {\n"
                 "      \"idx\": 0,\n      \"version\": \"6\",\n      \"when\": 1795279070873,\n"
                 "      \"tag\": \"0000_first one\",\n      \"breakpoints\": true\n    },\n    {\n"
                 "      \"idx\": 1,\n      \"version\": \"6\",\n      \"when\": 1795279070874,\n"
                 "      \"tag\": \"0001_again\",\n      \"breakpoints\": true\n    }\n  ]\n}"_ba);
        QCOMPARE(project::list(scratch.project())->size(), 2);
    }

    void separatesStatementsByBreakpoints_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("up");
        QTest::addColumn<QByteArray>("written");
        const QByteArray two = "CREATE TABLE a(id);\n-- b\nCREATE TABLE b(id);\n";
        QTest::newRow("on") << ""_ba << two
                            << "CREATE TABLE a(id);--> statement-breakpoint\n-- b\nCREATE TABLE b(id);\n"_ba;
        QTest::newRow("off") << "breakpoints: false"_ba << two << two;
        QTest::newRow("one line")
            << ""_ba << "A; B /* ; */ ; C"_ba
            << "A;--> statement-breakpoint\n B /* ; */ ;--> statement-breakpoint\n C"_ba;
        QTest::newRow("there already") << ""_ba << "A;--> statement-breakpoint\nB; C;"_ba
                                       << "A;--> statement-breakpoint\nB; C;"_ba;
        QTest::newRow("trigger") << ""_ba
                                 << "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 'ü'; END;\nB;"_ba
                                 << "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 'ü'; END;--> "
                                    "statement-breakpoint\nB;"_ba;
        QTest::newRow("comment behind") << ""_ba << "A;\n-- end\n"_ba << "A;\n-- end\n"_ba;
    }
    void separatesStatementsByBreakpoints()
    {
        QFETCH(const QByteArray, settings);
        QFETCH(const QByteArray, up);
        QFETCH(const QByteArray, written);
        const QByteArray head = "-- Custom SQL migration file, put your code below! --\n";
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config(settings));
        const auto project = scratch.project();
        QVERIFY(project::formatOf(project).generate(project, {.name = u"x"_s, .up = up}).has_value());
        QCOMPARE(scratch.read(u"drizzle/0000_x.sql"_s), head + written);
        const Scratch folders(Engine::Sqlite);
        folders.write(u"package.json"_s, R"({"devDependencies":{"drizzle-kit":"1.0.0-rc.5"}})");
        folders.write(u"drizzle.config.ts"_s, config(settings));
        const auto newer = folders.project();
        const auto made = project::formatOf(newer).generate(newer, {.name = u"x"_s, .up = up});
        QCOMPARE(folders.read(u"drizzle/%1/migration.sql"_s.arg(made->folder)), head + written);
    }

    void refusesThePrefixThatBreaksTheChain()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config("migrations: { prefix: 'none' }"));
        QCOMPARE(apply::generate(scratch.project(), {.name = u"x"_s}).error().kind, ErrorKind::Unsupported);
        QVERIFY(!QFile::exists(scratch.path(u"drizzle"_s)));
    }

    void goesOnWithFolders_data() { test::engines(); }
    void goesOnWithFolders()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(Engine::Sqlite);
        const bool postgres = engine == Engine::Postgres;
        scratch.write(u"package.json"_s, R"({"devDependencies":{"drizzle-kit":"1.0.0-rc.5"}})");
        scratch.write(u"drizzle.config.ts"_s, postgres ? "export default { dialect: 'postgresql' }"
                                                       : "export default { dialect: 'sqlite' }");
        const QDateTime now(QDate(2026, 11, 21), QTime(16, 40, 50), QTimeZone::UTC);
        QVERIFY(apply::generate(scratch.project(), {.name = u"first one"_s, .now = now}).has_value());
        const auto second = apply::generate(scratch.project(), {.name = u"x"_s, .down = "--", .now = now});
        QVERIFY(second.has_value());
        QCOMPARE(second->folder, u"20261121164051_x"_s);
        QVERIFY(second->reversible());
        const QByteArray one = scratch.read(u"drizzle/20261121164050_first one/snapshot.json"_s);
        const QByteArray two = scratch.read(u"drizzle/20261121164051_x/snapshot.json"_s);
        const QByteArray id = drizzle::snapshot::idOf(two).toUtf8();
        const QByteArray parent = drizzle::snapshot::idOf(one).toUtf8();
        QVERIFY(id != parent);
        QCOMPARE(two,
                 postgres
                     ? "{\n  \"type\": \"diff\",\n  \"version\": \"9\",\n  \"dialect\": \"postgres\",\n"
                       "  \"id\": \""
                           + id + "\",\n  \"prevIds\": [\n    \"" + parent
                           + "\"\n  ],\n  \"footprints\": [],\n  \"deltas\": []\n}"
                     : "{\n  \"id\": \"" + id + "\",\n  \"prevIds\": [\n    \"" + parent
                           + "\"\n  ],\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n  \"ddl\": [],\n"
                             "  \"renames\": []\n}");
    }

    void mergesWhatChangedAndNothingElse()
    {
        const auto json = [](const QByteArray& text) { return render::drizzle::parseJson(text).value(); };
        // "mine" and "n" are what a catalog does not know, and knows otherwise.
        const auto kept =
            json(R"({"a":{"name":"a","n":"x","mine":1},"b":{"name":"b"},"old":{"name":"old","c":1}})");
        const auto before =
            json(R"({"a":{"name":"a","n":"y","t":1},"b":{"name":"b"},"cat":{"name":"cat","c":1}})");
        const auto after =
            json(R"({"a":{"name":"a","n":"y","t":2},"d":{"name":"d"},"cat":{"name":"cat","c":2}})");
        QCOMPARE(
            render::drizzle::compact(drizzle::merged(kept, before, after)),
            uR"({"a":{"name":"a","n":"x","mine":1,"t":2},"old":{"name":"old","c":2},"d":{"name":"d"}})"_s);
        QCOMPARE(render::drizzle::compact(drizzle::merged(kept, before, before)),
                 render::drizzle::compact(kept));
    }

    void followsTheDifferencesOfSnapshots()
    {
        const auto rows = drizzle::rowsByKey(*render::drizzle::parseJson(
            R"([{"schema":"public","name":"t","entityType":"tables"},
                {"schema":"public","table":"t","name":"c","entityType":"columns"},
                {"schema":"public","table":"t","name":"i","columns":[{"value":"c","isExpression":false}],"entityType":"indexes"},
                {"schema":"public","table":"u","name":"f","schemaTo":"public","tableTo":"t","columnsTo":["c"],"entityType":"fks"}])"));
        using render::drizzle::Json;
        const auto altered = [](const QString& operation, const QString& kind, const QStringList& key,
                                const QString& member, const Json& value) {
            return Json::object()
                .set(u"op"_s, Json::of(operation))
                .set(u"key"_s, Json::of(kind + QChar(u'\0') + render::drizzle::compact(Json::of(key))))
                .set(u"set"_s, Json::object().set(member, value));
        };
        const Json added = *render::drizzle::parseJson(
            R"({"op":"create","row":{"schema":"public","name":"u","entityType":"tables"}})");
        const Json deltas = Json::list(
            {altered(u"rename"_s, u"tables"_s, {u"public"_s, u"t"_s}, u"name"_s, Json::of(u"t2"_s)),
             altered(u"rename"_s, u"columns"_s, {u"public"_s, u"t2"_s, u"c"_s}, u"name"_s, Json::of(u"c2"_s)),
             altered(u"alter"_s, u"indexes"_s, {u"public"_s, u"i"_s}, u"isUnique"_s, Json::boolean(true)),
             added});
        const auto now = drizzle::applied(rows, deltas);
        QCOMPARE(
            render::drizzle::compact(drizzle::listOfRows(now)),
            uR"([{"schema":"public","name":"t2","entityType":"tables"},)"
            R"({"schema":"public","name":"u","entityType":"tables"},)"
            R"({"schema":"public","table":"t2","name":"c2","entityType":"columns"},)"
            R"({"schema":"public","table":"t2","name":"i","columns":[{"value":"c2","isExpression":false}],"entityType":"indexes","isUnique":true},)"
            R"({"schema":"public","table":"u","name":"f","schemaTo":"public","tableTo":"t2","columnsTo":["c2"],"entityType":"fks"}])"_s);
        QCOMPARE(drizzle::applied(rows, drizzle::deltas(rows, now)), now);
        QVERIFY(drizzle::deltas(now, now).items.isEmpty());
    }

    void readsAndWritesJsonAsItIs_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("fine");
        QTest::newRow("all kinds") << "{\n  \"b\": [\n    1.50,\n    null,\n    true,\n    "
                                      "\"\\u0000\\n\\\"ü\"\n  ],\n  \"a\": {},\n  \"c\": []\n}"_ba
                                   << true;
        QTest::newRow("number") << "-1e5"_ba << true;
        int number = 0;
        for (const QByteArray& bad : {""_ba, "{"_ba, "[1,]"_ba, "{\"a\"}"_ba, "\"\\u00\""_ba, "\"\\"_ba,
                                      "1 2"_ba, "word"_ba, QByteArray(500, '[')})
            QTest::addRow("bad %d", ++number) << bad << false;
    }
    void readsAndWritesJsonAsItIs()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, fine);
        const auto json = render::drizzle::parseJson(text);
        QCOMPARE(json.has_value(), fine);
        if (json)
            QCOMPARE(render::drizzle::written(*json), text);
    }

    void replaysWhatPullLeftAsAComment()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config());
        scratch.write(
            u"drizzle/meta/_journal.json"_s,
            journal(R"({"idx":0,"version":"6","when":1000,"tag":"0000_pulled","breakpoints":true})"));
        scratch.write(u"drizzle/0000_pulled.sql"_s,
                      "-- Current sql file was generated after introspecting the database\n"
                      "-- If you want to run this migration please uncomment this code before executing "
                      "migrations\n/*\nCREATE TABLE a(id integer);--> statement-breakpoint\n"
                      "CREATE TABLE b(id integer);\n*/");
        const auto project = scratch.project();
        const auto made = shadow::stateAfter({.engine = Engine::Sqlite}, project, *project::list(project));
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QCOMPARE(made->tables.size(), 2);
    }

    void refusesSqlThatDoesNotRunAndWritesNothing()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s, config());
        const auto made = apply::generate(scratch.project(), {.name = u"x"_s, .up = "CREATE TABEL a(id);"});
        QVERIFY(!made);
        QVERIFY2(made.error().message.contains(u"TABEL"), qPrintable(made.error().message));
        QVERIFY(!QFileInfo::exists(scratch.path(u"drizzle"_s)));
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: 'postgresql' }");
        const auto alone = apply::generate(scratch.project(), {.name = u"x"_s, .up = "SELECT 1;"});
        QVERIFY(!alone && alone.error().hint.contains(u"--db"));
        const auto other =
            apply::generate(scratch.project(), {.name = u"x"_s, .up = "SELECT 1;"}, {}, scratch.target());
        QVERIFY(!other && other.error().message.contains(u"PostgreSQL"));
        QVERIFY(!QFileInfo::exists(scratch.path(u"drizzle"_s)));
    }

    void keepsEverythingButTheIdentities()
    {
        const QByteArray text =
            "{\n  \"version\": \"6\",\n  \"id\": \"a\",\n  \"prevId\": \"o\",\n  \"tables\": "
            "{\n    \"t\": {\n      \"id\": \"a\",\n      \"n\": 1.50\n    }\n  }\n}";
        const auto next = drizzle::snapshot::afterJournal(text, u"sqlite"_s, u"b"_s);
        QCOMPARE(
            next.value(),
            QByteArray(text).replace("\n  \"id\": \"a\"", "\n  \"id\": \"b\"").replace("\"o\"", "\"a\""));
        QVERIFY(!drizzle::snapshot::afterJournal("{}", u"sqlite"_s, u"b"_s));
    }
};

QTEST_GUILESS_MAIN(DrizzleProjectTest)
#include "drizzle_project_test.moc"
