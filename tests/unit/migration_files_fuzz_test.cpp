// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/plan.h"
#include "project/format.h"
#include "project/states.h"
#include "support/project_scratch.h"

#include <QRandomGenerator>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using project::Direction;

/// Every tool's parsers on damaged files, and on very many: they answer, whatever they are given.
class MigrationFilesFuzzTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;
    using Files = QMap<QString, QByteArray>;

    static QMap<QString, Files> seedsOfRust(const QByteArray& up)
    {
        return {
            {u"diesel"_s,
             {{u"diesel.toml"_s, "[print_schema]\nfile = \"src/schema.rs\"\n[migrations_directory]\ndir = "
                                 "\"migrations\"\n"},
              {u"migrations/2024-01-01-000000_a/up.sql"_s, up},
              {u"migrations/2024-01-01-000000_a/down.sql"_s, "DROP TABLE a;\n"},
              {u"migrations/2024-01-01-000000_a/metadata.toml"_s, "run_in_transaction = false\n"}}},
            {u"sqlx"_s,
             {{u"sqlx.toml"_s, "[migrate]\ntable-name = \"m\"\nignored-chars = [\"\\r\"]\n"},
              {u"migrations/20240101000000_a.up.sql"_s, "-- no-transaction\n" + up},
              {u"migrations/20240101000000_a.down.sql"_s, "DROP TABLE a;\n"}}},
            {u"seaorm"_s,
             {{u"migration/Cargo.toml"_s, "[dependencies]\nsea-orm-migration = \"1.1\"\n"},
              {u"migration/src/lib.rs"_s,
               "pub use sea_orm_migration::prelude::*;\nmod m20220101_000001_a;\npub struct "
               "Migrator;\nimpl MigratorTrait for Migrator {\n fn migrations() -> Vec<Box<dyn "
               "MigrationTrait>> { vec![Box::new(m20220101_000001_a::Migration)] }\n}\n"},
              {u"migration/src/m20220101_000001_a.rs"_s, "use sea_orm_migration::prelude::*;\n"}}},
            {u"refinery"_s,
             {{u"refinery.toml"_s, "[main]\ndb_type = \"Sqlite\"\ndb_path = \"x.db\"\n"},
              {u"migrations/V1__a.sql"_s, up},
              {u"migrations/V1__a.down.sql"_s, "DROP TABLE a;\n"}}},
        };
    }

    static QMap<QString, Files> seedsOfOthers(const QByteArray& up, const QByteArray& trigger)
    {
        return {
            {u"drizzle"_s,
             {{u"drizzle.config.ts"_s,
               "export default { dialect: 'sqlite', out: './drizzle', dbCredentials: { url: "
               "process.env.DB! ?? 'x.db' } } satisfies Config;\n"},
              {u"drizzle/0000_a.sql"_s,
               "CREATE TABLE `a` (`id` integer);\n--> statement-breakpoint\nSELECT 1;\n"},
              {u"drizzle/meta/_journal.json"_s,
               R"({"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1700000000000,)"
               R"("tag":"0000_a","breakpoints":true}]})"},
              {u"drizzle/meta/0000_snapshot.json"_s,
               R"({"version":"6","id":"a","prevId":"b","tables":{}})"}}},
            {u"dbmate"_s,
             {{u"db/migrations/20240101000000_a.sql"_s,
               "-- migrate:up transaction:false\n" + up + "\n-- migrate:down\nDROP TABLE a;\n"},
              {u".env"_s, "DATABASE_URL=\"sqlite:x.db\"\nexport A='b'\n"}}},
            {u"prisma"_s,
             {{u"prisma/schema.prisma"_s,
               "datasource db {\n  provider = \"sqlite\"\n  url = env(\"DATABASE_URL\")\n}\n"},
              {u"prisma/migrations/20240101000000_a/migration.sql"_s, up},
              {u"prisma/migrations/migration_lock.toml"_s, "provider = \"sqlite\"\n"}}},
            {u"flyway"_s,
             {{u"flyway.toml"_s,
               "[flyway]\nlocations = [\"filesystem:sql\"]\n[flyway.placeholders]\nx = \"1\"\n"
               "[environments.default]\nurl = \"jdbc:sqlite:x.db\"\n"},
              {u"sql/V1__a.sql"_s, up + "SELECT ${x};\n"},
              {u"sql/V1__a.sql.conf"_s, "executeInTransaction=false\nencoding=UTF-8\n"},
              {u"sql/U1__a.sql"_s, "DROP TABLE a;\n"},
              {u"sql/R__v.sql"_s, trigger}}},
            {u"atlas"_s,
             {{u"atlas.hcl"_s,
               "variable \"u\" {\n  default = \"sqlite://x.db\"\n}\nenv \"local\" {\n  url = var.u\n  "
               "migration {\n    dir = \"file://migrations\"\n  }\n}\n"},
              {u"migrations/20240101000000_a.sql"_s, "-- atlas:txmode none\n\n" + up + trigger},
              {u"migrations/20240102000000_b.sql"_s, "-- atlas:delimiter \\n\\n\n" + up + "\n\n" + trigger},
              {u"migrations/atlas.sum"_s, "h1:x\n20240101000000_a.sql h1:y\n"}}},
            {u"goose"_s,
             {{u"migrations/00001_a.sql"_s,
               "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\n" + trigger
                   + "-- +goose StatementEnd\n" + up + "-- +goose Down\nDROP TABLE a;\n"}}},
            {u"golang-migrate"_s,
             {{u"go.mod"_s, "require github.com/golang-migrate/migrate/v4 v4.19.0\n"},
              {u"migrations/1_a.up.sql"_s, up},
              {u"migrations/1_a.down.sql"_s, "DROP TABLE a;\n"}}},
            {u"custom"_s,
             {{u"dewpoint.toml"_s,
               "[migrations]\nfiles = \"{version}_{name}.py\"\n[ledger]\ntable = \"s.v\"\nversion = \"v\"\n"
               "ignore = [\"0\"]\n[commands]\nup = [\"./m\", \"up\", \"{count}\", \"{url}\"]\npass = "
               "[\"A\"]\n[environment]\nA = \"{path}\"\n"},
              {u"migrations/1_a.py"_s, "print(1)\n"}}},
            {u"sql"_s,
             {{u"migrations/0001_a.sql"_s, "-- no-transaction\n" + up},
              {u"migrations/0002_b.up.sql"_s, up},
              {u"migrations/0002_b.down.sql"_s, "DROP TABLE a;\n"}}},
        };
    }

    static QMap<QString, Files> seeds()
    {
        const QByteArray up =
            "CREATE TABLE a(id integer, t text DEFAULT 'x;y');\nSELECT (1), $q$;$q$; -- end\n";
        const QByteArray trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;\nBEGIN "
                                   "ATOMIC SELECT 1; END;\n";
        QMap<QString, Files> all = seedsOfOthers(up, trigger);
        all.insert(seedsOfRust(up));
        return all;
    }

    static QByteArray damaged(const QByteArray& text, QRandomGenerator& random)
    {
        static const QList<QByteArray> words{"BEGIN ",
                                             "END;",
                                             "'",
                                             "\"",
                                             "$$",
                                             "$a$",
                                             "/*",
                                             "*/",
                                             "--",
                                             "(",
                                             ")",
                                             ";",
                                             "\n",
                                             "\r\n",
                                             "\0"_ba,
                                             "\xff\xfe",
                                             "{",
                                             "}",
                                             "[",
                                             "]",
                                             "${",
                                             "=",
                                             "\\",
                                             "-- +goose Up\n",
                                             "-- migrate:up\n",
                                             "-- atlas:delimiter \n",
                                             "--> statement-breakpoint",
                                             "`",
                                             "\xe2\x82",
                                             "99999999999999999999"};
        QByteArray result = text;
        const int edits = random.bounded(1, 5);
        for (int i = 0; i < edits; ++i) {
            const auto at = static_cast<qsizetype>(random.bounded(quint32(result.size()) + 1));
            switch (random.bounded(5)) {
            case 0: result.truncate(at); break;
            case 1:
                result.insert(at, words[random.bounded(int(words.size()))].repeated(random.bounded(1, 40)));
                break;
            case 2: result.remove(at, random.bounded(20)); break;
            case 3: result.insert(at, result.first(at)); break;
            default:
                if (at < result.size())
                    result[at] = static_cast<char>(random.bounded(256));
            }
        }
        return result;
    }

    /// Pieces are in order and inside the text.
    static bool isSound(const project::Script& script)
    {
        qsizetype end = 0;
        for (const auto& piece : script.pieces) {
            if (piece.start < end || piece.length < 0 || piece.start + piece.length > script.text.size())
                return false;
            end = piece.start + piece.length;
        }
        return true;
    }

    /// Whatever it answers: false only for a script whose pieces are wrong.
    static bool readAll(const QString& tool, const QString& folder)
    {
        const auto found = project::detectAs(tool, folder, {});
        if (!found || !*found)
            return true;
        bool sound = true;
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            project::Project project = **found;
            project.engine = engine;
            const auto& format = project::formatOf(project);
            const auto list = format.list(project);
            if (format.verify)
                (void)format.verify(project);
            for (const auto& migration : list.value_or(QList<project::Migration>())) {
                for (const Direction direction : {Direction::Up, Direction::Down}) {
                    const QString path = direction == Direction::Up ? migration.upPath : migration.downPath;
                    if (path.isEmpty())
                        continue;
                    const auto script = format.script(project, migration, direction);
                    sound = sound && (!script || isSound(*script));
                }
            }
            const QList<ledger::AppliedRow> rows{{.version = u"1"_s, .name = u"x"_s},
                                                 {.version = u"R__v"_s},
                                                 {.version = u"20240101000000"_s, .checksum = u"y"_s}};
            (void)format.states(project, list.value_or(QList<project::Migration>()), rows);
        }
        return sound;
    }

