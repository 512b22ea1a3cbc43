// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "project/checksum.h"
#include "project/formats/drizzle/drizzle.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace drizzle = dewpoint::project::drizzle;
using dewpoint::test::states;
using dewpoint::test::verify;

/// Drizzle's ledger and migrator rules on both engines: 0.x with its high-water mark, 1.0 by names.
class DrizzleApplyTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void configure(const Scratch& scratch)
    {
        const QByteArray dialect = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: '" + dialect + "' }");
    }
    struct Item {
        qint64 when;
        QByteArray tag;
        QByteArray up;
        QByteArray down;
    };
    static void journal(const Scratch& scratch, const QList<Item>& items)
    {
        configure(scratch);
        QByteArrayList entries;
        for (const Item& item : items) {
            entries << "{\"idx\":" + QByteArray::number(entries.size())
                           + ",\"version\":\"7\",\"when\":" + QByteArray::number(item.when) + ",\"tag\":\""
                           + item.tag + "\",\"breakpoints\":true}";
            const QString base = u"drizzle/"_s + QString::fromUtf8(item.tag);
            scratch.write(base + u".sql"_s, item.up);
            if (!item.down.isEmpty())
                scratch.write(base + u".down.sql"_s, item.down);
        }
        scratch.write(u"drizzle/meta/_journal.json"_s,
                      R"({"version":"7","dialect":"x","entries":[)" + entries.join(',') + "]}");
    }
    static void folder(const Scratch& scratch, const QString& name, const QByteArray& up,
                       const QByteArray& down = {})
    {
        configure(scratch);
        scratch.write(u"drizzle/%1/migration.sql"_s.arg(name), up);
        scratch.write(u"drizzle/%1/snapshot.json"_s.arg(name), "{}");
        if (!down.isEmpty())
            scratch.write(u"drizzle/%1/down.sql"_s.arg(name), down);
    }
    static QList<Item> two()
    {
        return {{1795252717371, "0000_a",
                 "CREATE TABLE a(id integer);--> statement-breakpoint\nINSERT INTO a VALUES (1);",
                 "DROP TABLE a;"},
                {1795252717372, "0001_b", "CREATE TABLE b(id integer);", "DROP TABLE b;"}};
    }
    static QString table(Engine engine)
    {
        return engine == Engine::Postgres ? u"drizzle.__drizzle_migrations"_s : u"__drizzle_migrations"_s;
    }

