// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/repair_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Ledgers that say that something failed, each tool's in its own way, and what repairing makes of them.
class RepairFailuresTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::RepairScratch;

    static QString cleared(const Scratch& at)
    {
        return at.repaired({.kind = RepairKind::ClearFailed, .all = true});
    }

private Q_SLOTS:
    void clearsADirtyVersion_data() { test::engines(); }
    void clearsADirtyVersion()
    {
        QFETCH(const Engine, engine);
        const Scratch at(test::toolProject(u"golang-migrate"_s), engine);
        at.run(Scope::first(2));
        const QByteArray dirty = "UPDATE schema_migrations SET dirty = true";
        QVERIFY(at.db->executeScript(dirty));
        QCOMPARE(at.states(), u"applied failed pending"_s);
        QCOMPARE(cleared(at), QString());
        QCOMPARE(at.states(), u"applied applied pending"_s);
        const QString second = at.versionAt(1);
        QVERIFY(at.db->executeScript(dirty));
        QCOMPARE(at.repaired(RepairKind::MarkPending, {second}), QString());
        QCOMPARE(at.states(), u"applied pending pending"_s);
        QVERIFY(at.db->executeScript("UPDATE schema_migrations SET version = -1, dirty = true"));
        QCOMPARE(cleared(at), QString());
        QCOMPARE(at.cells(), QStringList());
        QCOMPARE(at.states(), u"pending pending pending"_s);
    }

    void takesNeighboursAlongWhereOneNumberIsKept_data() { test::engines(); }
    void takesNeighboursAlongWhereOneNumberIsKept()
    {
        QFETCH(const Engine, engine);
        const Scratch at(test::toolProject(u"golang-migrate"_s), engine);
        const RepairRequest up{.kind = RepairKind::MarkApplied, .versions = {at.versionAt(2)}};
        const auto plan = at.plan(up);
        QVERIFY(plan);
        QCOMPARE(plan->migrations.size(), 3);
        QVERIFY(plan->notes.first().contains(u"one number"));
        QCOMPARE(at.repaired(up), QString());
        QCOMPARE(at.states(), u"applied applied applied"_s);
        QCOMPARE(at.repaired(RepairKind::MarkPending, {at.versionAt(1)}), QString());
        QCOMPARE(at.states(), u"applied pending pending"_s);
    }

    void resolvesFailedRowsOfPrisma_data() { test::engines(); }
    void resolvesFailedRowsOfPrisma()
    {
        QFETCH(const Engine, engine);
        const Scratch at(test::toolProject(u"prisma"_s), engine);
        at.run(Scope::one());
        const QByteArray failure =
            "INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, applied_steps_count) "
            "VALUES ('x', 'y', '20250201000000_create_b', 'broken', 0)";
        const QString rows = u"SELECT migration_name, length(id), finished_at IS NULL, "
                             "rolled_back_at IS NULL, logs, applied_steps_count, finished_at = started_at "
                             "FROM _prisma_migrations WHERE migration_name LIKE '%b' ORDER BY length(id)"_s;
        const auto yes = [&](bool value) {
            return engine == Engine::Postgres ? (value ? u"t"_s : u"f"_s) : (value ? u"1"_s : u"0"_s);
        };
        const QString gone = u"20250201000000_create_b|1|%1|%2|broken|0|∅"_s.arg(yes(true), yes(false));
        QVERIFY(at.db->executeScript(failure));
        QCOMPARE(at.states(), u"applied failed pending"_s);
        QCOMPARE(cleared(at), QString());
        QCOMPARE(at.states(), u"applied pending pending"_s);
        QCOMPARE(test::rowsOf(*at.db, rows), QStringList{gone});
        QVERIFY(at.db->executeScript("DELETE FROM _prisma_migrations WHERE id = 'x';" + failure));
        QCOMPARE(at.repaired(RepairKind::MarkApplied, {u"20250201000000_create_b"_s}), QString());
        QCOMPARE(test::rowsOf(*at.db, rows),
                 (QStringList{gone, u"20250201000000_create_b|36|%1|%2||0|%2"_s.arg(yes(false), yes(true))}));
        at.run(Scope::all());
        QCOMPARE(at.states(), u"applied applied applied"_s);
    }

    void takesAwayTheRowThatFailed_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("failure");
        const auto both = [](const QString& tool, const QByteArray& failure) {
            QTest::addRow("%s, SQLite", qPrintable(tool)) << tool << Engine::Sqlite << failure;
            QTest::addRow("%s, PostgreSQL", qPrintable(tool)) << tool << Engine::Postgres << failure;
        };
        both(u"sqlx"_s, "UPDATE _sqlx_migrations SET success = false WHERE version = 20250201000000");
        both(u"flyway"_s, "UPDATE flyway_schema_history SET success = false WHERE version = '2'");
    }
    void takesAwayTheRowThatFailed()
    {
        QFETCH(const QString, tool);
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, failure);
        const Scratch at(test::toolProject(tool), engine);
        at.run(Scope::first(2));
        const auto clean = at.cells();
        QVERIFY(at.db->executeScript(failure));
        QCOMPARE(at.states(), u"applied failed pending"_s);
        QCOMPARE(at.repaired(RepairKind::MarkApplied, {at.versionAt(1)}), QString());
        QCOMPARE(at.cells(), clean);
        QVERIFY(at.db->executeScript(failure));
        QCOMPARE(cleared(at), QString());
        QCOMPARE(at.states(), u"applied pending pending"_s);
        QVERIFY(at.db->execute(u"DROP TABLE b"_s));  // this one had not really failed
        at.run(Scope::all());
        QCOMPARE(at.states(), u"applied applied applied"_s);
    }
};

QTEST_GUILESS_MAIN(RepairFailuresTest)
#include "repair_failures_test.moc"
