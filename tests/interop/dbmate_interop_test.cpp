// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "support/migrating.h"
#include "support/node_tools.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Dewpoint and the real dbmate on the same project and database, in any order.
class DbmateInteropTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    QString m_program;

    static void two(const Scratch& scratch)
    {
        for (const QByteArray& name : {"20250101000000_a"_ba, "20260101000000_b"_ba}) {
            const QByteArray table = name.right(1);
            scratch.write(QString::fromUtf8("db/migrations/" + name + ".sql"),
                          "-- migrate:up\nCREATE TABLE " + table + "(id integer);\nINSERT INTO " + table
                              + " VALUES (1);\n\n-- migrate:down\nDROP TABLE " + table + ";\n");
        }
    }
    static QString url(const Scratch& database)
    {
        if (database.engine() == Engine::Sqlite)
            return u"sqlite:"_s + database.target().location;
        const auto db = database.connect();
        return u"postgres://postgres@/%1?sslmode=disable&socket=%2"_s.arg(
            test::rowsOf(*db, u"SELECT current_database()"_s).first(),
            test::rowsOf(*db, u"SHOW unix_socket_directories"_s).first());
    }
    QString dbmate(const Scratch& scratch, const Scratch& database, const QStringList& words) const
    {
        const auto answer = test::run(
            m_program, QStringList{u"--no-dump-schema"_s, u"--url"_s, url(database)} + words, scratch.path());
        return answer.code == 0 ? answer.text : u"%1: %2"_s.arg(answer.code).arg(answer.text);
    }
    static void act(const Scratch& scratch, const Scratch& database, Action action, const Scope& scope)
    {
        test::verify(execute(*database.connect(), scratch.project(), action, scope));
    }
    static QString states(const Scratch& scratch, const Scratch& database)
    {
        return test::stateNames(*database.connect(), scratch.project());
    }
    static QStringList ledger(const Scratch& database)
    {
        const auto db = database.connect();
        const QString columns =
            database.engine() == Engine::Postgres
                ? u"SELECT n.nspname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM "
                  "pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = "
                  "c.relnamespace WHERE c.relname = 'schema_migrations' AND attnum > 0"_s
                : u"SELECT lower(sql) FROM sqlite_schema WHERE name = 'schema_migrations'"_s;
        return test::rowsOf(*db, columns)
               + test::rowsOf(*db, u"SELECT * FROM schema_migrations ORDER BY 1"_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const test::NodeTools tools(u"dbmate"_s, {u"dbmate@2.36.0"_s});
        if (!tools.problem().isEmpty())
            QSKIP(qPrintable(tools.problem()));
        // The package's program runs without node.
        const QDir scope(tools.modules() + u"/@dbmate"_s);
        for (const QString& platform : scope.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QString program = scope.filePath(platform + u"/bin/dbmate"_s);
            if (QFileInfo(program).isExecutable())
                m_program = program;
        }
        if (m_program.isEmpty())
            QSKIP("npm has no dbmate for this machine");
    }

    void bothWriteTheSameLedger_data() { test::engines(); }
    void bothWriteTheSameLedger()
    {
        QFETCH(const Engine, engine);
        const Scratch ours(engine);
        const Scratch theirs(engine);
        two(ours);
        act(ours, ours, Action::Run, Scope::all());
        const QString applied = dbmate(ours, theirs, {u"migrate"_s});
        QVERIFY2(applied.contains(u"Applied: 20260101000000_b.sql"_s), qPrintable(applied));
        QCOMPARE(ledger(ours), ledger(theirs));
        QCOMPARE(states(ours, theirs), u"applied applied"_s);
        const QString status = dbmate(ours, ours, {u"status"_s, u"--exit-code"_s});
        QVERIFY2(status.contains(u"Pending: 0"_s), qPrintable(status));
    }

    void eachGoesOnWhereTheOtherStopped_data() { test::engines(); }
    void eachGoesOnWhereTheOtherStopped()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        act(scratch, scratch, Action::Run, Scope::one());
        QVERIFY(dbmate(scratch, scratch, {u"status"_s}).contains(u"Pending: 1"_s));
        QVERIFY(dbmate(scratch, scratch, {u"migrate"_s}).contains(u"Applied: 20260101000000_b.sql"_s));
        QCOMPARE(states(scratch, scratch), u"applied applied"_s);
        QVERIFY(dbmate(scratch, scratch, {u"rollback"_s}).contains(u"Rolled back: 20260101000000_b.sql"_s));
        QCOMPARE(states(scratch, scratch), u"applied pending"_s);
        act(scratch, scratch, Action::Revert, Scope::one());
        QVERIFY(dbmate(scratch, scratch, {u"status"_s}).contains(u"Applied: 0"_s));
    }

    void ourSchemaFileIsTheToolsOwn_data() { test::engines(); }
    void ourSchemaFileIsTheToolsOwn()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        for (const Scope& scope : {Scope::one(), Scope::all()}) {
            act(scratch, scratch, Action::Run, scope);
            const auto answer = test::run(
                m_program, {u"--url"_s, url(scratch), u"--schema-file"_s, u"theirs.sql"_s, u"dump"_s},
                scratch.path());
            QVERIFY2(answer.code == 0, qPrintable(answer.text));
            QCOMPARE(scratch.read(u"db/schema.sql"_s), scratch.read(u"theirs.sql"_s));
        }
    }

    void ourEmptyMigrationIsTheToolsOwn()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto made = generate(scratch.project(), {.name = u"new_one"_s});
        QVERIFY(made.has_value());
        QVERIFY(dbmate(scratch, scratch, {u"new"_s, u"their_one"_s}).contains(u"Creating migration"_s));
        const auto list = project::list(scratch.project());
        const auto theirs = std::ranges::find(*list, u"their_one"_s, &project::Migration::name);
        QVERIFY(theirs != list->end());
        QCOMPARE(project::readScript(theirs->upPath).value(), project::readScript(made->upPath).value());
        QCOMPARE(theirs->version.size(), made->version.size());
        QVERIFY(dbmate(scratch, scratch, {u"migrate"_s}).contains(u"Applied: "_s + made->folder));
    }
};

QTEST_GUILESS_MAIN(DbmateInteropTest)
#include "dbmate_interop_test.moc"