private Q_SLOTS:
    void writesTheLedgerOfZeroCellByCell_data() { test::engines(); }
    void writesTheLedgerOfZeroCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        journal(scratch, two());
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 0000_a\npending 0001_b"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const bool postgres = engine == Engine::Postgres;
        QCOMPARE(
            test::rowsOf(*db,
                         u"SELECT id, hash, created_at FROM %1 ORDER BY created_at"_s.arg(table(engine))),
            (QStringList{
                u"%1|%2|1795252717371"_s.arg(postgres ? u"1"_s : u"∅"_s, project::sha256(two()[0].up)),
                u"%1|%2|1795252717372"_s.arg(postgres ? u"2"_s : u"∅"_s, project::sha256(two()[1].up))}));
        if (!postgres) {
            QCOMPARE(test::rowsOf(*db, u"SELECT sql FROM sqlite_schema WHERE name = '__drizzle_migrations'"_s)
                         .first(),
                     u"CREATE TABLE \"__drizzle_migrations\" (\n\t\t\t\tid SERIAL PRIMARY KEY,\n\t\t\t\thash "
                     u"text NOT "
                     "NULL,\n\t\t\t\tcreated_at numeric\n\t\t\t)"_s);
            QCOMPARE(test::rowsOf(*db, u"SELECT DISTINCT typeof(created_at) FROM __drizzle_migrations"_s),
                     QStringList{u"integer"_s});
        }
        QCOMPARE(states(*db, scratch.project()), u"applied 0000_a\napplied 0001_b"_s);
    }

    void revertsAndRedoes_data() { test::engines(); }
    void revertsAndRedoes()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        journal(scratch, two());
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::to(u"0000"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 0000_a\npending 0001_b"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM a"_s), QStringList{u"1"_s});
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(states(*db, scratch.project()), u"applied 0000_a\npending 0001_b"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM "_s + table(engine)), QStringList{u"0"_s});
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM a"_s).value(0).startsWith(u"error"_s));
    }

    void aRunIsOneTransaction_data() { test::engines(); }
    void aRunIsOneTransaction()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        auto items = two();
        items[1].up = "CREATE TABLE b(id integer);--> statement-breakpoint\nSELECT nonsense;";
        journal(scratch, items);
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY(report->done.isEmpty());
        QCOMPARE(report->failure->line, 2);
        QCOMPARE(report->failure->statement, u"SELECT nonsense"_s);
        QCOMPARE(states(*db, scratch.project()), u"pending 0000_a\npending 0001_b"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM a"_s).value(0).startsWith(u"error"_s));
    }

    void tellsWhatTheToolIsSilentAbout_data() { test::engines(); }
    void tellsWhatTheToolIsSilentAbout()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        journal(scratch, two());
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        auto items = two();
        items.insert(1, {1795252717000, "0001_merged", "CREATE TABLE m(id integer);", {}});
        items[0].up.replace("\n", "\r\n");  // another checkout, the same migration
        items[2].up += " -- edited";
        journal(scratch, items);
        QCOMPARE(states(*db, scratch.project()), u"applied 0000_a\nskipped 0001_merged\nmodified 0001_b"_s);
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->done.isEmpty());
        items.remove(0);
        journal(scratch, items);
        QCOMPARE(states(*db, scratch.project()),
                 u"missing 1795252717371\nskipped 0001_merged\nmodified 0001_b"_s);
    }

    void keepsTheChildrenOfARebuiltTable()
    {
        const Scratch scratch(Engine::Sqlite);
        journal(scratch, {{1,
                           "0000_a",
                           "CREATE TABLE p(id integer PRIMARY KEY NOT NULL);--> statement-breakpoint\n"
                           "CREATE TABLE c(p integer REFERENCES p(id) ON DELETE cascade);",
                           {}},
                          {2,
                           "0001_rebuild",
                           "PRAGMA foreign_keys=OFF;--> statement-breakpoint\n"
                           "CREATE TABLE `__new_p`(`id` integer PRIMARY KEY NOT NULL, `x` text);\n--> "
                           "statement-breakpoint\n"
                           "INSERT INTO `__new_p`(\"id\") SELECT \"id\" FROM `p`;--> statement-breakpoint\n"
                           "DROP TABLE `p`;--> statement-breakpoint\nALTER TABLE `__new_p` RENAME TO `p`;--> "
                           "statement-breakpoint\n"
                           "PRAGMA foreign_keys=ON;",
                           {}}});
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        QVERIFY(db->executeScript("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);").has_value());
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM c"_s), QStringList{u"1"_s});
        QCOMPARE(test::rowsOf(*db, u"PRAGMA foreign_keys"_s), QStringList{u"1"_s});
    }

    void refusesAColumnThatIsNotThereYet()
    {
        const Scratch scratch(Engine::Sqlite);
        journal(scratch, {{1,
                           "0000_a",
                           "CREATE TABLE p(id integer);--> statement-breakpoint\nINSERT INTO p VALUES (1);",
                           {}},
                          {2,
                           "0001_b",
                           "CREATE TABLE n(id integer, extra text);--> statement-breakpoint\n"
                           "INSERT INTO n(\"id\", \"extra\") SELECT \"id\", \"extra\" FROM p;",
                           {}}});
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY(report->failure->error.message.contains(u"extra"_s));
        QVERIFY(db->takesQuotedNamesAsText());  // as it was
    }

    void writesTheLedgerOfOneCellByCell_data() { test::engines(); }
    void writesTheLedgerOfOneCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        folder(scratch, u"20261121093500_init"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        folder(scratch, u"20261121093504_b"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const QString recent = engine == Engine::Postgres ? u"applied_at > now() - interval '1 minute'"_s
                                                          : u"applied_at LIKE '____-__-__T__:__:__.___Z'"_s;
        const QString yes = engine == Engine::Postgres ? u"t"_s : u"1"_s;
        QCOMPARE(test::rowsOf(*db, u"SELECT id, hash, created_at, name, %1 FROM %2 ORDER BY 1"_s.arg(
                                       recent, table(engine))),
                 (QStringList{u"1|%1|1795253700000|20261121093500_init|%2"_s.arg(
                                  project::sha256("CREATE TABLE a(id integer);"), yes),
                              u"2|%1|1795253704000|20261121093504_b|%2"_s.arg(
                                  project::sha256("CREATE TABLE b(id integer);"), yes)}));
        folder(scratch, u"20261121093502_late"_s, "CREATE TABLE c(id integer);");
        QCOMPARE(
            states(*db, scratch.project()),
            u"applied 20261121093500_init\nout-of-order 20261121093502_late\napplied 20261121093504_b"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(QDir(scratch.path(u"drizzle/20261121093502_late"_s)).removeRecursively());
        QCOMPARE(states(*db, scratch.project()),
                 u"applied 20261121093500_init\nmissing 20261121093502_late\napplied 20261121093504_b"_s);
        verify(execute(*db, scratch.project(), Action::Redo, Scope::one()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(states(*db, scratch.project()),
                 u"applied 20261121093500_init\nmissing 20261121093502_late\npending 20261121093504_b"_s);
    }

    void bringsALedgerOfZeroUpToDate_data() { test::engines(); }
    void bringsALedgerOfZeroUpToDate()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        journal(scratch, two());
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        QVERIFY(QDir(scratch.path(u"drizzle"_s)).removeRecursively());
        folder(scratch, u"20261121091837_a"_s, two()[0].up);
        folder(scratch, u"20261121093504_b"_s, "CREATE TABLE b(id integer);");
        QCOMPARE(states(*db, scratch.project()), u"applied 20261121091837_a\npending 20261121093504_b"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT created_at, name, applied_at IS NULL FROM %1 ORDER BY 1"_s.arg(
                                       table(engine)))
                     .first(),
                 u"1795252717371|20261121091837_a|%1"_s.arg(engine == Engine::Postgres ? u"t"_s : u"1"_s));
        QCOMPARE(states(*db, scratch.project()), u"applied 20261121091837_a\napplied 20261121093504_b"_s);
    }

    void refusesADatabaseOfTheOtherEngine()
    {
        const Scratch scratch(Engine::Sqlite);
        journal(scratch, two());
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: 'postgresql' }");
        const auto db = scratch.connect();
        QCOMPARE(status(*db, scratch.project()).error().kind, ErrorKind::InvalidInput);
    }

    void previewsWithoutTheLedger_data() { test::engines(); }
    void previewsWithoutTheLedger()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        journal(scratch, two());
        const auto db = scratch.connect();
        const auto preview = shadow::preview(*db, scratch.project(), u"0001_b"_s, u"0001_b"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QCOMPARE(preview->before.tables.size(), 1);
        QCOMPARE(preview->after.tables.size(), 2);
    }
};

QTEST_GUILESS_MAIN(DrizzleApplyTest)
#include "drizzle_apply_test.moc"
