// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/status.h"
#include "support/project_scratch.h"

#include <QProcess>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Two Dewpoints at once on a project of each tool: every migration runs once, and both say so.
class MigrateToolsTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;
    static constexpr int count = 5;

    static QByteArray up(int i)
    {
        return "CREATE TABLE t" + QByteArray::number(i) + "(id integer);\nSELECT 1;\n";
    }
    static QString stamp(int i) { return u"2026010100000%1"_s.arg(i); }

    static void drizzleConfig(const Scratch& scratch)
    {
        const QByteArray dialect = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: '" + dialect + "' }");
    }
    static void journal(const Scratch& scratch)
    {
        drizzleConfig(scratch);
        QByteArrayList entries;
        for (int i = 1; i <= count; ++i) {
            const QByteArray number = QByteArray::number(i);
            entries << "{\"idx\":" + number + ",\"version\":\"7\",\"when\":" + number + ",\"tag\":\"000"
                           + number + "_t\",\"breakpoints\":true}";
            scratch.write(u"drizzle/000%1_t.sql"_s.arg(i), up(i));
        }
        scratch.write(u"drizzle/meta/_journal.json"_s,
                      "{\"version\":\"7\",\"dialect\":\"x\",\"entries\":[" + entries.join(',') + "]}");
    }
    static void prisma(const Scratch& scratch)
    {
        const QByteArray provider = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        scratch.write(u"prisma/schema.prisma"_s, "datasource db { provider = \"" + provider + "\" }\n");
        for (int i = 1; i <= count; ++i)
            scratch.write(u"prisma/migrations/%1_t/migration.sql"_s.arg(stamp(i)), up(i));
    }
    static void numbered(const Scratch& scratch, const QString& pattern, const QByteArray& before = {},
                         const QByteArray& after = {})
    {
        for (int i = 1; i <= count; ++i)
            scratch.write(pattern.arg(i), before + up(i) + after);
    }
    static void make(const Scratch& scratch, const QString& tool)
    {
        if (tool == u"drizzle"_s)
            journal(scratch);
        if (tool == u"drizzle 1.0"_s) {
            drizzleConfig(scratch);
            for (int i = 1; i <= count; ++i) {
                scratch.write(u"drizzle/%1_t/migration.sql"_s.arg(stamp(i)), up(i));
                scratch.write(u"drizzle/%1_t/snapshot.json"_s.arg(stamp(i)), "{}");
            }
        }
        if (tool == u"prisma"_s)
            prisma(scratch);
        if (tool == u"sqlx"_s) {
            scratch.write(u"sqlx.toml"_s, "");
            numbered(scratch, u"migrations/%1_t.sql"_s);
        }
        if (tool == u"dbmate"_s)
            numbered(scratch, u"db/migrations/%1_t.sql"_s, "-- migrate:up\n", "-- migrate:down\n");
        if (tool == u"goose"_s)
            numbered(scratch, u"migrations/%1_t.sql"_s, "-- +goose Up\n");
        if (tool == u"golang-migrate"_s)
            numbered(scratch, u"migrations/%1_t.up.sql"_s);
        if (tool == u"refinery"_s)
            numbered(scratch, u"migrations/V%1__t.sql"_s);
        if (tool == u"sql"_s)
            numbered(scratch, u"migrations/%1_t.sql"_s);
    }
    static void start(QProcess& process, const Scratch& scratch)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, scratch.path(u"share"_s));
        environment.remove(u"DATABASE_URL"_s);
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("DEWPOINT_BIN"),
                      {u"migrate"_s, u"run"_s, u"--no-backup"_s, u"--project"_s, scratch.path(), u"--db"_s,
                       scratch.url()});
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(qEnvironmentVariableIsSet("DEWPOINT_BIN"), "the program to test: ctest names it");
    }

    void twoAtOnceRunEachMigrationOnce_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<Engine>("engine");
        for (const QString& tool : {u"sqlx"_s, u"drizzle"_s, u"drizzle 1.0"_s, u"dbmate"_s, u"prisma"_s,
                                    u"goose"_s, u"golang-migrate"_s, u"refinery"_s, u"sql"_s}) {
            QTest::addRow("%s SQLite", qPrintable(tool)) << tool << Engine::Sqlite;
            QTest::addRow("%s PostgreSQL", qPrintable(tool)) << tool << Engine::Postgres;
        }
    }
    void twoAtOnceRunEachMigrationOnce()
    {
        QFETCH(const QString, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        make(scratch, tool);
        QCOMPARE(scratch.project().tool, tool.section(u' ', 0, 0));
        (void)scratch.connect();  // the file is there: both open it
        QProcess first;
        QProcess second;
        start(first, scratch);
        start(second, scratch);
        QVERIFY(first.waitForFinished(60000) && second.waitForFinished(60000));
        QVERIFY2(first.exitCode() == 0 && second.exitCode() == 0,
                 first.readAllStandardError() + second.readAllStandardError());
        const auto db = scratch.connect();
        const auto now = apply::status(*db, scratch.project());
        QCOMPARE(now->appliedCount(), count);
        QVERIFY(now->isClean());
    }
};

QTEST_GUILESS_MAIN(MigrateToolsTest)
#include "migrate_tools_test.moc"