private Q_SLOTS:
    void answersToDamagedFiles_data()
    {
        QTest::addColumn<QString>("tool");
        for (const QString& tool : project::toolNames())
            QTest::newRow(qPrintable(tool)) << tool;
    }
    void answersToDamagedFiles()
    {
        QFETCH(const QString, tool);
        const Files files = seeds().value(tool);
        QVERIFY2(!files.isEmpty(), "a tool without files of its own here");
        QRandomGenerator random(20260101);
        const Scratch scratch(Engine::Sqlite);
        for (auto file = files.begin(); file != files.end(); ++file)
            scratch.write(file.key(), file.value());
        const auto whole = project::detectAs(tool, scratch.path(), {});
        QVERIFY(whole && *whole);
        QVERIFY(!project::list(**whole).value().isEmpty());
        constexpr int rounds = 150;
        const QStringList names = files.keys();
        for (int round = 0; round < rounds; ++round) {
            const QString& name = names[random.bounded(int(names.size()))];
            const QByteArray text = damaged(files.value(name), random);
            scratch.write(name, text);
            QVERIFY2(readAll(tool, scratch.path()), qPrintable(u"round %1, %2: %3"_s.arg(round).arg(
                                                        name, QString::fromLatin1(text.toHex()))));
            scratch.write(name, files.value(name));
        }
    }

    void blocksWithoutAnEndAreNotTriedForEver()
    {
        const Scratch scratch(Engine::Sqlite);
        Files files = seeds().value(u"atlas"_s);
        files[u"migrations/20240101000000_a.sql"_s] =
            QByteArray("BEGIN ATOMIC ").repeated(300) + QByteArray("BEGIN x; ").repeated(300);
        for (auto file = files.begin(); file != files.end(); ++file)
            scratch.write(file.key(), file.value());
        QVERIFY(readAll(u"atlas"_s, scratch.path()));
    }

    void fiveThousandAreListedAndPlanned_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<Files>("files");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("diesel") << u"diesel"_s << Files{{u"diesel.toml"_s, ""}}
                                << u"migrations/2024-01-01-%1_a/up.sql"_s << "SELECT 1;\n"_ba;
        QTest::newRow("sqlx") << u"sqlx"_s << Files{{u"sqlx.toml"_s, ""}} << u"migrations/%1_a.sql"_s
                              << "SELECT 1;\n"_ba;
        QTest::newRow("flyway") << u"flyway"_s << Files{{u"flyway.toml"_s, ""}} << u"sql/V%1__a.sql"_s
                                << "SELECT 1;\n"_ba;
        QTest::newRow("atlas") << u"atlas"_s << Files{{u"atlas.hcl"_s, ""}} << u"migrations/%1_a.sql"_s
                               << "SELECT 1;\n"_ba;
        QTest::newRow("goose") << u"goose"_s << Files() << u"migrations/%1_a.sql"_s
                               << "-- +goose Up\nSELECT 1;\n"_ba;
    }
    void fiveThousandAreListedAndPlanned()
    {
        QFETCH(const QString, tool);
        QFETCH(const Files, files);
        QFETCH(const QString, pattern);
        QFETCH(const QByteArray, text);
        constexpr int count = 5000;
        const Scratch scratch(Engine::Sqlite);
        for (auto file = files.begin(); file != files.end(); ++file)
            scratch.write(file.key(), file.value());
        for (int i = 1; i <= count; ++i)
            scratch.write(pattern.arg(i, 6, 10, QLatin1Char('0')), text);
        const auto project = project::detectAs(tool, scratch.path(), {}).value().value();
        const auto db = scratch.connect();
        auto now = apply::status(*db, project);
        QVERIFY2(now, now ? "" : qPrintable(now.error().oneLine()));
        QCOMPARE(now->pendingCount(), count);
        if (tool == u"atlas"_s)  // without atlas.sum nothing may run
            QVERIFY(!apply::plan(*now, apply::Action::Run, apply::Scope::all()));
        else
            QCOMPARE(apply::plan(*now, apply::Action::Run, apply::Scope::all())->size(), count);
    }
};

QTEST_GUILESS_MAIN(MigrationFilesFuzzTest)
#include "migration_files_fuzz_test.moc"
