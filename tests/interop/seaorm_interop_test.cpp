// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "project/code.h"
#include "shadow/replay.h"
#include "support/node_tools.h"
#include "support/project_scratch.h"

#include <QRegularExpression>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Dewpoint and a real SeaORM migrator on the same database, in any order. Building one takes minutes, so
/// DEWPOINT_SEAORM_PROJECT names a project (the folder with migration/Cargo.toml) that is built already:
/// at least three migrations, all reversible, for both engines.
class SeaormInteropTest final : public QObject
{
    Q_OBJECT

    QString m_folder;

    project::Project agreed() const
    {
        project::Project found = project::detectAs(u"seaorm"_s, m_folder, {}).value().value();
        found.agreedCode = project::codeOf(found).value().hash;
        return found;
    }
    /// The tool alone, without Dewpoint.
    void tool(const test::ProjectScratch& database, const QStringList& words) const
    {
        const auto command = project::formatOf(agreed()).command.command(
            agreed(), {.kind = project::CommandRequest::Kind::Up, .count = 1, .target = database.target()});
        QVERIFY(command.has_value());
        const QString url = u"DATABASE_URL="_s + command->environment.value(u"DATABASE_URL"_s);
        const auto answer = test::run(u"cargo"_s,
                                      QStringList{u"run"_s, u"--quiet"_s, u"--manifest-path"_s,
                                                  m_folder + u"/migration/Cargo.toml"_s, u"--"_s}
                                          + words,
                                      m_folder, {url});
        QVERIFY2(answer.code == 0, qPrintable(answer.text));
    }
    void act(const test::ProjectScratch& database, Action action, const Scope& scope) const
    {
        const auto db = database.connect();
        const auto report = execute(*db, agreed(), action, scope);
        QVERIFY2(report, report ? "" : qPrintable(report.error().oneLine()));
        QVERIFY2(!report->failure, report->failure ? qPrintable(report->failure->oneLine()) : "");
    }
    static QString states(const test::ProjectScratch& database, const project::Project& project)
    {
        QString text;
        const auto now = status(*database.connect(), project);
        for (const auto& state : now.value().migrations)
            text += state.isApplied() ? u'x' : u'.';
        return text;
    }
    /// Everything but the moment: the ledger's shape and rows, and the names of all tables.
    static QStringList content(const test::ProjectScratch& database)
    {
        const auto db = database.connect();
        const QString all =
            database.engine() == Engine::Sqlite
                ? u"SELECT name, sql FROM sqlite_schema ORDER BY 1"_s
                : u"SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
                  "WHERE table_schema = 'public' ORDER BY 1, ordinal_position"_s;
        return test::rowsOf(*db, all)
               + test::rowsOf(*db, u"SELECT version FROM seaql_migrations ORDER BY 1"_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("DEWPOINT_SEAORM_PROJECT");
        if (m_folder.isEmpty())
            QSKIP("DEWPOINT_SEAORM_PROJECT names no SeaORM project that is built already");
        QVERIFY2(QFileInfo::exists(m_folder + u"/migration/Cargo.toml"_s), qPrintable(m_folder));
        QVERIFY(project::list(agreed())->size() >= 3);
    }

    void leavesWhatTheToolLeaves_data() { test::engines(); }
    void leavesWhatTheToolLeaves()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch ours(engine);
        const test::ProjectScratch theirs(engine);
        const int all = static_cast<int>(project::list(agreed())->size());
        act(ours, Action::Run, Scope::first(2));
        tool(theirs, {u"up"_s, u"-n"_s, u"2"_s});
        QCOMPARE(content(ours), content(theirs));
        QCOMPARE(states(ours, agreed()), u"xx"_s + QString(all - 2, u'.'));
        act(ours, Action::Run, Scope::all());
        tool(theirs, {u"up"_s});
        QCOMPARE(content(ours), content(theirs));
        act(ours, Action::Revert, Scope::one());
        tool(theirs, {u"down"_s});
        QCOMPARE(content(ours), content(theirs));
    }

    void eitherGoesOnWhereTheOtherStopped_data() { test::engines(); }
    void eitherGoesOnWhereTheOtherStopped()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch database(engine);
        tool(database, {u"up"_s, u"-n"_s, u"1"_s});
        act(database, Action::Run, Scope::one());
        QVERIFY(states(database, agreed()).startsWith(u"xx."_s));
        tool(database, {u"down"_s, u"-n"_s, u"1"_s});
        act(database, Action::Redo, Scope::one());
        QVERIFY(states(database, agreed()).startsWith(u"x.."_s));
    }

    void previewsOnAScratchDatabase_data() { test::engines(); }
    void previewsOnAScratchDatabase()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch database(engine);
        const auto migrations = project::list(agreed()).value();
        const auto db = database.connect();
        const auto preview = shadow::preview(*db, agreed(), migrations[0].version, migrations[2].version);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QVERIFY(preview->before.tables.isEmpty());
        QVERIFY(!preview->after.tables.isEmpty());
        QVERIFY(!status(*db, agreed())->ledgerExists);
    }
};

QTEST_GUILESS_MAIN(SeaormInteropTest)
#include "seaorm_interop_test.moc"
